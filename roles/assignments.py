"""Which roles are held now: by an employee, itself or through one of its groups, or by an integration."""

from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from roles.models import Employee, Integration, LegalBasis, Role, RoleAssignment, Use
from roles.models.validity import live_at


def live_roles(employee: Employee, use: Use | str | None = None, now: datetime | None = None) -> list[Role]:
    """The employee's live roles, by name, with organisation, service area and legal bases (with their areas) fetched.

    use: only roles with this use. Read from the database at each call, so that what is withdrawn is gone at once.
    """
    now = now or timezone.now()
    if not employee.is_active or employee.is_break_glass:
        return []
    roles = _live_and_held(_held_by(employee), now)
    return list(roles if use is None else roles.filter(uses__contains=[use]))


def live_roles_of(integration: Integration, now: datetime | None = None) -> list[Role]:
    """The integration's live roles, by name, with the same fetched. Read anew at each call."""
    now = now or timezone.now()
    # A role of another organisation gives nothing, whatever the row says.
    held = Q(integration=integration, integration__is_active=True, integration__organisation=F("role__organisation"))
    return list(_live_and_held(held, now))


def _live_and_held(held_by: Q, now: datetime) -> QuerySet[Role]:
    held = RoleAssignment.objects.filter(held_by & live_at(now)).values("role_id")
    roles = Role.objects.filter(Q(is_active=True, id__in=held) & live_at(now) & live_at(now, "organisation__"))
    return roles.select_related("organisation", "service_area").prefetch_related(_bases())


def _bases() -> "Prefetch[str]":
    return Prefetch("legal_bases", queryset=LegalBasis.objects.with_area_codes())


def _held_by(employee: Employee) -> Q:
    # A group of another organisation than the role's gives nothing, whatever the row says.
    by_name = Q(employee=employee, role__organisation__groups_only=False)
    return by_name | Q(group__members=employee, group__organisation=F("role__organisation"))
