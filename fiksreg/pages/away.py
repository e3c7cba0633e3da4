"""The page for when PostgreSQL or Valkey does not answer or has no free connection. The page needs neither of them."""

import sys

import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from psycopg.errors import ReadOnlySqlTransaction

from fiksreg.connections import forget_idle
from fiksreg.logging import current_request_id
from fiksreg.pages import failures, tryagain

#: Seconds.
RETRY_AFTER = 5
#: Also the temporary refusals of the database: a lock or statement that took too long, a server that shuts down, or one
#: that has become a read-only standby.
_AWAY = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)


def is_away(error: BaseException) -> bool:
    """Whether the error is temporary, so that the same request may succeed in a moment."""
    return isinstance(error, _AWAY) or isinstance(error.__cause__, ReadOnlySqlTransaction)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Django calls it while it handles the error, also for an error outside the view."""
    error = sys.exc_info()[1]
    return page(request, error) if error is not None and is_away(error) else failures.server_error(request)


def page(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The page, which says whose fault it is and that nothing was lost, with a button that sends the same again."""
    del error
    forget_idle()  # usually lost with the server; the next request then gets a new connection
    text = tryagain.page(
        failures.STORE_AWAY,
        tryagain.attempt_of(request.META, _body(request)),
        language=translation.get_language() or tryagain.language_of(request.META),
        reference=current_request_id(),
    )
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(text, status=failures.STORE_AWAY.status, headers=headers)


def _body(request: HttpRequest) -> bytes:
    """The body of the request; b"" for a form that was read as a stream, which a button cannot send again."""
    try:
        return request.body
    except Exception:
        return b""
