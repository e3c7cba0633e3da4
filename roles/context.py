"""Context processors: what every page shows about the employee (roles, administration, reviews) and the session."""

import time
from functools import cache
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from integrations.http.breaker import PartyState
from roles.access import sessionlimits
from roles.access.choice import chosen_role, held_roles
from roles.access.rights import HeldRole
from roles.access.sessionlimits import SessionEnd
from roles.disclosure.clients import register_state
from roles.models import Employee
from roles.reviews.pending import NOTHING, Pending, ShownNotice, WaitingReview, pending_for


class RoleChoice(TypedDict):
    """Values for the template, read lazily: a page that shows none of them costs no query."""

    roles_available: "SimpleLazyObject[list[HeldRole]]"
    chosen_role: "SimpleLazyObject[HeldRole | None]"
    may_administer: "SimpleLazyObject[bool]"
    notices: "SimpleLazyObject[tuple[ShownNotice, ...]]"
    register_state: "SimpleLazyObject[str]"
    waiting_reviews: "SimpleLazyObject[tuple[WaitingReview, ...]]"


def role_choice(request: HttpRequest) -> RoleChoice:
    """Context processor: the employee's roles, whether they administer, and the reviews that wait for them."""
    asked = cache(lambda: _pending(request))
    return {
        "roles_available": SimpleLazyObject(lambda: held_roles(request)),
        "chosen_role": SimpleLazyObject(lambda: chosen_role(request)),
        "may_administer": SimpleLazyObject(lambda: asked().administers),
        "notices": SimpleLazyObject(lambda: asked().notices),
        "register_state": SimpleLazyObject(lambda: _register_state(request)),
        "waiting_reviews": SimpleLazyObject(lambda: asked().reviews),
    }


def _pending(request: HttpRequest) -> Pending:
    return pending_for(request.user.pk) if isinstance(request.user, Employee) else NOTHING


def _register_state(request: HttpRequest) -> str:
    role = chosen_role(request)
    return (register_state(role.organisation.organisation_number) if role else PartyState.WELL).value


class SessionLimits(TypedDict):
    """Values for the warning before the session ends."""

    session_end: "SimpleLazyObject[SessionEnd]"
    session_warning_seconds: int


def session_limits(request: HttpRequest) -> SessionLimits:
    """Context processor: when the session ends, and how many seconds before that the page warns."""
    return {
        "session_end": SimpleLazyObject(lambda: sessionlimits.end_of(request.session, time.time())),
        "session_warning_seconds": settings.FIKSREG_SESSION_WARNING_SECONDS,
    }
