"""Changes to employees: registered at their first login, placed in an organisation, renamed, deactivated, activated.

Deactivating an employee ends their sessions at once.
"""

from collections.abc import Mapping
from typing import TypedDict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.identifiers import looks_like_a_number
from integrations.folkeregisteret.typedtext import plain
from roles import audit
from roles.access.administration import administers
from roles.actors import DOOR
from roles.audit import JSON, Event
from roles.granting.rules import check_administers
from roles.models import LOCAL_ISSUER, Employee, Organisation
from roles.people import opensessions
from roles.people.finding import by_code
from roles.purposes import refuse_numbers
from roles.violations import PolicyViolation


def name_as_given(name: object) -> str:
    """The name that the identity provider gives an employee, as it can be shown and logged.

    Returns "" for a missing name and for one that may be a national identity number: the log keeps names in clear text
    for years.
    """
    shown = plain(name)[:200] if isinstance(name, str) else ""
    return "" if looks_like_a_number(shown) else shown


@transaction.atomic
def register_newcomer(*, issuer: str, subject: str, name: str) -> Employee:
    """Registers an employee at their first login, without a role. Without a name they are called by their code.

    Two logins at the same moment register one employee.
    """
    try:
        with transaction.atomic():
            made = Employee.objects.create_employee(issuer=issuer, subject=subject, display_name=name)
    except IntegrityError:
        return Employee.objects.get(issuer=issuer, subject=subject)
    if not name:
        made.display_name = _("Uten navn (kode %(code)s)") % {"code": made.code}
        made.save(update_fields=["display_name"])
    audit.changed(Event.EMPLOYEE_CREATED, by=DOOR, after={"is_active": True}, **_in_log(made))
    return made


@transaction.atomic
def place_newcomer(*, employee: Employee, organisation: Organisation) -> None:
    """Places the employee in the organisation that the provider names, unless they have an organisation already."""
    row = _lock(employee)
    if row.organisation_id is None:
        row.organisation = employee.organisation = organisation
        row.save(update_fields=["organisation"])
        audit.changed(Event.EMPLOYEE_CHANGED, by=DOOR, after={"organisation": str(organisation.pk)}, **_in_log(row))


@transaction.atomic
def fetch_employee(*, code: str, organisation: Organisation, name: str, by: Employee) -> Employee:
    """Places the employee with this code in an organisation whose administrators `by` appoints, and gives them a name.

    Raises PolicyViolation, with the same text for an unknown code, the code of an employee who has an organisation, and
    a code that two employees share.
    """
    if organisation.pk not in administers(by).may_appoint:
        raise PolicyViolation(_("Bare virksomhetens egen administrator kan hente inn nye ansatte."))
    row = _lock_newcomer(code)
    _check_not_oneself(row, by)
    before = row.display_name
    row.organisation, row.display_name = organisation, check_name(name)
    row.save(update_fields=["organisation", "display_name"])
    after = {"organisation": str(organisation.pk), "name": row.display_name}
    audit.changed(Event.EMPLOYEE_CHANGED, by=by, before={"name": before}, after=after, **_in_log(row))
    return row


@transaction.atomic
def rename_employee(*, employee: Employee, name: str, by: Employee) -> Employee:
    """Renames the employee; entries already in the log keep the old name. Raises PolicyViolation.

    by: an administrator of the employee's organisation, or a central one when they have none; never the employee.
    """
    row = _lock(employee)
    rights = administers(by)
    may = rights.central if row.organisation_id is None else row.organisation_id in rights.may_appoint
    if not may or row == by or row.is_break_glass:
        raise PolicyViolation(_("Du kan ikke endre navnet på denne ansatte."))
    before, row.display_name = row.display_name, check_name(name)
    if row.display_name != before:
        row.save(update_fields=["display_name"])
        after = {"name": row.display_name}
        audit.changed(Event.EMPLOYEE_CHANGED, by=by, before={"name": before}, after=after, **_in_log(row))
    return row


