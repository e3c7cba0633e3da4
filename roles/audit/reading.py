"""Streams of a chain's rows in one snapshot, however long the chain is and whoever appends meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connections, transaction

from roles.audit.chain import Link, Person, Row
from roles.audit.signing import SignedCheckpoint

_ROWS = """
    SELECT seq, recorded_us, convert_to(body, 'UTF8'), subjects_digest, prev_hash, hash FROM audit_entry
    WHERE chain = %s AND (seq > %s OR seq <= 0) ORDER BY seq
"""
_PERSONS = """
    SELECT seq, asked_hash, current_hash, sealed, convert_to(outcome, 'UTF8') FROM audit_subject
    WHERE chain = %s AND (seq > %s OR seq <= 0) ORDER BY seq, ordinal
"""
_CHAINS = """
    SELECT chain FROM audit_head UNION SELECT chain FROM audit_entry
    UNION SELECT chain FROM audit_subject UNION SELECT chain FROM audit_checkpoint ORDER BY chain
"""
_ROWS_AT_A_TIME = 2000
_names = count(1)


class Snapshot:
    """The log as it stood when snapshot() was entered."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def chains(self) -> list[str]:
        """Every chain that anything speaks of."""
        return [chain for (chain,) in self._connection.execute(_CHAINS)]

    def rows(self, chain: str, *, after: int = 0) -> Iterator[Row]:
        return (Row._make(values) for values in self._stream(_ROWS, chain, after))

    def persons(self, chain: str, *, after: int = 0) -> Iterator[Person]:
        return (Person._make(values) for values in self._stream(_PERSONS, chain, after))

    def head(self, chain: str) -> Link | None:
        values = self._connection.execute("SELECT seq, hash FROM audit_head WHERE chain = %s", [chain]).fetchone()
        return Link._make(values) if values else None

    def checkpoints(self, chain: str) -> list[SignedCheckpoint]:
        query = "SELECT statement, signature FROM audit_checkpoint WHERE chain = %s ORDER BY seq"
        return [SignedCheckpoint(*values) for values in self._connection.execute(query, [chain])]

    def _stream(self, query: str, *parameters: object) -> Iterator[tuple[Any, ...]]:
        with self._connection.cursor(f"audit_walk_{next(_names)}", binary=True) as cursor:
            cursor.itersize = _ROWS_AT_A_TIME
            yield from cursor.execute(query, parameters)


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A read-only view of the whole log at one moment. Must not stand inside another transaction."""
    with transaction.atomic(using="default", durable=True), connections["default"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Snapshot(cursor.connection)
