"""Login and logout as acts: the session is rotated, and the log says who, when and why not."""

import time
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest

from roles.access import actor_of
from roles.access.choice import SESSION_ROLE
from roles.access.liveroles import live_roles
from roles.actors import DOOR
from roles.audit import JSON, Entry, Event, Outcome, append
from roles.limits.strangers import is_news
from roles.login.backends import UNPROVEN, LoginRefused, Refusal
from roles.models import Employee, Role
from roles.people import opensessions


@transaction.atomic
def open_session(
    *,
    request: HttpRequest,
    employee: Employee,
    backend: str | None = None,
    ends_at: datetime | None = None,
    details: Mapping[str, JSON] | None = None,
) -> None:
    """Logs the employee in, with a new session key, and without a role that was chosen before.

    backend: which one says whose the session is, where the employee does not come from one. ends_at: when it is over
    at the latest, where that is sooner than for everybody.
    """
    auth.login(request, employee, backend=backend)
    request.session.cycle_key()
    request.session["opened_at"] = request.session["seen_at"] = time.time()
    request.session.pop(SESSION_ROLE, None)
    if ends_at is not None:
        request.session["ends_at"] = ends_at.timestamp()
    request.session["language"] = employee.organisation.language if employee.organisation else ""
    opensessions.remember(request, employee)
    _log(request, Event.SESSION_OPENED, employee, details=details)


def extend_session(*, request: HttpRequest) -> None:
    """What a person asks for who has been warned: the idle time begins anew. Its last hour stays where it is."""
    request.session["seen_at"] = time.time()


@transaction.atomic
def close_session(*, request: HttpRequest, employee: Employee) -> None:
    """Logs the employee out; the session is gone on the server too."""
    opensessions.forget(request)
    auth.logout(request)
    _log(request, Event.SESSION_CLOSED, employee)


@transaction.atomic
def refuse_session(*, request: HttpRequest, refused: LoginRefused) -> None:
    """Keeps on the installation's own chain that somebody was not let in. Who was logged in before is not any more,
    but for an answer to nothing that this browser asked: a link from elsewhere must not end anybody's session."""
    if refused.refusal != Refusal.STATE:
        auth.logout(request)
    if refused.refusal in UNPROVEN and not is_news(refused.refusal.value):
        return
    entry = Entry(
        event=Event.SESSION_REFUSED,
        actor=actor_of(refused.employee) if refused.employee else DOOR,
        organisation_id=None,
        outcome=Outcome.DENIED,
        request_id=request.META.get("HTTP_X_REQUEST_ID", ""),
        details={"reason": refused.refusal.value},
    )
    append(entry, on="default")


@transaction.atomic
def choose_role(*, request: HttpRequest, employee: Employee, role_id: UUID) -> bool:
    """Chooses the role to work in, until another is chosen. False, and nothing changed, when it is not held now."""
    role = next((role for role in live_roles(employee) if role.id == role_id), None)
    if role is None:
        return False
    request.session[SESSION_ROLE] = str(role.id)
    _log(request, Event.ROLE_CHOSEN, employee, role)
    return True


def _log(
    request: HttpRequest,
    event: Event,
    employee: Employee,
    role: Role | None = None,
    details: Mapping[str, JSON] | None = None,
) -> None:
    entry = Entry(
        event=event,
        actor=actor_of(employee),
        organisation_id=role.organisation_id if role else employee.organisation_id,
        role_id=role.id if role else None,
        service_area=role.service_area_id if role else "",
        request_id=request.META.get("HTTP_X_REQUEST_ID", ""),
        details=details or {},
    )
    append(entry, on="default")
