"""Which roles are held now: by an employee, directly or through one of their groups, or by an integration."""

from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from roles.models import Employee, Integration, LegalBasis, Role, RoleAssignment, Use
from roles.models.validity import live_at


def giving_at(now: datetime) -> Q:
    """The filter for RoleAssignment rows that give their holder the role at `now`. This is the only place of that rule.

    An assignment to a group gives the role to the members; the caller checks that the member is active.
    """
    live = live_at(now) & live_at(now, "role__") & live_at(now, "role__organisation__") & Q(role__is_active=True)
    to_employee = Q(employee__is_active=True, role__organisation__groups_only=False)
    # A group or an integration gets no role of another organisation, even if such a row exists.
    to_group = Q(group__organisation=F("role__organisation"))
    to_integration = Q(integration__is_active=True, integration__organisation=F("role__organisation"))
    return live & (to_employee | to_group | to_integration)


def live_roles(employee: Employee, use: Use | str | None = None, now: datetime | None = None) -> list[Role]:
    """The employee's live roles, sorted by name, with organisation, service area and legal bases (and their areas).

    use: return only roles with this use. A deactivated employee and a break-glass account have none. Read from the
    database at each call, so that a withdrawal has effect at once.
    """
    if not employee.is_active or employee.is_break_glass:
        return []
    # The groups are a query of their own: joined into the next one, PostgreSQL would scan every assignment.
    groups = list(employee.role_groups.order_by().values_list("pk", flat=True))
    roles = _roles_given_to(Q(employee=employee) | Q(group__in=groups), now)
    return list(roles if use is None else roles.filter(uses__contains=[use]))


def live_roles_of(integration: Integration) -> list[Role]:
    """The integration's live roles, sorted by name, with the same related rows as live_roles(). Read at each call."""
    return list(_roles_given_to(Q(integration=integration)))


def _roles_given_to(holder: Q, now: datetime | None = None) -> QuerySet[Role]:
    given = RoleAssignment.objects.filter(holder, giving_at(now or timezone.now()))
    roles = Role.objects.filter(id__in=given.values("role_id"))
    return roles.select_related("organisation", "service_area").prefetch_related(_bases())


def _bases() -> "Prefetch[str]":
    return Prefetch("legal_bases", queryset=LegalBasis.objects.with_area_codes())
