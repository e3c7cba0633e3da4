"""Each access that is held now: roles of employees, directly or through a group; roles of integrations;
administratorships."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Value
from django.utils import timezone

from roles.access.liveroles import giving_at
from roles.models import Administratorship, Employee, Integration, Organisation, Role, RoleAssignment


@dataclass(frozen=True, slots=True)
class Held:
    """A role's assignment and one of its holders, who has it directly or as a member of its group."""

    assignment: RoleAssignment
    holder: Employee | Integration

    @property
    def employee(self) -> Employee | None:
        """The holder, if it is an employee; None for an integration."""
        return self.holder if isinstance(self.holder, Employee) else None


class HeldByName(NamedTuple):
    """One held role as plain values. Thousands are read without making model objects."""

    role: str
    holder: str
    holder_id: UUID
    is_integration: bool
    assignment_id: UUID


def held_by_name(organisation: Organisation, now: datetime | None = None) -> list[HeldByName]:
    """All held roles of the organisation at `now` as plain values, sorted by role and holder."""
    giving = RoleAssignment.objects.filter(giving_at(now or timezone.now()), role__organisation=organisation)
    own = _by_name(giving.filter(employee__isnull=False), "employee", "display_name")
    members = _by_name(giving.filter(group__members__is_active=True), "group__members", "display_name")
    systems = _by_name(giving.filter(integration__isnull=False), "integration", "name")
    return sorted(map(HeldByName._make, (*own, *members, *systems)))


def _by_name(giving: QuerySet[RoleAssignment], holder: str, name: str) -> QuerySet[RoleAssignment, tuple[Any, ...]]:
    """The values in the order of HeldByName's fields."""
    is_integration = Value(holder == "integration")
    return giving.order_by().values_list("role__name", f"{holder}__{name}", f"{holder}__pk", is_integration, "pk")


def held_in(organisation: Organisation, now: datetime | None = None) -> list[Held]:
    """All held roles of the organisation at `now`, sorted by role and holder, in a few queries."""
    # Prefetched, not joined: there are few roles, areas and givers, and a join would repeat them in every row.
    given = RoleAssignment.objects.filter(role__organisation=organisation)
    return _holders_at(given.prefetch_related("role__service_area", "given_by"), now)


def held_of(roles: Iterable[Role]) -> list[Held]:
    """The holders of these roles now, sorted by role and name."""
    return _holders_at(RoleAssignment.objects.filter(role__in=roles).select_related("role"), None)


def administratorships_in(organisation: Organisation) -> QuerySet[Administratorship]:
    """The organisation's administratorships of active employees, sorted by kind and name."""
    held = Administratorship.objects.filter(organisation=organisation, employee__is_active=True)
    return held.select_related("employee").order_by("kind", "employee__display_name", "pk")


def _holders_at(given: QuerySet[RoleAssignment], now: datetime | None) -> list[Held]:
    active = Prefetch("group__members", queryset=Employee.objects.filter(is_active=True))
    giving = given.filter(giving_at(now or timezone.now())).prefetch_related("group", active, "integration")
    found = [each for row in giving.select_related("employee") for each in _holders(row)]
    return sorted(found, key=lambda each: (each.assignment.role.name, str(each.holder), each.holder.pk))


def _holders(assignment: RoleAssignment) -> Iterator[Held]:
    if assignment.group is not None:
        yield from (Held(assignment, member) for member in assignment.group.members.all())
    elif holder := assignment.employee or assignment.integration:
        yield Held(assignment, holder)
