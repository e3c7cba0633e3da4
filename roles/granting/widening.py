"""Nobody widens what they hold, or what their next login gives them: one rule for every change that makes a role wider.

A role is made wider in itself (elements, legal bases, uses, validity), by its organisation (kommuner, validity, steps
of its onboarding) and by a legal basis it rests on. Who holds it is refused: a colleague must. Who does not hold it may
still be in a group of the identity provider's that has it, which only a login tells: that they widened it is kept, and
the login does not put them into such a group until a colleague has given the group the role after that.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.models import Employee, Group, Role, RoleAssignment, RoleWidening
from roles.violations import PolicyViolation

_LISTS: Final = ("elements", "legal_bases", "uses", "kommuner", "areas")
_RIGHTS: Final = ("is_active", "confidential_addresses", "confidential")


def widen(roles: QuerySet[Role], *, by: Employee) -> None:
    """Asked by a change that makes these roles wider, in its own transaction, when its rows are locked.

    Locks the groups that have them: a login that puts `by` into one of them comes before this, or sees that it was.
    Raises PolicyViolation.
    """
    keys = list(roles.order_by("pk").values_list("pk", flat=True))
    held = _lasting().filter(role__in=keys, group__isnull=False)
    list(Group.objects.select_for_update(no_key=True).filter(pk__in=held.values("group")).order_by("pk"))
    check_not_held(Role.objects.filter(pk__in=keys), by=by)
    now = timezone.now()
    RoleWidening.objects.bulk_create(
        [RoleWidening(role_id=key, employee=by, at=now) for key in keys],
        update_conflicts=True,
        update_fields=["at"],
        unique_fields=["role", "employee"],
    )


def check_not_held(roles: QuerySet[Role], *, by: Employee) -> None:
    """The same, asked by a form before anything is changed. Raises PolicyViolation, which names a role."""
    held = _lasting().filter(Q(employee=by) | Q(group__members=by), role__in=roles).select_related("role")
    if assignment := held.first():
        said = _("Du har selv rollen %(role)s. Be en annen administrator om å gjøre denne endringen.")
        raise PolicyViolation(said % {"role": assignment.role})


def widened_by(employee: Employee) -> QuerySet[RoleAssignment]:
    """Assignments to groups of roles that this employee made wider after the group was given them."""
    mine = Q(role__widenings__employee=employee, role__widenings__at__gte=F("given_at"))
    return _lasting().filter(mine, group__isnull=False)


def is_wider(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether something described afterwards gives more than before, to anybody and at any time.

    Both as the log describes it; valid_from and valid_to are moments or days, None without an end.
    """
    more = any(set(after.get(name) or ()) - set(before.get(name) or ()) for name in _LISTS)
    granted = any(after.get(name) and not before.get(name) for name in _RIGHTS)
    unguarded = bool(before.get("case_reference_required")) and not after.get("case_reference_required")
    return more or granted or unguarded or _lasts_longer(before, after)


def _lasts_longer(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    begins, began = (side.get("valid_from") for side in (after, before))
    ends, ended = (side.get("valid_to") for side in (after, before))
    earlier = began is not None and (begins is None or _parse_moment(begins) < _parse_moment(began))
    return earlier or (ended is not None and (ends is None or _parse_moment(ends) > _parse_moment(ended)))


def _parse_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _lasting() -> QuerySet[RoleAssignment]:
    """Assignments that hold now, or will."""
    return RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now()))
