"""The role an employee has chosen to work in. Kept in the session as an id, and checked again at each request."""

from django.http import HttpRequest

from roles.access.liveroles import live_roles
from roles.access.requestdata import request_data
from roles.models import Employee, Role

SESSION_ROLE = "role_id"


def held_roles(request: HttpRequest) -> list[Role]:
    """The live roles of who sends this request, read once for the page around the answer."""
    if not isinstance(request.user, Employee):
        return []
    known = request_data(request)
    if known.held_roles is None:
        known.held_roles = live_roles(request.user)
    return known.held_roles


def chosen_role(request: HttpRequest) -> Role | None:
    """The chosen role; the first one held where none is chosen; None when the chosen one is no longer held."""
    chosen = request.session.get(SESSION_ROLE)
    return next((role for role in held_roles(request) if chosen in (None, str(role.id))), None)
