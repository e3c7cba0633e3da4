"""Login and logout as acts: the session is rotated, and the log says who, when and why not."""

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
    audit.changed(
        Event.SESSION_OPENED,
        by=employee,
        organisation=employee.organisation_id,
        request_id=request_data(request).request_id,
        details=details,
    )


def extend_session(*, request: HttpRequest) -> None:
    """What a person asks for who has been warned: the idle time begins anew. Its last hour stays where it is."""
    request.session["seen_at"] = time.time()


@transaction.atomic
def close_session(*, request: HttpRequest, employee: Employee) -> None:
    """Logs the employee out; the session is gone on the server too."""
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
    """Keeps on the installation's own chain that somebody was not let in. Who was logged in before is not any more,
    but for an answer to nothing that this browser asked: a link from elsewhere must not end anybody's session."""
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
    """Chooses the role to work in, until another is chosen. False, and nothing changed, when it is not held now."""
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
