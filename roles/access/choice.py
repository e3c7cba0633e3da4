"""The role an employee has chosen to work in. Kept in the session as an id, and checked again at each request."""

from typing import cast

from django.http import HttpRequest

from roles.access.rights import HeldRole, roles_held
from roles.models import Employee

SESSION_ROLE = "role_id"
_HELD = "fiksreg.held_roles"


def held_roles(request: HttpRequest) -> list[HeldRole]:
    """The live roles of who sends this request, read once for the page around the answer."""
    if not isinstance(request.user, Employee):
        return []
    if _HELD not in request.META:
        remember_held(request, roles_held(request.user.pk))
    return cast("list[HeldRole]", request.META[_HELD])


def remember_held(request: HttpRequest, held: list[HeldRole]) -> None:
    """Keeps what this request has read already, for this request only."""
    request.META[_HELD] = held


def chosen_role(request: HttpRequest) -> HeldRole | None:
    """The chosen role; the first one held where none is chosen; None when the chosen one is no longer held."""
    chosen = request.session.get(SESSION_ROLE)
    return next((role for role in held_roles(request) if chosen in (None, str(role.id))), None)
