"""Whether an employee can work in a role they were given, or the first hindrance. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Period(Protocol):
    """A period of validity, as roles.models.Validity has it. valid_to: None for no end."""

    @property
    def valid_from(self) -> datetime: ...
    @property
    def valid_to(self) -> datetime | None: ...


class Standing(StrEnum):
    """LIVE when the employee can work in the role; otherwise the first hindrance."""

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
    """A role as one employee was given it.

    counts: False for an assignment to the employee by name in an organisation that gives roles to groups only. given,
    role, organisation: the validity of the assignment, the role and the organisation. for_lookup: whether the role is
    for looking up persons.
    """

    employee_active: bool
    counts: bool
    given: Period
    role_active: bool
    role: Period
    organisation: Period
    for_lookup: bool


def standing(holding: Holding, now: datetime) -> Standing:
    """The standing at `now`. Hindrances are tried in the order in which an administrator would look for them."""
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
