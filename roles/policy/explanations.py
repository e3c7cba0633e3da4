"""Why a role shows an information element or does not. Pure.

This module explains what roles.policy.fieldpolicy decides; it decides nothing itself. The tests check that both give
the same answer.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from integrations.folkeregisteret.elements import ELEMENTS
from integrations.folkeregisteret.moments import norwegian_day
from roles.policy.fieldpolicy import Area, Basis, opens_confidential
from roles.policy.permitted import PermittedRecord, State


class Rule(StrEnum):
    """The kind of rule that decided."""

    PACKAGE = "package"
    AREA = "area"
    BASIS = "basis"
    ROLE = "role"
    PROTECTION = "protection"


class Reason(StrEnum):
    """The reason within the rule."""

    AREA_HOLDS_NONE_SUCH = "area-holds-none-such"
    OPEN_PACKAGE = "open-package"
    NO_BASIS = "no-basis"
    BASIS_OF_OTHER_AREAS = "basis-of-other-areas"
    BASIS_NOT_IN_FORCE = "basis-not-in-force"
    NOT_CHOSEN = "not-chosen"
    PROPERTY_CLOSED = "property-closed"
    OPENED = "opened"
    PROTECTED = "protected"
    PARTLY_PROTECTED = "partly-protected"

    @property
    def rule(self) -> Rule:
        return _RULES[self]


_RULES = {
    Reason.AREA_HOLDS_NONE_SUCH: Rule.AREA,
    Reason.OPEN_PACKAGE: Rule.PACKAGE,
    Reason.NO_BASIS: Rule.BASIS,
    Reason.BASIS_OF_OTHER_AREAS: Rule.AREA,
    Reason.BASIS_NOT_IN_FORCE: Rule.BASIS,
    Reason.NOT_CHOSEN: Rule.ROLE,
    Reason.PROPERTY_CLOSED: Rule.ROLE,
    Reason.OPENED: Rule.BASIS,
    Reason.PROTECTED: Rule.PROTECTION,
    Reason.PARTLY_PROTECTED: Rule.PROTECTION,
}


class CitedBasis(Basis, Protocol):
    """A legal basis that can be cited. cited: the words it is cited by."""

    @property
    def cited(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one element is shown or not. bases: citations of the bases that open the element, did so or would do so."""

    key: str
    reason: Reason
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a role that decide what it opens: of a saved role or of a form that is not saved."""

    bases: Sequence[CitedBasis]
    chosen: Collection[str]
    area: Area


def explain(key: str, draft: Draft, now: datetime) -> Explanation:
    """Why the role opens this element at `now` or does not. "Cannot be opened at all" comes before "was not chosen"."""
    if ELEMENTS[key].is_confidential and not draft.area.may_hold_confidential:
        return Explanation(key, Reason.AREA_HOLDS_NONE_SUCH)
    opening = [basis for basis in _naming(key, draft.bases) if _is_live(basis, draft.area, now)]
    if not opening:
        return _explain_closed(key, draft, now)
    if key not in draft.chosen:
        return Explanation(key, Reason.NOT_CHOSEN, _cited(opening))
    source = ELEMENTS[key].source
    if source not in ("", key) and explain(source, draft, now).reason is not Reason.OPENED:
        return Explanation(key, Reason.PROPERTY_CLOSED)
    return Explanation(key, Reason.OPENED, _cited(opening))


def explain_all(draft: Draft, now: datetime) -> dict[str, Explanation]:
    """The explanation for every element of the vocabulary."""
    return {key: explain(key, draft, now) for key in ELEMENTS}


def with_protection(explanation: Explanation, *, shown: PermittedRecord, unprotected: PermittedRecord) -> Explanation:
    """The explanation, with its reason replaced when address protection removed something of the element.

    shown, unprotected: the same person for the same role, with and without address protection.
    """
    key = explanation.key
    if shown[key] == unprotected[key]:
        return explanation
    partly = shown[key].state is State.VALUE
    return replace(explanation, reason=Reason.PARTLY_PROTECTED if partly else Reason.PROTECTED)


def _explain_closed(key: str, draft: Draft, now: datetime) -> Explanation:
    naming = _naming(key, draft.bases)
    in_force = [basis for basis in naming if basis.is_in_force(norwegian_day(now))]
    if in_force:
        return Explanation(key, Reason.BASIS_OF_OTHER_AREAS, _cited(in_force))
    if naming:
        return Explanation(key, Reason.BASIS_NOT_IN_FORCE, _cited(naming))
    confidential = (basis for basis in draft.bases if opens_confidential(basis) and _is_live(basis, draft.area, now))
    by_package = ELEMENTS[key].is_confidential and not any(confidential)
    return Explanation(key, Reason.OPEN_PACKAGE if by_package else Reason.NO_BASIS)


def _naming(key: str, bases: Iterable[CitedBasis]) -> list[CitedBasis]:
    """The bases that name the element. Only a basis that opens confidential elements can name a confidential one."""
    return [
        basis
        for basis in bases
        if key in basis.elements and (opens_confidential(basis) or not ELEMENTS[key].is_confidential)
    ]


def _is_live(basis: Basis, area: Area, now: datetime) -> bool:
    return basis.is_in_force(norwegian_day(now)) and basis.covers(area.code)


def _cited(bases: Iterable[CitedBasis]) -> tuple[str, ...]:
    return tuple(basis.cited for basis in bases)
