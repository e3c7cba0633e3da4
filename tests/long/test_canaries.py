"""Random roles against random households, through every way out of the gate, by a register that sends all it has.

hypothesis draws the cases, and makes the one that fails as small as it can.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, seed, settings

from integrations.folkeregisteret.criteria import SearchCriteria
from roles.audit.models import AuditEntry, AuditSubject
from roles.disclosure import clients, disclose, disclose_many, disclose_with_family, search
from roles.models import Use
from roles.policy.fieldpolicy import PermittedRecord
from tests.long.aviary import Bird, Flock, canaries_in
from tests.long.generous import GenerousRegister
from tests.long.randomroles import REASON, Holder, RandomRoles
from tests.long.rules import Door, Question, allowed
from tests.long.writing import Writing, writings
from tests.reporting import report
from tests.roles.canaries import GRADES, leaves

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]
SEED = os.environ.get("SEED", "fiksreg")
CASES = max(int(20_000 * float(os.environ.get("SCALE", "1"))), 40)
HOUSEHOLD = 4
#: A role is drawn again and again, with another household each time.
CASES_PER_ROLE = 20


@dataclass(frozen=True, slots=True)
class Case:
    """flock and grades: what the household is made from. holder: which of the campaign's roles, by its place.

    written: how the register writes documents.
    """

    flock: int
    grades: tuple[str, ...]
    written: Writing
    holder: int
    reason: str
    door: Door

    def household(self) -> list[Bird]:
        """Always the same one."""
        return Flock(f"{SEED}/{self.flock}").household_of(self.grades)


@dataclass(slots=True)
class Told:
    """What the campaign has seen so far. shown: elements with a value, for else nothing was tried."""

    documents: int = 0
    shown: int = 0
    leaks: int = 0
    relatives: int = 0


@pytest.fixture
def generous(monkeypatch: pytest.MonkeyPatch) -> Iterator[GenerousRegister]:
    """What the gate's own client asks."""
    generous = GenerousRegister()
    monkeypatch.setattr(clients, "FolkeregisterClient", lambda **_settings: generous.client())
    clients.client.cache_clear()
    yield generous
    clients.client.cache_clear()


def answer(door: Door, holder: Holder, household: list[Bird], reason: str) -> list[PermittedRecord]:
    """Everybody who comes out of this door."""
    numbers = [bird.number for bird in household]
    if door is Door.ONE:
        access = holder.access(Use.SEARCH, reason=reason)
        return [record for number in numbers if (record := disclose(access, number))]
    if door is Door.MANY:
        return list(disclose_many(holder.access(Use.CITIZEN_LIST, reason=reason), numbers, marks_key=bytes(32)).records)
    criteria = SearchCriteria(navn="kanari", kommunenummer="1870" if door is Door.ADDRESS_SEARCH else None)
    return [hit.record for hit in search(holder.access(Use.SEARCH, reason=reason), criteria).hits]


def flown(record: PermittedRecord, known: Iterable[object]) -> set[object]:
    """Every canary that left with this record."""
    shown = (entry for element in record.elements.values() for entry in (*element.entries, *element.earlier))
    told = {leaf for entry in shown for leaf in leaves(entry)}
    return (told & set(known)) | set(canaries_in(f"{record!r} {record.elements!r} {sorted(record.households)}"))


def whose(canaries: set[object], household: list[Bird]) -> Bird:
    """The person a record is of: who has most of what is on it."""
    return max(household, key=lambda bird: len(canaries & bird.perches.keys()))


def leaks(question: Question, records: Iterable[PermittedRecord], household: list[Bird]) -> Iterator[str]:
    """The field of each canary that left and should not have."""
    known = {canary for bird in household for canary in bird.perches}
    for record in records:
        canaries = flown(record, known)
        bird = whose(canaries, household)
        for canary in canaries - allowed(question, bird, household):
            perch = bird.perches.get(canary)
            where = f"{perch.source}.{perch.field} of a {bird.grade} person" if perch else "somebody else's"
            yield f"{question.door}: {where}, {'now' if perch and perch.current else 'earlier'}"


def family_leaks(question: Question, holder: Holder, household: list[Bird], reason: str, told: Told) -> Iterator[str]:
    """The same of everybody's page with the family on it: the person's own record, and each relative's."""
    access = holder.access(Use.SEARCH, reason=reason)
    known = {canary for bird in household for canary in bird.perches}
    birds = {bird.number: bird for bird in household}
    for bird in household:
        if found := disclose_with_family(access, bird.number):
            yield from leaks(replace(question, door=Door.ONE), [found.person], household)
            about = replace(question, page=bird)
            for number, relative in found.family.items():
                told.relatives += 1
                for canary in flown(relative, known) - allowed(about, birds[number], household):
                    perch = birds[number].perches.get(canary)
                    yield f"{question.door}: {perch and perch.field} of a {birds[number].grade} relative"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """One household, as one register writes it, asked about in one role through one door."""
    grades = draw(st.lists(st.sampled_from(GRADES), min_size=HOUSEHOLD, max_size=HOUSEHOLD))
    return Case(
        flock=draw(st.integers(0, 2**32)),
        grades=tuple(grades),
        written=draw(writings),
        holder=draw(st.integers(0, max(CASES // CASES_PER_ROLE, 2) - 1)),
        reason=draw(st.sampled_from(("", REASON))),
        door=draw(st.sampled_from(list(Door))),
    )


def test_no_canary_passes_the_gate_but_those_the_role_opens(
    generous: GenerousRegister, capsys: pytest.CaptureFixture[str]
) -> None:
    roles, told = RandomRoles(Random(SEED)), Told()
    holders = [roles.holder() for _ in range(max(CASES // CASES_PER_ROLE, 2))]

    @seed(SEED)
    @settings(max_examples=-(-CASES // HOUSEHOLD), database=None, deadline=None)
    @given(cases())
    def nothing_leaks(case: Case) -> None:
        holder, household = holders[case.holder], case.household()
        question = Question(case.door, holder.elements, holder.may_open_addresses(case.reason))
        generous.hold((bird.record for bird in household), case.written)
        told.documents += HOUSEHOLD
        if case.door is Door.FAMILY:
            assert not list(family_leaks(question, holder, household, case.reason, told))
            return
        records = answer(case.door, holder, household, case.reason)
        told.shown += sum(len(record.delivered) for record in records)
        assert not list(leaks(question, records, household))

    try:
        nothing_leaks()
    except AssertionError:
        told.leaks += 1
        raise
    finally:
        logged = sum(1 for text in everything_logged() for _ in canaries_in(text))
        with capsys.disabled():
            tell(f"leaks at the gate (seed {SEED})", told.leaks, told.documents)
            tell("canaries in the log", logged, AuditEntry.objects.count())
    assert logged == 0
    assert told.documents >= CASES
    assert told.shown > told.documents // 2
    assert told.relatives > 0


def tell(metric: str, value: int, n: int) -> None:
    report("campaign", "canaries", metric, value=value, unit="canaries", bar=0, n=n, ok=value == 0)


def everything_logged() -> Iterator[str]:
    """Entries and their persons, bytes as they would read."""
    yield from (entry.body for entry in AuditEntry.objects.iterator())
    for subject in AuditSubject.objects.iterator():
        yield bytes(subject.sealed).decode("latin-1")
