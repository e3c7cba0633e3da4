"""Central user management: when it is on, only groups and integrations can hold the organisation's roles.

Turning it on ends every assignment to an employee by name. Turning it off restores none of them.
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
    """The organisation's assignments to employees by name that are valid at `now` or will be."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=now)
    return RoleAssignment.objects.filter(lasting, role__organisation=organisation, employee__isnull=False)


@transaction.atomic
def turn_on(*, organisation: Organisation, by: Employee) -> int:
    """Turns it on, in force at each holder's next request. Returns how many personal assignments it ended.

    Raises PolicyViolation.
    """
    row = _lock_to_change(organisation, by)
    if row.groups_only:
        return 0
    now = timezone.now()
    ended = list(personal_assignments(row, now).select_for_update(of=("self",), no_key=True))
    for assignment in ended:
        assignment.valid_to = now  # also when it lies before valid_from: a future assignment must never begin
    RoleAssignment.objects.bulk_update(ended, ["valid_to"])
    _switch(row, by, on=True, ended=[str(assignment.pk) for assignment in ended])
    return len(ended)


@transaction.atomic
def turn_off(*, organisation: Organisation, by: Employee) -> None:
    """Turns it off: roles may be given to employees by name again. Raises PolicyViolation."""
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
