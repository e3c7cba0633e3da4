"""The hash chain. PURE: the same arithmetic as audit_append() in the database, written a second time to check the
first.

hash = SHA-256(hash before, seq, time, digest of the subjects, body). Editing, inserting, deleting or moving an entry
changes its hash and every hash after it. A chain alone does not show that its end was cut off or that all of it was
rewritten; the head's row and the signed checkpoints show that.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """What is wrong with a chain."""

    ENTRY_ALTERED = "entry-altered"
    ENTRY_MISSING = "entry-missing"
    ENTRY_INSERTED = "entry-inserted"
    LINK_BROKEN = "link-broken"
    SUBJECTS_ALTERED = "subjects-altered"
    HEAD_ALTERED = "head-altered"
    TAIL_CUT = "tail-cut"
    REWRITTEN = "rewritten"
    CHECKPOINT_FORGED = "checkpoint-forged"
    CHECKPOINT_UNREADABLE = "checkpoint-unreadable"
    TABLES_ALTERED = "tables-altered"


class Row(NamedTuple):
    """An entry in the database. Hashes and digests are 32 bytes; recorded_us is microseconds since 1970 in UTC."""

    seq: int
    recorded_us: int
    body: bytes
    subjects_digest: bytes
    prev_hash: bytes
    hash: bytes


class Person(NamedTuple):
    """A subject row: the number of its entry, and the columns that the entry's digest covers."""

    seq: int
    asked_hash: bytes
    current_hash: bytes | None
    sealed: bytes
    outcome: bytes | None


class Link(NamedTuple):
    """A place in a chain."""

    seq: int
    hash: bytes


class Fault(NamedTuple):
    """The first entry of a chain that cannot be trusted, and why."""

    seq: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Anchors:
    """Statements from outside the entries that must agree with them. checkpoints: seq -> signed hash."""

    head: Link | None
    checkpoints: Mapping[int, bytes] = field(default_factory=dict)


def genesis(chain: str) -> Link:
    """The start of a chain. The first hash holds the chain's name, so that no chain can replace another."""
    return Link(0, hashlib.sha256(f"fiksreg-audit/1/{chain}".encode()).digest())


def link_hash(before: bytes, row: Row) -> bytes:
    """The hash that the row must have when the row before it has the hash `before`."""
    numbers = row.seq.to_bytes(8, "big", signed=True) + row.recorded_us.to_bytes(8, "big", signed=True)
    return hashlib.sha256(before + numbers + row.subjects_digest + row.body).digest()


def subjects_digest(persons: Iterable[Person]) -> bytes:
    """The digest of an entry's subject rows, in their order."""
    digest = hashlib.sha256()
    for person in persons:
        for value in (person.asked_hash, person.current_hash, person.sealed, person.outcome):
            digest.update((-1 if value is None else len(value)).to_bytes(4, "big", signed=True))
            digest.update(value or b"")
    return digest.digest()


def first_fault(start: Link, rows: Iterable[Row], persons: Iterable[Person], anchors: Anchors) -> Fault | None:
    """The first fault among the rows after `start`; None when all of them are sound.

    rows, persons: the rows and subject rows after `start`, in order; each is read once.
    """
    link, agreed, groups = start, start.seq, _PersonsByEntry(persons)
    for row in rows:
        reason = _row_fault(link, row, groups)
        if reason:
            return Fault(link.seq + 1, reason)
        link = Link(row.seq, row.hash)
        signed = anchors.checkpoints.get(row.seq)
        if signed is not None and signed != row.hash:
            return Fault(agreed + 1, Reason.REWRITTEN)
        agreed = agreed if signed is None else row.seq
    return _end_fault(link, anchors, groups)


def _row_fault(before: Link, row: Row, groups: "_PersonsByEntry") -> Reason | None:
    if row.seq != before.seq + 1:
        return Reason.ENTRY_MISSING if row.seq > before.seq else Reason.ENTRY_INSERTED
    if row.prev_hash != before.hash:
        return Reason.LINK_BROKEN
    if subjects_digest(groups.take(row.seq)) != row.subjects_digest:
        return Reason.SUBJECTS_ALTERED
    return None if link_hash(before.hash, row) == row.hash else Reason.ENTRY_ALTERED


def _end_fault(last: Link, anchors: Anchors, groups: "_PersonsByEntry") -> Fault | None:
    longest = max([anchors.head.seq if anchors.head else 0, *anchors.checkpoints])
    if longest > last.seq:
        return Fault(last.seq + 1, Reason.TAIL_CUT)
    if anchors.head and anchors.head.seq < last.seq:
        return Fault(max(anchors.head.seq, 0) + 1, Reason.ENTRY_INSERTED)
    if anchors.head != last and (anchors.head or last.seq > 0):
        return Fault(max(last.seq, 1), Reason.HEAD_ALTERED)
    return Fault(max(last.seq, 1), Reason.SUBJECTS_ALTERED) if groups.has_more else None


class _PersonsByEntry:
    """Hands out subject rows entry by entry from one ordered stream."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._rest = iter(persons)
        self._next = next(self._rest, None)

    @property
    def has_more(self) -> bool:
        return self._next is not None

    def take(self, seq: int) -> Iterator[Person]:
        """The next rows, up to and including those of entry `seq`. A row of no entry is among them, so that it breaks
        the digest."""
        while self._next is not None and self._next.seq <= seq:
            yield self._next
            self._next = next(self._rest, None)
