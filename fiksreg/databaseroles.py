"""The database roles of our processes: granted after each migration, and checked when a process starts.

The owner migrates and owns every table. Granting first revokes all rights, so that rights granted by hand, or restored
from a backup, are gone after the next `migrate --database owner`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from fiksreg.patience import answer_within, session_options
from fiksreg.processes import FUNCTIONS, TABLES, Process, rights_on
from fiksreg.waiting import bound_waits
from roles.audit.checks import RUNTIME_ALIASES, assert_append_only

Connection = psycopg.Connection[Any]

_VERBS = {"r": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE", "x": "more"}
_HELD = Path(__file__).with_name("held_rights.sql").read_text(encoding="utf-8")
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
_MISSING = "SELECT name FROM unnest(%s::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)"
_STRANGERS = """
    SELECT DISTINCT grantee::regrole::text FROM pg_proc, aclexplode(proacl)
    WHERE pronamespace = 'public'::regnamespace AND proname = 'audit_keep_checkpoint'
      AND grantee NOT IN (0, proowner)
"""


def before_migrate(*, using: str, **_signal: Any) -> None:
    """Refuses the migration, before anything is changed, when a role to grant to does not exist."""
    if using != "owner":
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute(_MISSING, [list(settings.DATABASE_ROLES.values())])
        missing = sorted(name for (name,) in cursor.fetchall())
    if missing:
        raise ImproperlyConfigured(
            f"The database has no role {', '.join(missing)}. docs/operations.md, 'The database roles', says how to "
            "make them; DATABASE_WEB_ROLE, DATABASE_WORKER_ROLE and DATABASE_CLOCK_ROLE name others."
        )


def after_migrate(*, using: str, **_signal: Any) -> None:
    """Grants each process its rights, when the owner migrates."""
    if using == "owner":
        connections["owner"].ensure_connection()
        grant(connections["owner"].connection)


def grant(owner: Connection) -> None:
    """Grants the rights in one transaction, so that a running process never lacks one in between."""
    with owner.transaction():
        for (table,) in owner.execute(_TABLES).fetchall():
            _grant_on_table(owner, table)
        strangers = [name for (name,) in owner.execute(_STRANGERS).fetchall()]
        for function, callers in FUNCTIONS.items():
            _grant_on_function(owner, function, callers, strangers if callers == (Process.CLOCK,) else [])
        owner.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {roles}").format(roles=_everybody()))
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {roles}").format(roles=_everybody()))


def begin(process: Process) -> None:
    """Called when a process starts: sets the timeouts of its connections (patience.py) and checks its database role.

    Raises ImproperlyConfigured when the role has more or fewer rights than it must have, and OperationalError when the
    database cannot be reached.
    """
    bound_waits(answer_within(process))
    for alias in RUNTIME_ALIASES:
        _leave(connections[alias])
        connections.settings[alias]["OPTIONS"]["options"] = session_options(process)
    check_database_role(process)


def check_database_role(process: Process) -> None:
    """Checks the rights of the process's database role. Raises as begin() does."""
    assert_append_only()
    try:
        wrong = list(_wrong(process))
    finally:
        _leave(connections["default"])
    if wrong:
        raise ImproperlyConfigured(
            f"database.E001: The database role of this process is not the {process}'s: {'; '.join(wrong)}. "
            "DATABASE_URL must name the process's own role; `migrate --database owner` grants it what it needs."
        )


def _leave(connection: BaseDatabaseWrapper) -> None:
    """Closes connection and pool: connections opened before lack the new timeouts, and a server that forks afterwards
    must share neither connections nor pools, whose threads do not survive a fork."""
    connection.close()
    if isinstance(connection, DatabaseWrapper):
        connection.close_pool()


def _wrong(process: Process) -> Iterator[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute(_HELD, [list(FUNCTIONS)])
        held = dict(cursor.fetchall())
    for table in sorted(_known_tables() & held.keys()):
        may, should = set(held[table]), set(rights_on(table, process))
        yield from (f"may {_VERBS[verb]} on {table}" for verb in sorted(may - should))
        yield from (f"may not {_VERBS[verb]} on {table}" for verb in sorted(should - may))
    for function, callers in FUNCTIONS.items():
        if bool(held[function]) != (process in callers):
            yield f"{'may' if held[function] else 'may not'} call {function.partition('(')[0]}"


def _known_tables() -> set[str]:
    """The tables of this release. A later release that has migrated already may have others, which are not checked."""
    return {*TABLES, *(model._meta.db_table for model in apps.get_models(include_auto_created=True))}


def _grant_on_table(owner: Connection, table: str) -> None:
    name = sql.Identifier(table)
    owner.execute(sql.SQL("REVOKE ALL ON {table} FROM PUBLIC, {roles}").format(table=name, roles=_everybody()))
    for process, role in settings.DATABASE_ROLES.items():
        if verbs := rights_on(table, Process(process)):
            listed = sql.SQL(", ").join(sql.SQL(_VERBS[verb]) for verb in verbs)
            statement = sql.SQL("GRANT {verbs} ON {table} TO {role}")
            owner.execute(statement.format(verbs=listed, table=name, role=sql.Identifier(role)))


def _grant_on_function(owner: Connection, function: str, callers: tuple[Process, ...], strangers: list[str]) -> None:
    name = sql.SQL(function)
    others = sql.SQL(", ").join([_everybody(), *map(sql.SQL, strangers)])
    owner.execute(
        sql.SQL("REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {others}").format(function=name, others=others)
    )
    roles = sql.SQL(", ").join(sql.Identifier(settings.DATABASE_ROLES[process]) for process in callers)
    owner.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {function} TO {roles}").format(function=name, roles=roles))


def _everybody() -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, settings.DATABASE_ROLES.values()))
