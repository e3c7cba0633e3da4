"""Employees: placed in an organisation, deactivated and activated. A deactivated one's sessions end at once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import loginsessions
from roles.access import actor_of
from roles.administration import administers
from roles.audit import JSON, Entry, Event, append
from roles.models import Employee, Organisation
from roles.rolerules import check_administers
from roles.violations import PolicyViolation


@transaction.atomic
def place_employee(*, employee: Employee, organisation: Organisation, by: Employee) -> Employee:
    """Somebody without an organisation, put into one: only there can they get a role. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan plassere ansatte i en virksomhet."))
    row = _locked(employee)
    if row.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if row.organisation_id is not None:
        raise PolicyViolation(_("Den ansatte hører alt til en virksomhet."))
    row.organisation = organisation
    row.save(update_fields=["organisation"])
    _log(row, by, {"organisation": str(organisation.pk)})
    return row


@transaction.atomic
def deactivate_employee(*, employee: Employee, by: Employee) -> Employee:
    """Out at their next request, everywhere, and let in no more. What they held stays known. Raises PolicyViolation."""
    row = _checked(employee, by)
    if row.is_active:
        row.is_active, row.deactivated_at = False, timezone.now()
        row.save(update_fields=["is_active", "deactivated_at"])
        loginsessions.end(row.login_sessions.all())  # else letting them in again would open the old ones too
        _log(row, by, {"is_active": False})
    return row


@transaction.atomic
def activate_employee(*, employee: Employee, by: Employee) -> Employee:
    """Let in again, with the roles that are still held. Raises PolicyViolation."""
    row = _checked(employee, by)
    if row.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if not row.is_active:
        row.is_active, row.deactivated_at = True, None
        row.save(update_fields=["is_active", "deactivated_at"])
        _log(row, by, {"is_active": True})
    return row


def _checked(employee: Employee, by: Employee) -> Employee:
    row = _locked(employee)
    if row == by:
        raise PolicyViolation(_("Du kan ikke sperre eller åpne deg selv."))
    if row.organisation is None:
        if not administers(by).central:
            raise PolicyViolation(_("Du administrerer ikke denne ansatte."))
    else:
        check_administers(row.organisation, by)
    return row


def _locked(employee: Employee) -> Employee:
    return Employee.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=employee.pk)


def _log(row: Employee, by: Employee, after: dict[str, JSON]) -> None:
    details: dict[str, JSON] = {"employee": str(row.pk), "name": row.display_name, "after": after}
    entry = Entry(
        event=Event.EMPLOYEE_CHANGED, actor=actor_of(by), organisation_id=row.organisation_id, details=details
    )
    append(entry, on="default")
