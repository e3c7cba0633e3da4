"""Back to the state after the migrations, between two tests, or on to one that was made before.

Tests use real transactions, so nothing is rolled back. What they left is deleted by the cluster's superuser with
triggers off: the append-only log must refuse everybody else.
"""

from collections.abc import Callable
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.errors import DeadlockDetected, UniqueViolation

from fiksreg.embedded import Postgres
from fiksreg.embedded.databases import SUPERUSER

_MIGRATED = "pristine"
_TRIES = 5
#: Each table with its columns, but for those that PostgreSQL makes of the others.
_TABLES: LiteralString = """
SELECT relname, array_agg(attname::text ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
GROUP BY relname
"""
#: A running clock says twice a second that it leads: between a DELETE and an INSERT its row would be there twice.
_WHILE_THE_CLOCK_WAITS = sql.Composed([sql.SQL("LOCK TABLE public.fiksreg_leadership IN EXCLUSIVE MODE;")])
_FUNCTION = sql.SQL(
    "CREATE FUNCTION {}.restore() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS {}"
)


class PristineDatabase:
    """Remembers what every table of the migrated database held, and puts it back."""

    def __init__(self, postgres: Postgres) -> None:
        self._connection: psycopg.Connection[tuple[str, list[str]]] = postgres.connect(SUPERUSER, "fiksreg")
        self._connection.execute("SET lock_timeout = '10s'")
        self._remembered = set[str]()
        self._remember(_MIGRATED)

    def restore(self) -> None:
        self._restore(_MIGRATED)

    def bring_to(self, state: str, make: Callable[[], object]) -> None:
        """From the migrated database to what `make` makes of it: the first time by doing it, then from memory."""
        if state in self._remembered:
            self._restore(state)
        else:
            make()
            self._remember(state)

    def close(self) -> None:
        self._connection.close()

    def _restore(self, state: str) -> None:
        """Tries again where a process of the test before was just writing what is put back."""
        for _ in range(_TRIES):
            try:
                self._connection.execute(sql.SQL("SELECT {}.restore()").format(sql.Identifier(state)))
            except (UniqueViolation, DeadlockDetected) as met:
                meanwhile = met
            else:
                return
        raise meanwhile

    def _remember(self, state: str) -> None:
        """Copies what is there, and makes a function of it: its plans are kept from one test to the next."""
        schema = sql.Identifier(state)
        self._connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        tables = [(sql.Identifier(name), columns) for name, columns in self._connection.execute(_TABLES)]
        steps = [_WHILE_THE_CLOCK_WAITS]
        steps += [sql.SQL("DELETE FROM public.{};").format(name) for name, _columns in tables]
        for name, columns in tables:
            if self._connection.execute(sql.SQL("SELECT FROM public.{} LIMIT 1").format(name)).fetchone() is not None:
                self._copy(schema, name)
                steps.append(_put_back(schema, name, columns))
        body = sql.SQL("BEGIN {} END").format(sql.SQL(" ").join(steps)).as_string(self._connection)
        self._connection.execute(_FUNCTION.format(schema, sql.Literal(body)))
        self._remembered.add(state)

    def _copy(self, schema: sql.Identifier, name: sql.Identifier) -> None:
        self._connection.execute(sql.SQL("CREATE TABLE {}.{} AS TABLE public.{}").format(schema, name, name))


def _put_back(schema: sql.Identifier, name: sql.Identifier, columns: list[str]) -> sql.Composed:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    insert = sql.SQL("INSERT INTO public.{} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}.{};")
    return insert.format(name, named, named, schema, name)
