"""request.user, read together with the session in one SQL statement."""

from functools import partial
from typing import Final, cast

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from roles.access.sessionstore import SessionStore
from roles.login.backends import OidcBackend
from roles.models import Employee

_OIDC: Final = f"{OidcBackend.__module__}.{OidcBackend.__qualname__}"


class VisitorMiddleware(AuthenticationMiddleware):
    """Django's AuthenticationMiddleware, except that it uses the employee that the session was read with."""

    def process_request(self, request: HttpRequest) -> None:
        """Sets request.user lazily, as Django does: a view that does not use it costs no query."""
        super().process_request(request)
        request.user = cast(Employee, SimpleLazyObject(partial(visitor, request)))


def visitor(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """The employee of the session; AnonymousUser when the session is not valid for any."""
    return read_along(request.session) or get_user(request)


def read_along(session: SessionBase) -> Employee | None:
    """The employee that the session was read with, if Django's get_user() would give the same; otherwise None.

    Requires what Django requires: the backend is that of the identity provider, the session names this employee, the
    employee is active, and the session hash is right.
    """
    named = session.get(SESSION_KEY)  # reads the session, and the employee with it
    employee = session.employee if isinstance(session, SessionStore) else None
    if employee is None or named != str(employee.pk) or session.get(BACKEND_SESSION_KEY) != _OIDC:
        return None
    same = constant_time_compare(session.get(HASH_SESSION_KEY, ""), employee.get_session_auth_hash())
    return employee if same and employee.is_active and not employee.is_break_glass else None
