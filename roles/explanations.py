"""Why a role shows an information element or does not, and whether somebody holds a role at all. Pure.

Says in words what roles.fieldpolicy and roles.assignments decide; it decides nothing itself, and the tests hold the two
to the same answer.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils import timezone

from integrations.folkeregisteret.elements import ELEMENTS
from roles.fieldpolicy import Area, Basis, opens_confidential
from roles.permitted import PermittedRecord, State


class Rule(StrEnum):
    """What decided."""

    PACKAGE = "package"
    AREA = "area"
    BASIS = "basis"
    ROLE = "role"
    PROTECTION = "protection"


class Reason(StrEnum):
    """Why, one step closer."""

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
    """A legal basis, as far as it is also named."""

    @property
    def cited(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """bases: those that open the element, would open it, or did; in words, as they are cited."""

    key: str
    reason: Reason
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What decides what a role opens, as saved or as it stands in a form."""

    bases: Sequence[CitedBasis]
    chosen: Collection[str]
    area: Area


def explain(key: str, draft: Draft, now: datetime) -> Explanation:
    """Why the role opens this element or does not. What cannot be opened at all comes before what was not chosen."""
    if ELEMENTS[key].is_confidential and not draft.area.may_hold_confidential:
        return Explanation(key, Reason.AREA_HOLDS_NONE_SUCH)
    opening = [basis for basis in _naming(key, draft.bases) if _is_live(basis, draft.area, now)]
    if not opening:
        return _closed(key, draft, now)
    if key not in draft.chosen:
        return Explanation(key, Reason.NOT_CHOSEN, _cited(opening))
    source = ELEMENTS[key].source
    if source not in ("", key) and explain(source, draft, now).reason is not Reason.OPENED:
        return Explanation(key, Reason.PROPERTY_CLOSED)
    return Explanation(key, Reason.OPENED, _cited(opening))


def explain_all(draft: Draft, now: datetime) -> dict[str, Explanation]:
    """Every element of the vocabulary."""
    return {key: explain(key, draft, now) for key in ELEMENTS}


def with_protection(explanation: Explanation, *, shown: PermittedRecord, unprotected: PermittedRecord) -> Explanation:
    """The same, unless address protection took something away. Both records: of one person, for one role."""
    key = explanation.key
    if shown[key] == unprotected[key]:
        return explanation
    partly = shown[key].state is State.VALUE
    return replace(explanation, reason=Reason.PARTLY_PROTECTED if partly else Reason.PROTECTED)


def _closed(key: str, draft: Draft, now: datetime) -> Explanation:
    naming = _naming(key, draft.bases)
    in_force = [basis for basis in naming if basis.is_in_force(timezone.localdate(now))]
    if in_force:
        return Explanation(key, Reason.BASIS_OF_OTHER_AREAS, _cited(in_force))
    if naming:
        return Explanation(key, Reason.BASIS_NOT_IN_FORCE, _cited(naming))
    confidential = (basis for basis in draft.bases if opens_confidential(basis) and _is_live(basis, draft.area, now))
    by_package = ELEMENTS[key].is_confidential and not any(confidential)
    return Explanation(key, Reason.OPEN_PACKAGE if by_package else Reason.NO_BASIS)


def _naming(key: str, bases: Iterable[CitedBasis]) -> list[CitedBasis]:
    """A confidential element is named only by a basis whose section opens such, whatever else a row says."""
    return [
        basis
        for basis in bases
        if key in basis.elements and (opens_confidential(basis) or not ELEMENTS[key].is_confidential)
    ]


def _is_live(basis: Basis, area: Area, now: datetime) -> bool:
    return basis.is_in_force(timezone.localdate(now)) and basis.covers(area.code)


def _cited(bases: Iterable[CitedBasis]) -> tuple[str, ...]:
    return tuple(basis.cited for basis in bases)


class Period(Protocol):
    """What is valid for a time (roles.models.Validity)."""

    @property
    def valid_from(self) -> datetime: ...
    @property
    def valid_to(self) -> datetime | None: ...


class Standing(StrEnum):
    """Whether somebody works in a role they were given, or the first thing in the way."""

    LIVE = "live"
    BLOCKED = "blocked"
    NOT_GIVEN_YET = "not-given-yet"
    NO_LONGER_GIVEN = "no-longer-given"
    GROUPS_ONLY = "groups-only"
    ROLE_INACTIVE = "role-inactive"
    ROLE_NOT_BEGUN = "role-not-begun"
    ROLE_ENDED = "role-ended"
    ORGANISATION_CLOSED = "organisation-closed"
    NOT_FOR_LOOKUP = "not-for-lookup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A role as one employee was given it. counts: not by name where the organisation gives roles to groups only."""

    employee_active: bool
    counts: bool
    given: Period
    role_active: bool
    role: Period
    organisation: Period
    for_lookup: bool


def standing(holding: Holding, now: datetime) -> Standing:
    """From the employee outwards: what an administrator would look at first comes first."""
    hindrances = {
        Standing.BLOCKED: not holding.employee_active,
        Standing.NOT_GIVEN_YET: _is_ahead(holding.given, now),
        Standing.NO_LONGER_GIVEN: _is_over(holding.given, now),
        Standing.GROUPS_ONLY: not holding.counts,
        Standing.ROLE_INACTIVE: not holding.role_active,
        Standing.ROLE_NOT_BEGUN: _is_ahead(holding.role, now),
        Standing.ROLE_ENDED: _is_over(holding.role, now),
        Standing.ORGANISATION_CLOSED: _is_ahead(holding.organisation, now) or _is_over(holding.organisation, now),
        Standing.NOT_FOR_LOOKUP: not holding.for_lookup,
    }
    return next((what for what, stands in hindrances.items() if stands), Standing.LIVE)


def _is_ahead(period: Period, now: datetime) -> bool:
    return now < period.valid_from


def _is_over(period: Period, now: datetime) -> bool:
    return period.valid_to is not None and period.valid_to <= now
