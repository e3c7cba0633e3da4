"""The household rule: a protected member of a household hides the address that the others share with them. Pure.

Every way to a person is judged here: one looked up, hits, a list, and the examples that a role is tried on.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from integrations.folkeregisteret.documents import PersonRecord
from roles.policy.addressprotection import (
    Grade,
    ProtectionVerdict,
    exposed_marks,
    grade_of,
    household_verdict,
    protecting_marks,
    verdict,
)
from roles.policy.marks import ADDRESS_ELEMENTS, RELATIONS, related_numbers


class Judgement(NamedTuple):
    """On one of several records. is_reached: somebody else's protection hides its addresses.

    exposed: the marks by which it could be reached, in this answer or in another of the same act.
    """

    protection: ProtectionVerdict
    is_reached: bool
    exposed: frozenset[str]


class JudgedTogether(NamedTuple):
    """each: one for each record shown, in their order. protecting: the marks of the protected households met."""

    each: tuple[Judgement, ...]
    protecting: frozenset[str]


def shows_address(elements: frozenset[str]) -> bool:
    """Whether a role with these elements opens an address: else there is none that a household could give away."""
    return not elements.isdisjoint(ADDRESS_ELEMENTS)


def follows_relations(elements: frozenset[str]) -> bool:
    """Whether a role with these elements could follow a relation to an address."""
    return shows_address(elements) and not elements.isdisjoint(RELATIONS)


def relatives_of(record: PersonRecord, elements: frozenset[str]) -> frozenset[str]:
    """Numbers of those whose protection reaches the record in a role with these elements: they are to be read."""
    return related_numbers(record, elements & RELATIONS.keys()) if shows_address(elements) else frozenset()


def judge(record: PersonRecord, relatives: Iterable[PersonRecord], *, may_open: bool) -> ProtectionVerdict:
    """The verdict on one record that is shown alone.

    relatives: those of relatives_of() that the register knows. may_open: as of verdict(); what is opened of a relative
    by the same reason hides nothing.
    """
    hiding = [relative for relative in relatives if not (may_open and grade_of(relative) <= Grade.CONFIDENTIAL)]
    marks = frozenset[str]().union(*map(protecting_marks, hiding))
    return _judged(record, marks.__contains__, may_open=may_open).protection


def judge_together(
    shown: Sequence[PersonRecord], hiding: Iterable[PersonRecord], *, elements: frozenset[str]
) -> JudgedTogether:
    """The verdicts on several records in one answer, each of which may reach the others.

    hiding: those who are not shown but whose protection reaches the shown. elements: of the role. Nothing is opened for
    several persons at once.
    """
    own = [protecting_marks(record) for record in shown]
    counted = Counter(mark for marks in [*own, *map(protecting_marks, hiding)] for mark in marks)
    reaching = counted if shows_address(elements) else Counter[str]()
    each = tuple(
        _judged(record, _others(reaching, its_own), may_open=False) for record, its_own in zip(shown, own, strict=True)
    )
    return JudgedTogether(each, frozenset(counted))


def _others(counted: Counter[str], own: frozenset[str]) -> Callable[[str], bool]:
    """Whether a mark is of somebody else too: of more than the one who has it."""
    return lambda mark: counted.get(mark, 0) > (mark in own)


def _judged(record: PersonRecord, is_hidden: Callable[[str], bool], *, may_open: bool) -> Judgement:
    own = verdict(record, may_open=may_open)
    exposed = exposed_marks(record, opened=own.opened)
    is_reached = any(map(is_hidden, exposed))
    return Judgement(household_verdict(own) if is_reached else own, is_reached, exposed)
