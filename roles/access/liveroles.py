"""Which roles are held now: by an employee, itself or through one of its groups, or by an integration."""

from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from roles.models import Employee, Integration, LegalBasis, Role, RoleAssignment, Use
from roles.models.validity import live_at


def giving_at(now: datetime) -> Q:
    """Assignments that give their holder their role at `now`; of a group, its active members. The one rule of it."""
    live = live_at(now) & live_at(now, "role__") & live_at(now, "role__organisation__") & Q(role__is_active=True)
    to_employee = Q(employee__is_active=True, role__organisation__groups_only=False)
    # A group or an integration of another organisation than the role's has nothing, whatever the row says.
    to_group = Q(group__organisation=F("role__organisation"))
    to_integration = Q(integration__is_active=True, integration__organisation=F("role__organisation"))
    return live & (to_employee | to_group | to_integration)


def live_roles(employee: Employee, use: Use | str | None = None, now: datetime | None = None) -> list[Role]:
    """The employee's live roles, by name, with organisation, service area and legal bases (with their areas) fetched.

    use: only roles with this use. Read from the database at each call, so that what is withdrawn is gone at once.
    """
    if not employee.is_active or employee.is_break_glass:
        return []
    # Asked for by themselves: with them in the same query PostgreSQL would go through every assignment there is.
    groups = list(employee.role_groups.order_by().values_list("pk", flat=True))
    roles = _given_to(Q(employee=employee) | Q(group__in=groups), now)
    return list(roles if use is None else roles.filter(uses__contains=[use]))


def live_roles_of(integration: Integration, now: datetime | None = None) -> list[Role]:
    """The integration's live roles, by name, with the same fetched. Read anew at each call."""
    return list(_given_to(Q(integration=integration), now))


def _given_to(holder: Q, now: datetime | None) -> QuerySet[Role]:
    given = RoleAssignment.objects.filter(holder, giving_at(now or timezone.now()))
    roles = Role.objects.filter(id__in=given.values("role_id"))
    return roles.select_related("organisation", "service_area").prefetch_related(_bases())


def _bases() -> "Prefetch[str]":
    return Prefetch("legal_bases", queryset=LegalBasis.objects.with_area_codes())
