"""Streams of a chain's rows in one snapshot. Memory use does not grow with the chain, and appends do not disturb it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connections, transaction

from roles.audit.chain import Link, Person, Row
from roles.audit.signing import SignedCheckpoint

# A column that the tables' owner made NULL reads as an empty value, which was never hashed, so that verification names
# the entry. Three spans, each read along the key: before the first entry, after `start`, and without a number.
_SPANS = ("seq <= 0", "seq > %(after)s", "seq IS NULL")
_ENTRIES = """
    SELECT coalesce(seq, 0) AS at, coalesce(recorded_us, 0), coalesce(convert_to(body, 'UTF8'), ''),
           coalesce(subjects_digest, ''), coalesce(prev_hash, ''), coalesce(hash, ''), seq
    FROM public.audit_entry WHERE chain = %(chain)s AND
"""
_SUBJECTS = """
    SELECT coalesce(seq, 0) AS at, coalesce(asked_hash, ''), current_hash, coalesce(sealed, ''),
           convert_to(outcome, 'UTF8'), seq, ordinal
    FROM public.audit_subject WHERE chain = %(chain)s AND
"""
_ROWS = " UNION ALL ".join(_ENTRIES + span for span in _SPANS) + " ORDER BY seq"
_PERSONS = " UNION ALL ".join(_SUBJECTS + span for span in _SPANS) + " ORDER BY seq, ordinal"
_CHAINS = """
    SELECT chain FROM public.audit_head WHERE chain IS NOT NULL
    UNION SELECT chain FROM public.audit_entry WHERE chain IS NOT NULL
    UNION SELECT chain FROM public.audit_subject WHERE chain IS NOT NULL
    UNION SELECT chain FROM public.audit_checkpoint WHERE chain IS NOT NULL ORDER BY chain
"""
_ALTERED = """
    SELECT EXISTS (SELECT FROM public.audit_head WHERE chain IS NULL)
        OR EXISTS (SELECT FROM public.audit_entry WHERE chain IS NULL)
        OR EXISTS (SELECT FROM public.audit_subject WHERE chain IS NULL)
        OR EXISTS (SELECT FROM public.audit_checkpoint WHERE chain IS NULL)
        OR (SELECT count(*) FROM pg_catalog.pg_attribute
            WHERE attrelid = to_regclass('public.audit_entry') AND attgenerated = 's'
              AND attname IN ('event', 'actor_id', 'intent_id')) < 3
"""
_HEAD = "SELECT coalesce(seq, 0), coalesce(hash, '') FROM public.audit_head WHERE chain = %s ORDER BY 1 DESC"
_CHECKPOINTS = "SELECT statement, signature FROM public.audit_checkpoint WHERE chain = %s ORDER BY seq"
_NEWEST = """
    SELECT statement, signature FROM public.audit_checkpoint
    WHERE chain = %(chain)s AND seq <= (SELECT max(seq) FROM public.audit_head WHERE chain = %(chain)s)
    ORDER BY seq DESC
"""
_ROWS_AT_A_TIME = 2000
_names = count(1)


class Snapshot:
    """The log as it stood when snapshot() was entered."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def chains(self) -> list[str]:
        """The names of all chains in any of the tables."""
        return [chain for (chain,) in self._connection.execute(_CHAINS)]

    def rows(self, chain: str, *, after: int = 0) -> Iterator[Row]:
        return (Row(*values[:6]) for values in self._stream(_ROWS, chain=chain, after=after))

    def persons(self, chain: str, *, after: int = 0) -> Iterator[Person]:
        return (Person(*values[:5]) for values in self._stream(_PERSONS, chain=chain, after=after))

    def head(self, chain: str) -> Link | None:
        """The end of the chain by its head row; None without one. Two head rows give a hash that matches no entry."""
        first, *others = self._connection.execute(_HEAD, [chain]).fetchall() or [None]
        return first and (Link(first[0], b"") if others else Link._make(first))

    def checkpoints(self, chain: str) -> list[SignedCheckpoint]:
        return [_checkpoint(*values) for values in self._connection.execute(_CHECKPOINTS, [chain])]

    def newest_checkpoints(self, chain: str) -> Iterator[SignedCheckpoint]:
        """The chain's checkpoints up to its head, the newest first."""
        return (_checkpoint(*values) for values in self._stream(_NEWEST, chain=chain))

    def is_altered(self) -> bool:
        """Whether the tables have rows without a chain, or search columns that are no longer generated from the
        body."""
        return bool(self._connection.execute(_ALTERED).fetchone()[0])

    def _stream(self, query: str, **parameters: object) -> Iterator[tuple[Any, ...]]:
        with self._connection.cursor(f"audit_walk_{next(_names)}", binary=True) as cursor:
            cursor.itersize = _ROWS_AT_A_TIME
            yield from cursor.execute(query, parameters)


def _checkpoint(statement: str | None, signature: bytes | None) -> SignedCheckpoint:
    return SignedCheckpoint(statement or "", signature or b"")


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A context with a read-only view of the whole log at one moment. Must not be inside another transaction."""
    with transaction.atomic(using="default", durable=True), connections["default"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL row_security = off")  # a policy that hides rows is an error, not a shorter log
        yield Snapshot(cursor.connection)
