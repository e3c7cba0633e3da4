"""What a view demands of its visitor, and the decorator that enforces it: the only way to exempt a view from login."""

import time
from collections.abc import Callable
from enum import StrEnum
from functools import partial, wraps
from typing import Concatenate, Literal, ParamSpec, Protocol, cast, overload
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from roles.access import Access, SessionOver, access_in
from roles.access.administration import administers
from roles.access.choice import SESSION_ROLE
from roles.access.requestdata import request_data
from roles.access.rights import roles_held
from roles.access.sessionlimits import end_of, merge
from roles.access.sessionstore import as_noted
from roles.actors import actor_of
from roles.models import Employee, Use

P = ParamSpec("P")


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Permission(StrEnum):
    """What a view demands. A view that declares none is an error (system check fiksreg.E001)."""

    PUBLIC = "public"
    LOGGED_IN = "logged-in"
    ADMINISTER = "administer"
    SEARCH = "search"
    CITIZEN_LIST = "citizen-list"


_USES = {Permission.SEARCH: Use.SEARCH, Permission.CITIZEN_LIST: Use.CITIZEN_LIST}


class PermittedView(Protocol):
    """A view whose `permission` attribute says what it demands."""

    permission: Permission


@overload
def requires(
    permission: Literal[Permission.SEARCH, Permission.CITIZEN_LIST],
) -> Callable[[Callable[Concatenate[HttpRequest, Access, P], HttpResponseBase]], View[P]]: ...


@overload
def requires(
    permission: Literal[Permission.PUBLIC, Permission.LOGGED_IN, Permission.ADMINISTER],
) -> Callable[[View[P]], View[P]]: ...


def requires(permission: Permission) -> Callable[..., Callable[..., HttpResponseBase]]:
    """The decorator that declares what a view demands and enforces it. Only PUBLIC exempts a view from login.

    A view for SEARCH or CITIZEN_LIST is called with (request, access, ...), every other view with (request, ...). The
    decorated view raises PermissionDenied, and for SEARCH and CITIZEN_LIST also NoRole.
    """
    if permission is Permission.PUBLIC:
        return _public
    if permission is Permission.ADMINISTER:
        return _for_administrators
    return _with_access(_USES[permission]) if permission in _USES else _for_the_logged_in


def declare(view: Callable[..., HttpResponseBase], permission: Permission) -> Callable[..., HttpResponseBase]:
    """Marks a view that enforces its permission itself (the administration site, the login library)."""
    cast(PermittedView, view).permission = permission
    return view


def _public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return declare(login_not_required(view), Permission.PUBLIC)


def _for_the_logged_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        employee_of(request)
        return view(request, *args, **kwargs)

    return declare(guarded, Permission.LOGGED_IN)


def _for_administrators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not administers(employee_of(request)).anything:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return declare(guarded, Permission.ADMINISTER)


def _with_access(use: Use) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            return view(request, request_access(request, use), *args, **kwargs)

        return declare(guarded, Permission.SEARCH if use is Use.SEARCH else Permission.CITIZEN_LIST)

    return decorate


def request_access(request: HttpRequest, use: Use) -> Access:
    """The access of the employee who sends this request, in the role they chose. Raises NoRole or PermissionDenied."""
    employee = employee_of(request)
    held = roles_held(employee.pk)
    known = request_data(request)
    known.held_roles = held
    chosen = request.session.get(SESSION_ROLE)
    in_session = partial(_check_session, request.session)
    access = access_in(
        actor_of(employee),
        held,
        UUID(chosen) if chosen else None,
        use,
        request_id=known.request_id,
        in_session=in_session,
    )
    # The role of the first page counts as chosen. If it is withdrawn, the employee is told instead of being moved
    # silently to another role.
    request.session.setdefault(SESSION_ROLE, str(access.role_id))
    return access


def _check_session(session: SessionBase) -> None:
    """Raises SessionOver when the session has ended, judged by the database as it is now.

    Since this request began somebody may have ended the session, or its owner may have used it in another window.
    """
    noted = as_noted(session)
    if noted is None or end_of(merge(dict(session.items()), noted), time.time()).seconds_left == 0:
        raise SessionOver


def employee_of(request: HttpRequest) -> Employee:
    """The employee who sends this request. Raises PermissionDenied for an anonymous visitor.

    It does not redirect to login: the middleware has done so already.
    """
    if isinstance(request.user, Employee):
        return request.user
    raise PermissionDenied
