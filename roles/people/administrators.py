"""Who administers what: given and withdrawn, never to oneself, and logged. None of it opens person data."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.access.administration import Administers, administers
from roles.audit import Entry, Event, append
from roles.models import AdministratorKind, Administratorship, Employee, Organisation
from roles.violations import PolicyViolation

#: What a central administrator gives: others like them, and the first administrator of an organisation.
BY_CENTRAL: Final = frozenset({AdministratorKind.CENTRAL, AdministratorKind.ORGANISATION})
#: What an organisation's own administrator gives in it.
BY_ORGANISATION: Final = frozenset(AdministratorKind) - {AdministratorKind.CENTRAL}


@transaction.atomic
def give_administratorship(
    *, employee: Employee, kind: AdministratorKind, organisation: Organisation | None, by: Employee, reason: str = ""
) -> Administratorship:
    """The right to administer, from now on; one that is held already stays as it was. Raises PolicyViolation."""
    check_appointment(employee, kind, organisation, by=by)
    given, is_new = Administratorship.objects.get_or_create(employee=employee, organisation=organisation, kind=kind)
    if is_new:
        _log(Event.ADMINISTRATORSHIP_GIVEN, given, by, reason)
    return given


@transaction.atomic
def withdraw_administratorship(*, administratorship: Administratorship, by: Employee, reason: str = "") -> None:
    """Gone at their next request. Raises PolicyViolation: not yours to withdraw, or your own."""
    row = Administratorship.objects.select_for_update(of=("self",)).filter(pk=administratorship.pk).first()
    if row is None:
        raise PolicyViolation(_("Ansvaret er alt trukket tilbake."))
    if not _may_appoint(administers(by), AdministratorKind(row.kind), row.organisation):
        raise PolicyViolation(_("Du kan ikke gi eller trekke tilbake dette ansvaret."))
    if row.employee == by:
        raise PolicyViolation(_("Du kan ikke trekke tilbake ditt eget ansvar. Be en annen administrator gjøre det."))
    _log(Event.ADMINISTRATORSHIP_WITHDRAWN, row, by, reason)
    row.delete()


def check_appointment(
    employee: Employee, kind: AdministratorKind, organisation: Organisation | None, *, by: Employee
) -> None:
    """Whether `by` may give this to the employee. Raises PolicyViolation."""
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


def _log(event: Event, row: Administratorship, by: Employee, reason: str = "") -> None:
    whose = {"employee": str(row.employee_id), "name": row.employee.display_name, "kind": row.kind}
    details = {**whose, "reason": reason}
    append(Entry(event=event, actor=actor_of(by), organisation_id=row.organisation_id, details=details), on="default")
