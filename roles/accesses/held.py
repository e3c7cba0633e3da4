"""Who holds which role of an organisation now, one by one, also through a group."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from roles.models import Employee, Organisation, RoleAssignment
from roles.models.validity import live_at


@dataclass(frozen=True, slots=True)
class Held:
    """An employee and the assignment that gives them its role, directly or as a member of its group."""

    assignment: RoleAssignment
    employee: Employee


def held_in(organisation: Organisation, now: datetime | None = None) -> list[Held]:
    """By role and name, in three queries. The same rule as live_roles: what is not live gives nobody anything."""
    found = [each for assignment in _live(organisation, now or timezone.now()) for each in _holders(assignment)]
    return sorted(found, key=lambda each: (each.assignment.role.name, each.employee.display_name, each.employee.pk))


def _live(organisation: Organisation, now: datetime) -> QuerySet[RoleAssignment]:
    in_force = live_at(now) & live_at(now, "role__") & live_at(now, "role__organisation__")
    # A group of another organisation than the role's gives nothing, whatever the row says.
    own = Q(group=None, role__organisation__groups_only=False) | Q(group__organisation=F("role__organisation"))
    members = Prefetch("group__members", queryset=Employee.objects.filter(is_active=True))
    return (
        RoleAssignment.objects.filter(in_force & own, role__is_active=True, role__organisation=organisation)
        .select_related("role__service_area", "employee", "group", "given_by")
        .prefetch_related(members)
    )


def _holders(assignment: RoleAssignment) -> Iterator[Held]:
    if assignment.group is not None:
        yield from (Held(assignment, member) for member in assignment.group.members.all())
    elif assignment.employee is not None and assignment.employee.is_active:
        yield Held(assignment, assignment.employee)
