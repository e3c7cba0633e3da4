"""The roles that an employee holds now, read in one SQL statement, each with everything that an Access needs.

The database function roles_held repeats the rules of giving_at(), LegalBasis.is_in_force() and covers() in SQL, so that
a request needs one query; tests/roles/access/test_rights.py checks that both give the same answer. The answer serves
one request or one batch and is not cached.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from msgspec import Struct, json

from roles.models import BasisKind, BasisStatus, Step
from roles.models.catalogue import name_of_area
from roles.models.onboarding import step_stands

_QUESTION: Final = "SELECT role FROM roles_held(%s, %s, %s)"


class TakenStep(Struct, frozen=True):
    """An onboarding step that was recorded for an organisation. delegated_to: organisation number of the operator."""

    step: Step
    delegated_to: str

    @property
    def stands(self) -> bool:
        """Whether the record counts as the step taken."""
        return step_stands(self.step, self.delegated_to)


class HeldOrganisation(Struct, frozen=True, kw_only=True):
    """The organisation of a role, with its own limits (None: the installation's) and its onboarding steps."""

    id: UUID
    name: str
    organisation_number: str
    kommuner: tuple[str, ...]
    role_contact: str
    opens_single_hit: bool
    lookups_per_minute: int | None
    lookups_per_day: int | None
    misses_in_a_row: int | None
    misses_per_day: int | None
    open_orders: int | None
    steps: tuple[TakenStep, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def pk(self) -> UUID:
        """For templates, as on a row."""
        return self.id


class HeldArea(Struct, frozen=True, kw_only=True):
    """The service area of a role."""

    code: str
    name_nb: str
    name_nn: str
    name_en: str
    may_hold_confidential: bool

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The area's name in the language of the page."""
        return name_of_area(self)


class HeldBasis(Struct, frozen=True, kw_only=True):
    """A legal basis that a role rests on today, in its service area."""

    key: str
    statute: str
    section: str
    status: str
    kind: str
    confidential: bool
    elements: list[str]

    @property
    def is_proposal(self) -> bool:
        """Whether the basis is still a proposal that no lawyer has confirmed."""
        return self.status != BasisStatus.CONFIRMED

    @property
    def section_opens_confidential(self) -> bool:
        """Whether the section itself opens confidential elements, whatever else the row says."""
        return self.kind == BasisKind.OPENS_CONFIDENTIAL


class HeldRole(Struct, frozen=True, kw_only=True):
    """A role that is live now. legal_bases: those of its legal bases that are in force."""

    id: UUID
    name: str
    uses: tuple[str, ...]
    elements: tuple[str, ...]
    case_reference_required: bool
    confidential_addresses: bool
    organisation: HeldOrganisation
    service_area: HeldArea
    legal_bases: tuple[HeldBasis, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def pk(self) -> UUID:
        """For templates, as on a row."""
        return self.id

    @property
    def organisation_id(self) -> UUID:
        """The same attribute as on a Role row."""
        return self.organisation.id


_ROLE: Final = json.Decoder(HeldRole)


def roles_held(employee_id: UUID, now: datetime | None = None) -> list[HeldRole]:
    """The employee's live roles at `now`, sorted by name; [] when the employee is deactivated or does not exist.

    Read from the database at each call, so that a withdrawal has effect at once.
    """
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [employee_id, now, timezone.localdate(now)])
        return [_ROLE.decode(role) for (role,) in cursor.fetchall()]
