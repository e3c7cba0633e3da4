"""The break-glass account: the only login without the identity provider, opened on the server for a limited time.

The account is a central administrator. It never holds a role and sees no person. Each opening has its own random
password, which is shown once and works for one login. Opening, attempts, login and closing are logged in the
installation's own chain.
"""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from roles import audit
from roles.access.requestdata import ProviderLogin, request_data
from roles.actors import DOOR, Actor, system
from roles.audit import JSON, Event, Outcome
from roles.keyring import every_keyed_hash, keyed_hash
from roles.limits.strangers import is_news
from roles.login import sessions
from roles.models import LOCAL_ISSUER, AdministratorKind, Administratorship, BreakGlassOpening, Employee
from roles.people import opensessions
from roles.purposes import refuse_numbers

SUBJECT: Final = "break-glass"
MOST_MINUTES: Final = 240
#: At most so many passwords with the right first half are checked at one opening, the right one included. After that
#: every password is refused, without saying so. A password with a wrong first half does not count: otherwise five wrong
#: ones from anybody would shut out the person who was given the right one.
MOST_ATTEMPTS: Final = 5
#: The length of the first half, with hyphens: 59 bits to guess before there are five tries at the second half.
_BEGINNING: Final = 13
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that are mistaken for others when read aloud
_HASH: Final = "break-glass-beginning"
_SERVER = Actor(kind="system", id="break_glass", label="manage.py break_glass")
_BACKEND: Final = "roles.login.breakglass.BreakGlassBackend"


class NotOpened(Exception):
    """The account was not opened. The text says why, for the operator at the server."""


class BreakGlassBackend(BaseBackend):
    """Gives the employee of a session that log_in() opened. It authenticates nobody by itself."""

    def get_user(self, user_id: UUID | str) -> Employee | None:
        """The break-glass employee while the account is open; None as soon as the opening is closed or has ended."""
        employee = Employee.objects.filter(pk=user_id, issuer=LOCAL_ISSUER, is_active=True).first()
        return employee if employee and open_now() else None


def open_now() -> BreakGlassOpening | None:
    """The opening that is in force now; None when the account is closed."""
    opening = BreakGlassOpening.objects.select_related("employee").filter(closed_at=None).first()
    return opening if opening and opening.is_open(timezone.now()) else None


@transaction.atomic
def open_account(*, minutes: int, reason: str) -> str:
    """Opens the account for `minutes` and returns the password, which is stored only as a hash.

    An earlier opening is closed first. reason: who opens the account and why; it is logged. Raises NotOpened.
    """
    _check(minutes, reason)
    close_account(why="opened anew")
    password = "-".join("".join(secrets.choice(_LETTERS) for _letter in range(6)) for _group in range(4))
    now = timezone.now()
    opening = BreakGlassOpening.objects.create(
        employee=_lock_account(),
        reason=reason.strip()[:500],
        beginning=keyed_hash(_HASH, None, password[:_BEGINNING]),
        password=make_password(password),
        opened_at=now,
        ends_at=now + timedelta(minutes=minutes),
    )
    Administratorship.objects.get_or_create(
        employee=opening.employee, organisation=None, kind=AdministratorKind.CENTRAL
    )
    audit.changed(
        Event.BREAK_GLASS_OPENED,
        by=_SERVER,
        organisation=None,
        details={**_details(opening), "until": opening.ends_at.isoformat()},
    )
    return password


@transaction.atomic
def close_account(*, why: str = "closed on the server", by: Actor = _SERVER) -> bool:
    """Ends the opening and its sessions at once. Returns False when the account was not open."""
    opening = BreakGlassOpening.objects.select_for_update(no_key=True).filter(closed_at=None).first()
    if opening is None:
        return False
    opening.closed_at, opening.password = timezone.now(), ""
    opening.save(update_fields=["closed_at", "password"])
    employee = opening.employee
    employee.is_active = False
    employee.save(update_fields=["is_active"])
    employee.administratorships.all().delete()
    ended = opensessions.end(employee.login_sessions.all())
    details = _details(opening) | {"why": why, "sessions": ended, "attempts": opening.attempts}
    audit.changed(Event.BREAK_GLASS_CLOSED, by=by, organisation=None, details=details)
    return True


def close_lapsed() -> None:
    """Closes and logs an opening whose time is over. The clock process calls it; the account is unusable before
    that."""
    if BreakGlassOpening.objects.filter(closed_at=None, ends_at__lte=timezone.now()).exists():
        close_account(why="its time was over", by=system("clock"))


def log_in(*, request: HttpRequest, password: str) -> bool:
    """Logs in and returns True when the password is right; returns False when it is wrong, used or tried too often."""
    opening = open_now()
    if opening is None:
        return False
    if not _begins_right(password, opening):
        if is_news("break-glass"):
            _refuse(request, opening)
        return False
    # Counted before the check, so that parallel attempts cannot check more than MOST_ATTEMPTS passwords.
    is_counted = BreakGlassOpening.objects.filter(pk=opening.pk, attempts__lt=MOST_ATTEMPTS).update(
        attempts=F("attempts") + 1
    )
    is_right = check_password(password, opening.password)
    if is_right and is_counted and _use(opening, request):
        return True
    _refuse(request, opening)
    return False


def _begins_right(password: str, opening: BreakGlassOpening) -> bool:
    """Whether the password has the right first half. A cheap hash, because anybody may ask as often as they like."""
    hashes = every_keyed_hash(_HASH, None, password[:_BEGINNING])
    return any(constant_time_compare(one, opening.beginning) for one in hashes)


@transaction.atomic
def _use(opening: BreakGlassOpening, request: HttpRequest) -> bool:
    row = BreakGlassOpening.objects.select_for_update(no_key=True).select_related("employee").get(pk=opening.pk)
    if row.used_at is not None or not row.is_open(timezone.now()):
        return False
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    request_data(request).provider_login = ProviderLogin(subject=SUBJECT, session="")
    sessions.open_session(
        request=request, employee=row.employee, backend=_BACKEND, ends_at=row.ends_at, details=_details(row)
    )
    return True


@transaction.atomic
def _refuse(request: HttpRequest, opening: BreakGlassOpening) -> None:
    audit.changed(
        Event.SESSION_REFUSED,
        by=DOOR,
        organisation=None,
        outcome=Outcome.DENIED,
        request_id=request_data(request).request_id,
        reason="break-glass",
        details={"account": _details(opening)},
    )


def _check(minutes: int, reason: str) -> None:
    if not 1 <= minutes <= MOST_MINUTES:
        raise NotOpened(f"It can be opened for 1 to {MOST_MINUTES} minutes.")
    if not reason.strip():
        raise NotOpened("Say who opens it, and why.")
    try:
        refuse_numbers(reason)
    except ValidationError:
        raise NotOpened("The reason stands in the log: no national identity number in it.") from None


def _lock_account() -> Employee:
    """The break-glass employee, locked and active; created at the first opening. No identity provider has this
    subject."""
    known = Employee.objects.select_for_update(no_key=True).filter(issuer=LOCAL_ISSUER, subject=SUBJECT).first()
    account = known or Employee.objects.create_employee(issuer=LOCAL_ISSUER, subject=SUBJECT, display_name="Nødkonto")
    account.is_active = True
    account.save(update_fields=["is_active"])
    return account


def _details(opening: BreakGlassOpening) -> dict[str, JSON]:
    return {"opening": str(opening.pk), "reason": opening.reason}
