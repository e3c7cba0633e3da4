"""The household rule: a protected member of a household hides the address that the others share with them. Pure.

All disclosures use this module: a lookup, the hits of a search, a list, and the examples for trying out a role.
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
    """The judgement on one record. is_reached: the protection of another person hides its addresses.

    exposed: exposed_marks() of the record, for comparing with protected persons in other answers of the same act.
    """

    protection: ProtectionVerdict
    is_reached: bool
    exposed: frozenset[str]


class JudgedTogether(NamedTuple):
    """each: a judgement for each shown record, in their order. protecting: marks of all protected households found."""

    each: tuple[Judgement, ...]
    protecting: frozenset[str]


def shows_address(elements: frozenset[str]) -> bool:
    """Whether a role with these elements opens an address. Without one the household rule has nothing to hide."""
    return not elements.isdisjoint(ADDRESS_ELEMENTS)


def follows_relations(elements: frozenset[str]) -> bool:
    """Whether a role with these elements opens both a relation and an address, so that relatives must be checked."""
    return shows_address(elements) and not elements.isdisjoint(RELATIONS)


def relatives_of(record: PersonRecord, elements: frozenset[str]) -> frozenset[str]:
    """The numbers of the relatives to read before the record is shown to a role with these elements.

    They are the relatives that an open relation names; none when the role opens no address.
    """
    return related_numbers(record, elements & RELATIONS.keys()) if shows_address(elements) else frozenset()


def judge(record: PersonRecord, relatives: Iterable[PersonRecord], *, may_open: bool) -> ProtectionVerdict:
    """The verdict on one record that is shown alone.

    relatives: the records of relatives_of() that the register knows. may_open: as in verdict(); a relative whose
    address the same reason would open hides nothing.
    """
    hiding = [relative for relative in relatives if not (may_open and grade_of(relative) <= Grade.CONFIDENTIAL)]
    marks = frozenset[str]().union(*map(protecting_marks, hiding))
    return _judgement(record, marks.__contains__, may_open=may_open).protection


def judge_together(
    shown: Sequence[PersonRecord], hiding: Iterable[PersonRecord], *, elements: frozenset[str]
) -> JudgedTogether:
    """The verdicts on several records in one answer, where the protection of one may hide the addresses of others.

    hiding: records that are not shown, but whose protection counts. elements: the elements of the role. Confidential
    addresses are never opened for several persons at once.
    """
    own = [protecting_marks(record) for record in shown]
    counted = Counter(mark for marks in [*own, *map(protecting_marks, hiding)] for mark in marks)
    reaching = counted if shows_address(elements) else Counter[str]()
    each = tuple(
        _judgement(record, _others(reaching, its_own), may_open=False)
        for record, its_own in zip(shown, own, strict=True)
    )
    return JudgedTogether(each, frozenset(counted))


def _others(counted: Counter[str], own: frozenset[str]) -> Callable[[str], bool]:
    """A test for marks that another record has too. own: the marks of the record itself, which do not count."""
    return lambda mark: counted.get(mark, 0) > (mark in own)


def _judgement(record: PersonRecord, is_hidden: Callable[[str], bool], *, may_open: bool) -> Judgement:
    own = verdict(record, may_open=may_open)
    exposed = exposed_marks(record, opened=own.opened)
    is_reached = any(map(is_hidden, exposed))
    return Judgement(household_verdict(own) if is_reached else own, is_reached, exposed)
