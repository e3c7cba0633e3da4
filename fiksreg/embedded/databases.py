"""The database roles: the owner migrates and owns every table, each process reads and writes what it is granted."""

import psycopg
from psycopg import sql

OWNER, SUPERUSER = "fiksreg_owner", "postgres"
#: The role of each process that uses the database.
WEB, WORKER, CLOCK = PROCESSES = ("fiksreg_web", "fiksreg_worker", "fiksreg_clock")


def ensure_role(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str) -> None:
    """Creates a role that may only log in, with this password. An existing role gets the password."""
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}")
    connection.execute(verb.format(sql.Identifier(role), sql.Literal(password)))


def create_database(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    """Creates a database that the owner owns. An existing one stays as it is."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    command = sql.SQL("CREATE DATABASE {} OWNER {}")
    connection.execute(command.format(sql.Identifier(name), sql.Identifier(OWNER)))
