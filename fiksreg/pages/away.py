"""A store we cannot do without is away, or gives no more connections: a page of its own, which needs none of them."""

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
#: Of the database also what it refuses for now: a lock or a statement that took too long, a server that shuts down or
#: has just been made the standby, and only reads.
_AWAY = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)


def is_away(error: BaseException) -> bool:
    """Whether the same request may well succeed in a moment."""
    return isinstance(error, _AWAY) or isinstance(error.__cause__, ReadOnlySqlTransaction)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, which Django calls while it handles the error: also of what fails around a view."""
    error = sys.exc_info()[1]
    return page(request, error) if error is not None and is_away(error) else failures.server_error(request)


def page(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Says whose fault it is and that nothing was lost, and offers to send the same again."""
    del error
    forget_idle()  # lost with the server, as a rule: the next one who asks gets a fresh one
    text = tryagain.page(
        failures.STORE_AWAY,
        tryagain.attempt_of(request.META, _body(request)),
        language=translation.get_language() or tryagain.language_of(request.META),
        reference=current_request_id(),
    )
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(text, status=failures.STORE_AWAY.status, headers=headers)


def _body(request: HttpRequest) -> bytes:
    """What was sent; nothing of a form that was read as a stream, which no button can send again."""
    try:
        return request.body
    except Exception:
        return b""
