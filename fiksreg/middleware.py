"""Middleware for every request: its id, its language, the limits of its session, and the pages for errors."""

import re
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.contrib import auth
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from fiksreg.logging import begin_request
from fiksreg.pages import away, failures
from integrations.folkeregisteret.identifiers import looks_like_a_number
from integrations.http.errors import PartyError
from roles.access import NoRole, NotTakenIntoUse, SessionOver, sessionlimits
from roles.access.permissions import Permission
from roles.access.requestdata import request_data
from roles.audit import LogBusy
from roles.keyring import UnknownKey
from roles.limits import LimitReached
from roles.violations import PolicyViolation

GetResponse = Callable[[HttpRequest], HttpResponseBase]

logger = structlog.stdlib.get_logger(__name__)

_PLAIN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
#: Only consonants, so that an id is neither a number nor a word.
_LETTERS = "bcdfghjklmnpqrstvwxz"
_LENGTH = 24


class RequestIdMiddleware:
    """Gives the request an id for every log line, the audit log, error pages and the response.

    It is always made here, because a client could choose an id twice, or one with a meaning. An id that the client sent
    is written beside ours in the service log only, and only if it is a plain one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        offered = request.headers.get("X-Request-ID", "")
        current = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        begin_request(current)
        request_data(request).request_id = current
        begun = time.monotonic()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = current
        _log_answer(request, response, time.monotonic() - begun, **_client_request_id(offered))
        return response


def _client_request_id(offered: str) -> dict[str, str]:
    is_plain = _PLAIN_ID.fullmatch(offered) is not None and not looks_like_a_number(offered)
    return {"offered_id": offered} if is_plain else {}


def _log_answer(request: HttpRequest, response: HttpResponseBase, seconds: float, **noted: str) -> None:
    # The route, never the path: a path may hold personal data that somebody typed into it.
    route = request.resolver_match.route if request.resolver_match else ""
    about = {"method": request.method, "route": route, "status": response.status_code, **noted}
    logger.info("answered", milliseconds=round(seconds * 1000), **about)


class LanguageMiddleware:
    """Sets the language of the page: the employee's own choice, else their organisation's language, else bokmål.

    The browser's Accept-Language is ignored: it says nothing about the caseworker at a shared machine, and the labels
    of the pages are agreed in bokmål.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") or request.session.get("language", "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SessionLimitsMiddleware:
    """Ends sessions at their idle and their absolute limit (roles.access.sessionlimits), and notes each use.

    A page's own requests (a progress bar) do not keep a session alive. No page of a session may be cached.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.get_response(request)
        self._limit(request)
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response

    def _limit(self, request: HttpRequest) -> None:
        now = time.time()
        request.session.setdefault("opened_at", now)
        if sessionlimits.end_of(request.session, now).seconds_left == 0:
            auth.logout(request)
        elif self._is_by_a_person(request) and sessionlimits.is_worth_noting(request.session, now):
            request.session["seen_at"] = now

    def _is_by_a_person(self, request: HttpRequest) -> bool:
        return not (request.method == "GET" and "HX-Request" in request.headers)


class SessionEndedMiddleware:
    """Answers a form that was sent after the session ended with a page that says so. A redirect to login would silently
    lose the form, and the browser may refuse to follow it to the identity provider (form-action)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the request go on to the view, and to Django's check of login."""
        if request.method != "POST" or request.user.is_authenticated:
            return None
        return failures.session_ended(request) if getattr(view, "login_required", True) else None


def _session_over(request: HttpRequest, _error: SessionOver) -> HttpResponse:
    auth.logout(request)
    return failures.session_over(request)


_Page = Callable[[HttpRequest, Any], HttpResponse]

#: The page for each type of error. The first that fits is used, so a subclass must come before its base.
_PAGES: tuple[tuple[type[Exception], _Page], ...] = (
    (PartyError, failures.register_failed),
    (NotTakenIntoUse, failures.not_taken_into_use),
    (NoRole, failures.no_role),
    (SessionOver, _session_over),
    (LogBusy, failures.not_logged),
    (LimitReached, failures.limit_reached),
    (UnknownKey, failures.keys_changing),
    (PolicyViolation, failures.against_the_rules),
    (DataError, failures.unreadable),
)


class ErrorPagesMiddleware:
    """Turns typed errors into pages, here only. A page says no more than whose fault it is and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not _is_open_to_all(request):
            # Otherwise a wrong method would give 405 for an existing page and 404 for somebody else's.
            return failures.not_found(request, Http404())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for the error; None leaves it to Django's handlers of 404, 403 and 500."""
        if away.is_away(exception):
            return away.page(request, exception)
        pages = (page(request, exception) for kind, page in _PAGES if isinstance(exception, kind))
        return next(pages, None)


def _is_open_to_all(request: HttpRequest) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "permission", None) is Permission.PUBLIC
