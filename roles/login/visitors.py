"""Who sends a request: read along with their session, in one statement."""

from functools import partial
from typing import Final, cast

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
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
    """Django's, but that whom a session came with is not asked for again."""

    def process_request(self, request: HttpRequest) -> None:
        """Lazy, as Django's: who needs nobody asks for nobody."""
        super().process_request(request)
        request.user = cast(Employee, SimpleLazyObject(partial(visitor, request)))


def visitor(request: HttpRequest) -> Employee | AnonymousUser:
    """Whose session it is; nobody where it is nobody's any more."""
    return read_along(request.session) or get_user(request)


def read_along(session: SessionBase) -> Employee | None:
    """Who came with the session, where Django would say the same of them: of the identity provider, active, the one it
    names, by the hash it was opened with. None: Django is to be asked."""
    named = session.get(SESSION_KEY)  # reads the session, and so who comes with it
    employee = session.employee if isinstance(session, SessionStore) else None
    if employee is None or named != str(employee.pk) or session.get(BACKEND_SESSION_KEY) != _OIDC:
        return None
    same = constant_time_compare(session.get(HASH_SESSION_KEY, ""), employee.get_session_auth_hash())
    return employee if same and employee.is_active and not employee.is_break_glass else None