def check_name(name: str) -> str:
    """The name without surrounding spaces. Raises PolicyViolation for a bad length or a name that looks like a
    number."""
    if not 1 <= len(name.strip()) <= 200:
        raise PolicyViolation(_("Skriv et navn på høyst 200 tegn."), about="display_name")
    try:
        refuse_numbers(name)
    except ValidationError as error:
        raise PolicyViolation(" ".join(error.messages), about="display_name") from None
    return name.strip()


@transaction.atomic
def place_employee(*, employee: Employee, organisation: Organisation, by: Employee) -> Employee:
    """Places an employee without an organisation in one, so that they can get roles there. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan plassere ansatte i en virksomhet."))
    row = _lock(employee)
    _check_not_oneself(row, by)
    if row.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if row.organisation_id is not None:
        raise PolicyViolation(_("Den ansatte hører alt til en virksomhet."))
    row.organisation = organisation
    row.save(update_fields=["organisation"])
    audit.changed(Event.EMPLOYEE_CHANGED, by=by, after={"organisation": str(organisation.pk)}, **_in_log(row))
    return row


@transaction.atomic
def deactivate_employee(*, employee: Employee, by: Employee, reason: str = "") -> Employee:
    """Ends the employee's sessions and refuses them login. Their assignments are kept. Raises PolicyViolation."""
    row = _lock_to_change(employee, by)
    if row.is_active:
        row.is_active, row.deactivated_at = False, timezone.now()
        row.save(update_fields=["is_active", "deactivated_at"])
        opensessions.end(row.login_sessions.all())  # otherwise activating the employee would revive old sessions
        audit.changed(Event.EMPLOYEE_CHANGED, by=by, after={"is_active": False}, reason=reason, **_in_log(row))
    return row


@transaction.atomic
def activate_employee(*, employee: Employee, by: Employee, reason: str = "") -> Employee:
    """Allows the employee to log in again, with the assignments that are still valid. Raises PolicyViolation."""
    row = _lock_to_change(employee, by)
    if row.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if not row.is_active:
        row.is_active, row.deactivated_at = True, None
        row.save(update_fields=["is_active", "deactivated_at"])
        audit.changed(Event.EMPLOYEE_CHANGED, by=by, after={"is_active": True}, reason=reason, **_in_log(row))
    return row


def _check_not_oneself(row: Employee, by: Employee) -> None:
    """Raises PolicyViolation when `by` would place themselves: an employee can get roles only in an organisation."""
    if row == by:
        raise PolicyViolation(_("Du kan ikke plassere deg selv i en virksomhet. Be en annen administrator gjøre det."))


def _lock_to_change(employee: Employee, by: Employee) -> Employee:
    row = _lock(employee)
    if row == by:
        raise PolicyViolation(_("Du kan ikke sperre eller åpne deg selv."))
    if row.organisation is None:
        if not administers(by).central:
            raise PolicyViolation(_("Du administrerer ikke denne ansatte."))
    else:
        check_administers(row.organisation, by)
    return row


def _lock(employee: Employee) -> Employee:
    return (
        Employee.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=employee.pk)
    )


def _lock_newcomer(code: str) -> Employee:
    """The locked row of the newcomer with this code. Raises PolicyViolation when there is not exactly one.

    Locked before the check, because another organisation may place the same employee at this moment.
    """
    unplaced = Employee.objects.filter(organisation=None, is_active=True).exclude(issuer=LOCAL_ISSUER)
    found = list(unplaced.filter(by_code(code)).select_for_update(of=("self",), no_key=True).order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    raise PolicyViolation(_("Ingen uten virksomhet har denne koden."), about="code")


class _InLog(TypedDict):
    organisation: UUID | None
    details: Mapping[str, JSON]


def _in_log(row: Employee) -> _InLog:
    """The organisation and details for audit.changed(): the employee's id and name."""
    return {
        "organisation": row.organisation_id,
        "details": {"employee": str(row.pk), "name": row.display_name},
    }
