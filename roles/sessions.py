"""Login and logout as acts: the session is rotated, and the log says who, when and why not."""

import time

from django.contrib import auth
from django.http import HttpRequest

from roles.access import actor_of
from roles.actors import Actor
from roles.audit import Entry, Event, Outcome, append
from roles.backends import LoginRefused
from roles.choice import SESSION_ROLE
from roles.models import Employee

DOOR = Actor(kind="system", id="login", label="Innlogging")


def open_session(*, request: HttpRequest, employee: Employee) -> None:
    """Logs the employee in, with a new session key, and without a role that was chosen before."""
    auth.login(request, employee)
    request.session.cycle_key()
    request.session["opened_at"] = request.session["seen_at"] = time.time()
    request.session.pop(SESSION_ROLE, None)
    _log(request, Event.SESSION_OPENED, actor_of(employee), employee)


def close_session(*, request: HttpRequest, employee: Employee) -> None:
    """Logs the employee out; the session is gone on the server too."""
    _log(request, Event.SESSION_CLOSED, actor_of(employee), employee)
    auth.logout(request)


def refuse_session(*, request: HttpRequest, refused: LoginRefused) -> None:
    """Keeps that somebody was not let in, on the installation's own chain, and that nobody stays logged in."""
    actor = actor_of(refused.employee) if refused.employee else DOOR
    entry = Entry(
        event=Event.SESSION_REFUSED,
        actor=actor,
        organisation_id=None,
        outcome=Outcome.DENIED,
        request_id=request.META.get("HTTP_X_REQUEST_ID", ""),
        details={"reason": refused.refusal.value},
    )
    append(entry, on="default")
    auth.logout(request)


def _log(request: HttpRequest, event: Event, actor: Actor, employee: Employee) -> None:
    entry = Entry(
        event=event,
        actor=actor,
        organisation_id=employee.organisation_id,
        request_id=request.META.get("HTTP_X_REQUEST_ID", ""),
    )
    append(entry, on="default")
