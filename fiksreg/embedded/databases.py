"""The two database roles: the owner migrates and owns every table, the runtime reads and writes what it is granted."""

import psycopg
from psycopg import sql

OWNER, RUNTIME, SUPERUSER = "fiksreg_owner", "fiksreg_runtime", "postgres"
_OPEN = (
    # A migration that wants a table closed to the runtime (the log) takes these back.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {runtime}",
    "GRANT USAGE ON SCHEMA public TO {runtime}",
)


def ensure_role(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str) -> None:
    """A role that may log in with this password and nothing else; one that is there gets the password."""
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}")
    connection.execute(verb.format(sql.Identifier(role), sql.Literal(password)))


def create_database(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    """A database of the owner's; one that is there stays as it is."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    command = sql.SQL("CREATE DATABASE {} OWNER {}")
    connection.execute(command.format(sql.Identifier(name), sql.Identifier(OWNER)))


def open_to_the_runtime(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """As the owner, inside the database: what the owner creates from now on the runtime may read and write."""
    for statement in _OPEN:
        connection.execute(sql.SQL(statement).format(runtime=sql.Identifier(RUNTIME)))
