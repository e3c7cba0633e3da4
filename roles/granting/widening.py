"""The rule that nobody widens a role they hold, or one that their next login would give them.

A role is widened by itself (elements, legal bases, uses, validity), by its organisation (kommuner, validity, steps of
its onboarding) and by a legal basis it rests on. An administrator who holds the role is refused: a colleague must make
the change. An administrator who does not hold it may still get it at their next login, through a group that follows the
identity provider. Therefore the widening is recorded (RoleWidening), and a login does not add them to such a group
until a colleague gives the group the role after that.
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
    """Checks and records that `by` widens these roles. Called in the transaction of the change, with its rows locked.

    Locks the groups that have the roles, so that a login that adds `by` to one of them comes either before the check or
    after the record. Raises PolicyViolation when `by` holds one of the roles.
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
    """Raises PolicyViolation, naming a role, when `by` holds one of these roles. Also for a form before the change."""
    held = _lasting().filter(Q(employee=by) | Q(group__members=by), role__in=roles).select_related("role")
    if assignment := held.first():
        said = _("Du har selv rollen %(role)s. Be en annen administrator om å gjøre denne endringen.")
        raise PolicyViolation(said % {"role": assignment.role})


def widened_by(employee: Employee) -> QuerySet[RoleAssignment]:
    """The assignments to groups whose role this employee widened after the group was given it."""
    mine = Q(role__widenings__employee=employee, role__widenings__at__gte=F("given_at"))
    return _lasting().filter(mine, group__isnull=False)


def is_wider(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a role, organisation or legal basis gives more after a change than before, to anybody and at any time.

    before, after: its description in the log. valid_from and valid_to are moments or days; None means no limit.
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
    """The assignments that are valid now or will be."""
    return RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now()))
