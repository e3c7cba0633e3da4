"""Central user management: when it is on, an organisation's roles are held by groups alone, and the groups come from
its identity system. Turning it on ends every role given to a person by name; turning it off gives none of them back.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import administers
from roles.audit import Event
from roles.granting.widening import widen
from roles.models import Employee, Organisation, Role, RoleAssignment
from roles.violations import PolicyViolation


def personal_assignments(organisation: Organisation, now: datetime) -> QuerySet[RoleAssignment]:
    """Roles given to employees by name that hold now, or will."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=now)
    return RoleAssignment.objects.filter(lasting, role__organisation=organisation, employee__isnull=False)


@transaction.atomic
def turn_on(*, organisation: Organisation, by: Employee) -> int:
    """How many personal assignments were ended, in force at their holders' next request. Raises PolicyViolation."""
    row = _lock_to_change(organisation, by)
    if row.groups_only:
        return 0
    now = timezone.now()
    ended = list(personal_assignments(row, now).select_for_update(of=("self",), no_key=True))
    for assignment in ended:
        assignment.valid_to = now  # also before one that is to come begins: else it would be held until then
    RoleAssignment.objects.bulk_update(ended, ["valid_to"])
    _switch(row, by, on=True, ended=[str(assignment.pk) for assignment in ended])
    return len(ended)


@transaction.atomic
def turn_off(*, organisation: Organisation, by: Employee) -> None:
    """Roles may be given to people by name again. Raises PolicyViolation."""
    row = _lock_to_change(organisation, by)
    if row.groups_only:
        given = personal_assignments(row, timezone.now())
        widen(Role.objects.filter(pk__in=given.values("role")), by=by)
        _switch(row, by, on=False, ended=[])


def _lock_to_change(organisation: Organisation, by: Employee) -> Organisation:
    if organisation.pk not in administers(by).may_appoint:
        raise PolicyViolation(_("Bare virksomhetens egen administrator kan endre brukerstyringen."))
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _switch(organisation: Organisation, by: Employee, *, on: bool, ended: list[str]) -> None:
    organisation.groups_only = on
    organisation.save(update_fields=["groups_only"])
    event = Event.CENTRAL_USERS_ON if on else Event.CENTRAL_USERS_OFF
    audit.changed(event, by=by, organisation=organisation.pk, before=not on, after=on, details={"ended": ended})
