"""Which roles an employee holds now, by a role given to the employee or to one of the employee's groups."""

from datetime import datetime

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from roles.models import Employee, LegalBasis, Role, RoleAssignment, Use
from roles.models.validity import live_at


def live_roles(employee: Employee, use: Use | str | None = None, now: datetime | None = None) -> list[Role]:
    """The employee's live roles, by name, with organisation, service area and legal bases (with their areas) fetched.

    use: only roles with this use. Read from the database at each call, so that what is withdrawn is gone at once.
    """
    now = now or timezone.now()
    if not employee.is_active:
        return []
    held = RoleAssignment.objects.filter(_held_by(employee) & live_at(now)).values("role_id")
    roles = Role.objects.filter(Q(is_active=True, id__in=held) & live_at(now) & live_at(now, "organisation__"))
    if use is not None:
        roles = roles.filter(uses__contains=[use])
    return list(roles.select_related("organisation", "service_area").prefetch_related(_bases()))


def _bases() -> "Prefetch[str]":
    return Prefetch("legal_bases", queryset=LegalBasis.objects.with_area_codes())


def _held_by(employee: Employee) -> Q:
    # A group of another organisation than the role's gives nothing, whatever the row says.
    by_name = Q(employee=employee, role__organisation__groups_only=False)
    return by_name | Q(group__members=employee, group__organisation=F("role__organisation"))
