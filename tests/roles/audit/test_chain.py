"""The arithmetic of the chain, without a database: every alteration is found, and the first altered entry named."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from roles.audit.chain import (
    Anchors,
    Fault,
    Link,
    Person,
    Reason,
    Row,
    first_fault,
    genesis,
    link_hash,
    subjects_digest,
)

START = genesis("chain")


@dataclass(frozen=True)
class Log:
    """A chain as the database would have it."""

    rows: tuple[Row, ...]
    persons: tuple[Person, ...]

    @property
    def head(self) -> Link:
        return Link(self.rows[-1].seq, self.rows[-1].hash) if self.rows else START

    def fault(self, rows: Sequence[Row] | None = None, checkpoints: dict[int, bytes] | None = None) -> Fault | None:
        anchors = Anchors(self.head, checkpoints or {})
        return first_fault(START, self.rows if rows is None else rows, self.persons, anchors)


def log_of(bodies: Sequence[bytes], persons_of: Sequence[int]) -> Log:
    rows, persons, before = [], [], START.hash
    for seq, (body, count) in enumerate(zip(bodies, persons_of, strict=True), start=1):
        here = [Person(seq, bytes([number] * 32), None, body, b"delivered") for number in range(count)]
        draft = Row(seq, 1000 * seq, body, subjects_digest(here), before, b"")
        rows.append(draft._replace(hash=link_hash(before, draft)))
        persons += here
        before = rows[-1].hash
    return Log(tuple(rows), tuple(persons))


@st.composite
def logs(draw: st.DrawFn, minimum: int = 1) -> Log:
    bodies = draw(st.lists(st.binary(max_size=20), min_size=minimum, max_size=8))
    return log_of(bodies, draw(st.lists(st.integers(0, 3), min_size=len(bodies), max_size=len(bodies))))


@given(logs(minimum=0))
def test_an_untouched_chain_has_no_fault(log: Log) -> None:
    assert log.fault(checkpoints={row.seq: row.hash for row in log.rows}) is None


@given(logs(), st.data())
def test_any_altered_field_is_found_at_its_entry(log: Log, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(log.rows))
    field = data.draw(st.sampled_from(["recorded_us", "body", "subjects_digest", "prev_hash", "hash"]))
    value = getattr(row, field)
    altered = row._replace(**{field: value + 1 if field == "recorded_us" else value + b"x"})
    fault = log.fault([altered if other is row else other for other in log.rows])
    assert fault is not None
    assert fault.seq == row.seq


@given(logs(), st.data())
def test_an_entry_taken_out_is_found_where_it_stood(log: Log, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(log.rows))
    fault = log.fault([other for other in log.rows if other is not row])
    assert fault is not None
    assert fault.seq == row.seq
    assert fault.reason in (Reason.ENTRY_MISSING, Reason.TAIL_CUT)


@given(logs(minimum=2), st.data())
def test_two_entries_that_changed_places_are_found_at_the_first(log: Log, data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.lists(st.sampled_from(log.rows), min_size=2, max_size=2, unique=True)))
    swapped = [
        other._replace(seq=row.seq) if row is one else one._replace(seq=row.seq) if row is other else row
        for row in log.rows
    ]
    fault = log.fault(swapped)
    assert fault is not None
    assert fault.seq == one.seq


@given(logs(), st.data(), st.sampled_from(["asked_hash", "sealed", "outcome"]))
def test_an_altered_person_is_found_at_the_entry(log: Log, data: st.DataObject, field: str) -> None:
    assume(log.persons)
    person = data.draw(st.sampled_from(log.persons))
    changed = person._replace(**{field: (getattr(person, field) or b"") + b"x"})
    altered = [changed if other is person else other for other in log.persons]
    assert first_fault(START, log.rows, altered, Anchors(log.head)) == (person.seq, Reason.SUBJECTS_ALTERED)


def test_a_person_added_after_the_last_entry_is_found() -> None:
    log = log_of([b"a"], [1])
    extra = Person(7, b"x", None, b"x", None)
    fault = first_fault(START, log.rows, [*log.persons, extra], Anchors(log.head))
    assert fault == (1, Reason.SUBJECTS_ALTERED)


def test_the_same_bytes_split_otherwise_over_two_fields_have_another_digest() -> None:
    one, other = Person(1, b"ab", b"c", b"", None), Person(1, b"a", b"bc", b"", None)
    missing, empty = Person(1, b"a", None, b"", None), Person(1, b"a", b"", b"", None)
    assert subjects_digest([one]) != subjects_digest([other])
    assert subjects_digest([missing]) != subjects_digest([empty])
    assert subjects_digest([]) == hashlib.sha256(b"").digest()


def test_a_chain_put_in_another_ones_place_does_not_hold() -> None:
    log = log_of([b"a", b"b"], [0, 1])
    fault = first_fault(genesis("neighbour"), log.rows, log.persons, Anchors(log.head))
    assert fault == (1, Reason.LINK_BROKEN)


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_cut_end_is_found_by_the_head_and_by_a_checkpoint_when_the_head_was_set_back_too(kept: int) -> None:
    log = log_of([b"a", b"b", b"c"], [0, 2, 0])
    rest, persons = log.rows[:kept], [person for person in log.persons if person.seq <= kept]
    set_back = Link(kept, rest[-1].hash if rest else START.hash)
    assert first_fault(START, rest, persons, Anchors(log.head)) == (kept + 1, Reason.TAIL_CUT)
    assert first_fault(START, rest, persons, Anchors(set_back)) is None
    assert first_fault(START, rest, persons, Anchors(set_back, {3: log.head.hash})) == (kept + 1, Reason.TAIL_CUT)


def test_a_chain_written_anew_holds_by_itself_and_is_found_after_the_last_checkpoint_that_agrees() -> None:
    log, anew = log_of([b"a", b"b", b"c", b"d"], [0] * 4), log_of([b"a", b"b", b"x", b"d"], [0] * 4)
    assert anew.fault() is None
    assert anew.fault(checkpoints={2: log.rows[1].hash, 4: log.rows[3].hash}) == (3, Reason.REWRITTEN)


def test_entries_put_in_past_the_head_or_before_the_first_are_found() -> None:
    log = log_of([b"a", b"b"], [0, 0])
    assert first_fault(START, log.rows, (), Anchors(Link(1, log.rows[0].hash))) == (2, Reason.ENTRY_INSERTED)
    before = Row(0, 0, b"z", subjects_digest([]), b"", b"")
    assert first_fault(START, [before, *log.rows], (), Anchors(log.head)) == (1, Reason.ENTRY_INSERTED)


@pytest.mark.parametrize("head", [None, Link(2, b"x")])
def test_a_missing_or_altered_head_is_found(head: Link | None) -> None:
    log = log_of([b"a", b"b"], [0, 0])
    assert first_fault(START, log.rows, (), Anchors(head)) == (2, Reason.HEAD_ALTERED)
