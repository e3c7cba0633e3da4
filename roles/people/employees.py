"""Employees: known from their first login, placed in an organisation, named, deactivated and activated.

A deactivated one's sessions end at once.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.identifiers import looks_like_a_number
from integrations.folkeregisteret.typedtext import plain
from roles.access import actor_of
from roles.access.administration import administers
from roles.actors import DOOR, Actor
from roles.audit import JSON, Entry, Event, append
from roles.granting.rules import check_administers
from roles.models import LOCAL_ISSUER, Employee, Organisation
from roles.people import opensessions
from roles.people.finding import by_code
from roles.purposes import without_numbers
from roles.violations import PolicyViolation


def name_as_given(name: object) -> str:
    """What the identity provider calls somebody, as it can be shown and logged.

    "" for none, and for what may be somebody's number: the log holds names in clear, and keeps them for years.
    """
    shown = plain(name)[:200] if isinstance(name, str) else ""
    return "" if looks_like_a_number(shown) else shown


@transaction.atomic
def register_newcomer(*, issuer: str, subject: str, name: str) -> Employee:
    """Somebody who logs in for the first time: without a role, and where the provider gives no name, without one.

    Two logins at the same moment are of one newcomer.
    """
    try:
        with transaction.atomic():
            made = Employee.objects.create_employee(issuer=issuer, subject=subject, display_name=name)
    except IntegrityError:
        return Employee.objects.get(issuer=issuer, subject=subject)
    if not name:
        made.display_name = _("Uten navn (kode %(code)s)") % {"code": made.code}
        made.save(update_fields=["display_name"])
    _log(made, DOOR, {"is_active": True}, event=Event.EMPLOYEE_CREATED)
    return made


@transaction.atomic
def place_newcomer(*, employee: Employee, organisation: Organisation) -> None:
    """Where the provider says that they belong; who has an organisation stays there."""
    row = _locked(employee)
    if row.organisation_id is None:
        row.organisation = employee.organisation = organisation
        row.save(update_fields=["organisation"])
        _log(row, DOOR, {"organisation": str(organisation.pk)})


@transaction.atomic
def fetch_employee(*, code: str, organisation: Organisation, name: str, by: Employee) -> Employee:
    """Who has no organisation and told this code, placed in one that `by` appoints in, and named.

    No code, one of somebody who belongs elsewhere, and one that two have, are answered alike. Raises PolicyViolation.
    """
    if organisation.pk not in administers(by).may_appoint:
        raise PolicyViolation(_("Bare virksomhetens egen administrator kan hente inn nye ansatte."))
    row = _newcomer(code)
    _check_not_oneself(row, by)
    before = row.display_name
    row.organisation, row.display_name = organisation, check_name(name)
    row.save(update_fields=["organisation", "display_name"])
    _log(row, actor_of(by), {"organisation": str(organisation.pk), "name": row.display_name}, before={"name": before})
    return row


@transaction.atomic
def rename_employee(*, employee: Employee, name: str, by: Employee) -> Employee:
    """What they are called here and in the log from now on, but not what the log says already. Raises PolicyViolation.

    By their organisation's administrator, never by themselves; of who has none, by a central one.
    """
    row = _locked(employee)
    rights = administers(by)
    may = rights.central if row.organisation_id is None else row.organisation_id in rights.may_appoint
    if not may or row == by or row.is_break_glass:
        raise PolicyViolation(_("Du kan ikke endre navnet på denne ansatte."))
    before, row.display_name = row.display_name, check_name(name)
    if row.display_name != before:
        row.save(update_fields=["display_name"])
        _log(row, actor_of(by), {"name": row.display_name}, before={"name": before})
    return row


def check_name(name: str) -> str:
    """The name without what stands around it. Raises PolicyViolation."""
    if not 1 <= len(name.strip()) <= 200:
        raise PolicyViolation(_("Skriv et navn på høyst 200 tegn."), about="display_name")
    try:
        without_numbers(name)
    except ValidationError as error:
        raise PolicyViolation(" ".join(error.messages), about="display_name") from None
    return name.strip()


@transaction.atomic
def place_employee(*, employee: Employee, organisation: Organisation, by: Employee) -> Employee:
    """Somebody without an organisation, put into one: only there can they get a role. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan plassere ansatte i en virksomhet."))
    row = _locked(employee)
    _check_not_oneself(row, by)
    if row.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if row.organisation_id is not None:
        raise PolicyViolation(_("Den ansatte hører alt til en virksomhet."))
    row.organisation = organisation
    row.save(update_fields=["organisation"])
    _log(row, actor_of(by), {"organisation": str(organisation.pk)})
    return row


@transaction.atomic
def deactivate_employee(*, employee: Employee, by: Employee, reason: str = "") -> Employee:
    """Out at their next request, everywhere, and let in no more. What they held stays known. Raises PolicyViolation."""
    row = _checked(employee, by)
    if row.is_active:
        row.is_active, row.deactivated_at = False, timezone.now()
        row.save(update_fields=["is_active", "deactivated_at"])
        opensessions.end(row.login_sessions.all())  # else letting them in again would open the old ones too
        _log(row, actor_of(by), {"is_active": False}, reason=reason)
    return row


@transaction.atomic
def activate_employee(*, employee: Employee, by: Employee, reason: str = "") -> Employee:
    """Let in again, with the roles that are still held. Raises PolicyViolation."""
    row = _checked(employee, by)
    if row.is_break_glass:
        raise PolicyViolation(_("Nødkontoen har bare det den åpnes med på serveren."))
    if not row.is_active:
        row.is_active, row.deactivated_at = True, None
        row.save(update_fields=["is_active", "deactivated_at"])
        _log(row, actor_of(by), {"is_active": True}, reason=reason)
    return row


def _check_not_oneself(row: Employee, by: Employee) -> None:
    """Only in an organisation can they get a role: nobody comes there by their own hand."""
    if row == by:
        raise PolicyViolation(_("Du kan ikke plassere deg selv i en virksomhet. Be en annen administrator gjøre det."))


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
    return (
        Employee.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=employee.pk)
    )


def _newcomer(code: str) -> Employee:
    """Locked, and found to be one still: another organisation may have fetched them at the same moment."""
    unplaced = Employee.objects.filter(organisation=None, is_active=True).exclude(issuer=LOCAL_ISSUER)
    found = list(unplaced.filter(by_code(code)).select_for_update(of=("self",), no_key=True).order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    raise PolicyViolation(_("Ingen uten virksomhet har denne koden."), about="code")


def _log(
    row: Employee,
    by: Actor,
    after: dict[str, JSON],
    *,
    before: dict[str, JSON] | None = None,
    event: Event = Event.EMPLOYEE_CHANGED,
    reason: str = "",
) -> None:
    details: dict[str, JSON] = {"employee": str(row.pk), "name": row.display_name, "after": after}
    if reason:
        details["reason"] = reason
    if before is not None:
        details["before"] = before
    append(Entry(event=event, actor=by, organisation_id=row.organisation_id, details=details), on="default")
