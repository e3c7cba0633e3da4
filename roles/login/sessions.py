"""Opening, extending and closing a session, refusing a login, and choosing a role. All but extending are logged."""

import time
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest

from roles import audit
from roles.access.choice import SESSION_ROLE
from roles.access.liveroles import live_roles
from roles.access.requestdata import request_data
from roles.actors import DOOR
from roles.audit import JSON, Event, Outcome
from roles.limits.strangers import is_news
from roles.login.backends import UNPROVEN, LoginRefused, Refusal
from roles.models import Employee
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
    """Logs the employee in, with a new session key and no chosen role.

    backend: path of the authentication backend, when auth.authenticate() has not set it. ends_at: when the session ends
    at the latest, if that is sooner than the setting says. details: added to the log entry.
    """
    auth.login(request, employee, backend=backend)
    request.session.cycle_key()
    request.session["opened_at"] = request.session["seen_at"] = time.time()
    request.session.pop(SESSION_ROLE, None)
    if ends_at is not None:
        request.session["ends_at"] = ends_at.timestamp()
    request.session["language"] = employee.organisation.language if employee.organisation else ""
    opensessions.remember(request, employee)
    audit.changed(
        Event.SESSION_OPENED,
        by=employee,
        organisation=employee.organisation_id,
        request_id=request_data(request).request_id,
        details=details,
    )


def extend_session(*, request: HttpRequest) -> None:
    """Starts the idle time again, for an employee who was warned. The latest end of the session does not change."""
    request.session["seen_at"] = time.time()


@transaction.atomic
def close_session(*, request: HttpRequest, employee: Employee) -> None:
    """Logs the employee out and deletes the session on the server."""
    opensessions.forget(request)
    auth.logout(request)
    audit.changed(
        Event.SESSION_CLOSED,
        by=employee,
        organisation=employee.organisation_id,
        request_id=request_data(request).request_id,
    )


@transaction.atomic
def refuse_session(*, request: HttpRequest, refused: LoginRefused) -> None:
    """Logs a refused login in the installation's own chain, and ends the session that the browser had.

    The session stays when this browser did not begin the login: a link on another site must not log an employee out.
    Refusals that anybody can cause (UNPROVEN) are logged only when they are news.
    """
    if refused.refusal != Refusal.STATE:
        auth.logout(request)
    if refused.refusal in UNPROVEN and not is_news(refused.refusal.value):
        return
    audit.changed(
        Event.SESSION_REFUSED,
        by=refused.employee or DOOR,
        organisation=None,
        outcome=Outcome.DENIED,
        request_id=request_data(request).request_id,
        reason=refused.refusal.value,
    )


@transaction.atomic
def choose_role(*, request: HttpRequest, employee: Employee, role_id: UUID) -> bool:
    """Chooses the role to work in for this session. Returns False and changes nothing when the role is not live."""
    role = next((role for role in live_roles(employee) if role.id == role_id), None)
    if role is None:
        return False
    request.session[SESSION_ROLE] = str(role.id)
    audit.changed(
        Event.ROLE_CHOSEN,
        by=employee,
        organisation=role.organisation_id,
        role_id=role.id,
        service_area=role.service_area_id,
        request_id=request_data(request).request_id,
    )
    return True
