"""The role an employee has chosen to work in. Kept in the session as an id, and checked again at each request."""

from django.http import HttpRequest

from roles.access.requestdata import request_data
from roles.access.rights import HeldRole, roles_held
from roles.models import Employee

SESSION_ROLE = "role_id"


def held_roles(request: HttpRequest) -> list[HeldRole]:
    """The live roles of the employee who sends this request, read once per request; [] for an anonymous visitor."""
    if not isinstance(request.user, Employee):
        return []
    known = request_data(request)
    if known.held_roles is None:
        known.held_roles = roles_held(request.user.pk)
    return known.held_roles


def chosen_role(request: HttpRequest) -> HeldRole | None:
    """The role chosen in this session; the first live role when none is chosen; None when the chosen one has ended."""
    chosen = request.session.get(SESSION_ROLE)
    return next((role for role in held_roles(request) if chosen in (None, str(role.id))), None)
