"""The break-glass account: the one way in past the identity provider, opened on the server and for a time alone.

It administers what is central, holds no role ever, and sees no person. Each opening has a password of its own, made up
here, shown once and good for one login. What is opened, tried, used and closed stands in the installation's own chain.
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
#: Passwords tried at one opening that begin as the right one does, that one among them. Then it takes no more, and does
#: not say so. Any other is no attempt: else five wrong words from anywhere would shut out who was given the right one.
MOST_ATTEMPTS: Final = 5
#: Half of a password with its hyphens: 59 bits to be guessed before there are five tries at the other half.
_BEGINNING: Final = 13
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud
_HASH: Final = "break-glass-beginning"
_SERVER = Actor(kind="system", id="break_glass", label="manage.py break_glass")
_BACKEND: Final = "roles.login.breakglass.BreakGlassBackend"


class NotOpened(Exception):
    """Says why, to whoever types at the server."""


class BreakGlassBackend(BaseBackend):
    """Lets nobody in by itself; says whose a session is that log_in() opened."""

    def get_user(self, user_id: UUID | str) -> Employee | None:
        """Nobody, from the moment the opening is closed or over."""
        employee = Employee.objects.filter(pk=user_id, issuer=LOCAL_ISSUER, is_active=True).first()
        return employee if employee and open_now() else None


def open_now() -> BreakGlassOpening | None:
    """The opening that lasts now."""
    opening = BreakGlassOpening.objects.select_related("employee").filter(closed_at=None).first()
    return opening if opening and opening.is_open(timezone.now()) else None


@transaction.atomic
def open_account(*, minutes: int, reason: str) -> str:
    """The password, which nobody can be told again. An opening from before is closed. Raises NotOpened."""
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
    """Ends the opening and its sessions at once. False where none was open."""
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
    """An opening whose time is over opens nothing already; this tidies up after it, and logs the end. The clock's."""
    if BreakGlassOpening.objects.filter(closed_at=None, ends_at__lte=timezone.now()).exists():
        close_account(why="its time was over", by=system("clock"))


def log_in(*, request: HttpRequest, password: str) -> bool:
    """Whether that was the password. What is wrong, used or tried too often says the same."""
    opening = open_now()
    if opening is None:
        return False
    if not _begins_right(password, opening):
        if is_news("break-glass"):
            _refuse(request, opening)
        return False
    # Counted before it is looked at: however many try at once, no more than these are tried.
    is_counted = BreakGlassOpening.objects.filter(pk=opening.pk, attempts__lt=MOST_ATTEMPTS).update(
        attempts=F("attempts") + 1
    )
    is_right = check_password(password, opening.password)
    if is_right and is_counted and _use(opening, request):
        return True
    _refuse(request, opening)
    return False


def _begins_right(password: str, opening: BreakGlassOpening) -> bool:
    """Costs next to nothing, however often it is asked."""
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
    """The one employee who is nobody's at any identity provider. There, or made, and active."""
    known = Employee.objects.select_for_update(no_key=True).filter(issuer=LOCAL_ISSUER, subject=SUBJECT).first()
    account = known or Employee.objects.create_employee(issuer=LOCAL_ISSUER, subject=SUBJECT, display_name="Nødkonto")
    account.is_active = True
    account.save(update_fields=["is_active"])
    return account


def _details(opening: BreakGlassOpening) -> dict[str, JSON]:
    return {"opening": str(opening.pk), "reason": opening.reason}
