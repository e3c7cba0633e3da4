"""Giving and withdrawing administratorships. Nobody gives one to themselves; each change is logged. No person data."""

from collections.abc import Mapping
from typing import Final, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import Administers, administers
from roles.audit import JSON, Event
from roles.models import AdministratorKind, Administratorship, Employee, Organisation
from roles.violations import PolicyViolation

#: What a central administrator may give: CENTRAL, and ORGANISATION for an organisation's first administrator.
BY_CENTRAL: Final = frozenset({AdministratorKind.CENTRAL, AdministratorKind.ORGANISATION})
#: What an organisation's own administrator may give in the organisation.
BY_ORGANISATION: Final = frozenset(AdministratorKind) - {AdministratorKind.CENTRAL}


@transaction.atomic
def give_administratorship(
    *, employee: Employee, kind: AdministratorKind, organisation: Organisation | None, by: Employee, reason: str = ""
) -> Administratorship:
    """Gives the employee an administratorship; one they already have stays as it is. Raises PolicyViolation."""
    check_appointment(employee, kind, organisation, by=by)
    given, is_new = Administratorship.objects.get_or_create(employee=employee, organisation=organisation, kind=kind)
    if is_new:
        audit.changed(Event.ADMINISTRATORSHIP_GIVEN, by=by, reason=reason, **_in_log(given))
    return given


@transaction.atomic
def withdraw_administratorship(*, administratorship: Administratorship, by: Employee, reason: str = "") -> None:
    """Withdraws the administratorship; it has effect at the employee's next request.

    Raises PolicyViolation when it was withdrawn already, when `by` may not withdraw it, and when it is their own.
    """
    row = Administratorship.objects.select_for_update(of=("self",)).filter(pk=administratorship.pk).first()
    if row is None:
        raise PolicyViolation(_("Ansvaret er alt trukket tilbake."))
    if not _may_appoint(administers(by), AdministratorKind(row.kind), row.organisation):
        raise PolicyViolation(_("Du kan ikke gi eller trekke tilbake dette ansvaret."))
    if row.employee == by:
        raise PolicyViolation(_("Du kan ikke trekke tilbake ditt eget ansvar. Be en annen administrator gjøre det."))
    audit.changed(Event.ADMINISTRATORSHIP_WITHDRAWN, by=by, reason=reason, **_in_log(row))
    row.delete()


def check_appointment(
    employee: Employee, kind: AdministratorKind, organisation: Organisation | None, *, by: Employee
) -> None:
    """Raises PolicyViolation unless `by` may give this administratorship to the employee."""
    if not _may_appoint(administers(by), kind, organisation):
        raise PolicyViolation(_("Du kan ikke gi eller trekke tilbake dette ansvaret."))
    if employee == by:
        raise PolicyViolation(_("Du kan ikke gi deg selv et ansvar."), about="employee")
    if employee.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if not employee.is_active:
        raise PolicyViolation(_("Den ansatte er ikke aktiv."), about="employee")
    if organisation and employee.organisation_id != organisation.pk:
        raise PolicyViolation(_("Ansvaret kan bare gis til noen i samme virksomhet."), about="organisation")


def _may_appoint(rights: Administers, kind: AdministratorKind, organisation: Organisation | None) -> bool:
    if (kind == AdministratorKind.CENTRAL) != (organisation is None):
        return False
    if rights.central and kind in BY_CENTRAL:
        return True
    return organisation is not None and organisation.pk in rights.may_appoint and kind in BY_ORGANISATION


class _InLog(TypedDict):
    organisation: UUID | None
    details: Mapping[str, JSON]


def _in_log(row: Administratorship) -> _InLog:
    """The organisation and details for audit.changed(): who has which administratorship."""
    return {
        "organisation": row.organisation_id,
        "details": {"employee": str(row.employee_id), "name": row.employee.display_name, "kind": row.kind},
    }
