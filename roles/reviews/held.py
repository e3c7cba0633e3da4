"""Who has access now, one by one: roles of employees, also through a group, and of integrations; administratorships."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from roles.access.liveroles import giving_at
from roles.models import Administratorship, Employee, Integration, Organisation, Role, RoleAssignment


@dataclass(frozen=True, slots=True)
class Held:
    """A role's assignment, and one who has the role by it: directly, or as a member of its group."""

    assignment: RoleAssignment
    holder: Employee | Integration

    @property
    def employee(self) -> Employee | None:
        """The holder; None where it is an integration."""
        return self.holder if isinstance(self.holder, Employee) else None


class HeldByName(NamedTuple):
    """The same in names, for thousands of them: no row of a table is made into an object."""

    role: str
    holder: str
    holder_id: UUID
    is_integration: bool
    group: str
    service_area: str
    valid_from: datetime
    valid_to: datetime | None
    given_by: str


def held_by_name(organisation: Organisation, now: datetime | None = None) -> list[HeldByName]:
    """Everything that is held in the organisation, by role and name."""
    giving = RoleAssignment.objects.filter(giving_at(now or timezone.now()), role__organisation=organisation)
    own = _named(giving.filter(employee__isnull=False), "employee", "display_name")
    members = _named(giving.filter(group__members__is_active=True), "group__members", "display_name")
    systems = _named(giving.filter(integration__isnull=False), "integration", "name")
    found = (HeldByName(*row) for row in (*own, *members, *systems))
    return sorted(found, key=itemgetter(0, 1, 2))


def _named(giving: QuerySet[RoleAssignment], holder: str, name: str) -> QuerySet[RoleAssignment, tuple[Any, ...]]:
    """In the order of HeldByName's fields."""
    group, giver = (Coalesce(of, Value("")) for of in ("group__name", "given_by__display_name"))
    is_integration = Value(holder == "integration")
    validity = ("valid_from", "valid_to")
    who = (f"{holder}__{name}", f"{holder}__pk")
    return giving.order_by().values_list(
        "role__name", *who, is_integration, group, "role__service_area_id", *validity, giver
    )


def held_in(organisation: Organisation, now: datetime | None = None) -> list[Held]:
    """Everything that is held in the organisation, by role and name, in a few queries."""
    # Roles, areas and who gave them are few: once each, and not once in every row of a join.
    given = RoleAssignment.objects.filter(role__organisation=organisation)
    return _held(given.prefetch_related("role__service_area", "given_by"), now)


def held_of(roles: Iterable[Role]) -> list[Held]:
    """Who holds these roles, by role and name."""
    return _held(RoleAssignment.objects.filter(role__in=roles).select_related("role"), None)


def administratorships_in(organisation: Organisation) -> QuerySet[Administratorship]:
    """What active employees administer of the organisation, by kind and name."""
    held = Administratorship.objects.filter(organisation=organisation, employee__is_active=True)
    return held.select_related("employee").order_by("kind", "employee__display_name", "pk")


def _held(given: QuerySet[RoleAssignment], now: datetime | None) -> list[Held]:
    active = Prefetch("group__members", queryset=Employee.objects.filter(is_active=True))
    giving = given.filter(giving_at(now or timezone.now())).prefetch_related("group", active, "integration")
    found = [each for row in giving.select_related("employee") for each in _holders(row)]
    return sorted(found, key=lambda each: (each.assignment.role.name, str(each.holder), each.holder.pk))


def _holders(assignment: RoleAssignment) -> Iterator[Held]:
    if assignment.group is not None:
        yield from (Held(assignment, member) for member in assignment.group.members.all())
    elif holder := assignment.employee or assignment.integration:
        yield Held(assignment, holder)
