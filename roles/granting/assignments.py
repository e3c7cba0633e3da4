"""Giving and withdrawing roles. Each change is atomic, checked against what `by` administers, and logged."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from roles import audit
from roles.audit import JSON, Event
from roles.granting.roles import in_log, lock_role
from roles.granting.rules import (
    check_administers,
    check_not_given,
    check_one_receiver,
    check_period,
    check_receiver,
)
from roles.models import (
    Employee,
    Group,
    Holder,
    Integration,
    Organisation,
    Role,
    RoleAssignment,
)

_HOLDER_FIELDS: Final[dict[type[Holder], str]] = {Employee: "employee", Group: "group", Integration: "integration"}
_PERIOD: Final = ("valid_from", "valid_to")


@transaction.atomic
def give_role(
    *,
    role: Role,
    by: Employee,
    employee: Employee | None = None,
    group: Group | None = None,
    integration: Integration | None = None,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    reason: str = "",
) -> RoleAssignment:
    """Gives the role to one receiver of the role's organisation: an employee, a group or an integration.

    valid_from: None for now. valid_to: None for no end. Raises PolicyViolation.
    """
    receiver = check_one_receiver(employee, group, integration)
    (assignment,) = give_role_to(
        role=role, receivers=[receiver], by=by, valid_from=valid_from, valid_to=valid_to, reason=reason
    )
    return assignment


@transaction.atomic
def give_role_to(
    *,
    role: Role,
    receivers: Iterable[Holder],
    by: Employee,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    reason: str = "",
) -> list[RoleAssignment]:
    """Gives the role to all receivers, or to none when it raises PolicyViolation.

    One log entry names all of them, at the end of the transaction: there may be thousands, and from the entry to the
    commit every lookup of the organisation waits for its chain.
    """
    begins, chosen = valid_from or timezone.now(), list(dict.fromkeys(receivers))
    role = _lock_for_giving(role, chosen)
    check_administers(role.organisation, by)
    check_period(begins, valid_to)
    given = []
    for receiver in chosen:
        check_receiver(role, receiver, by=by)
        holder = {_HOLDER_FIELDS[type(receiver)]: receiver}
        given.append(RoleAssignment(role=role, given_by=by, valid_from=begins, valid_to=valid_to, **holder))
    check_not_given(role, chosen, begins, valid_to)
    RoleAssignment.objects.bulk_create(given)
    if given:
        after = _assignment(given[0]) if len(given) == 1 else _assignments(given)
        audit.changed(Event.ASSIGNMENT_GIVEN, by=by, after=after, reason=reason, **in_log(role))
    return given


@transaction.atomic
def withdraw_role(*, assignment: RoleAssignment, by: Employee, reason: str = "") -> RoleAssignment:
    """Ends the assignment now; an assignment that has ended stays as it is. Raises PolicyViolation."""
    row = (
        RoleAssignment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("role__organisation")
        .get(pk=assignment.pk)
    )
    check_administers(row.role.organisation, by)
    now = timezone.now()
    if row.valid_to is not None and row.valid_to <= now:
        return row
    before = _assignment(row)
    row.valid_to = now
    row.save(update_fields=["valid_to"])
    after = _assignment(row)
    audit.changed(Event.ASSIGNMENT_WITHDRAWN, by=by, before=before, after=after, reason=reason, **in_log(row.role))
    return row


def _lock_for_giving(role: Role, receivers: Iterable[Holder]) -> Role:
    """The role as it is now, with locks on its organisation, on itself and on the receiving groups.

    Until the transaction ends nobody can give or delete the role, switch the organisation to groups only, or join the
    groups, so the checks that follow stay true.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=role.organisation_id)
    current = lock_role(role)
    groups = [receiver.pk for receiver in receivers if isinstance(receiver, Group)]
    list(Group.objects.select_for_update(no_key=True).filter(pk__in=groups).order_by("pk"))
    return current


def _assignments(given: Sequence[RoleAssignment]) -> Mapping[str, JSON]:
    """Several assignments of one role and period, as one log entry tells them: the receivers' ids by kind."""
    first = _assignment(given[0])
    holders = {
        kind: sorted(str(id_) for row in given if (id_ := getattr(row, f"{kind}_id")))
        for kind in _HOLDER_FIELDS.values()
    }
    return {**{kind: ids for kind, ids in holders.items() if ids}, **{name: first[name] for name in _PERIOD}}


def _assignment(row: RoleAssignment) -> Mapping[str, JSON]:
    return {
        "assignment": str(row.pk),
        "employee": str(row.employee_id) if row.employee_id else None,
        "group": str(row.group_id) if row.group_id else None,
        "integration": str(row.integration_id) if row.integration_id else None,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }
