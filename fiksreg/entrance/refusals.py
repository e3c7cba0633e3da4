"""The pages for refused requests: what happened, that nothing was lost, and how to go on."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from fiksreg.entrance import capacity
from fiksreg.pages import failures, tryagain
from fiksreg.pages.failures import Failure

#: The headers of all our pages (settings.CONTENT_SECURITY_POLICY). These pages come before the middleware that sets
#: them.
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_REASONS = {408: "Request Timeout", 413: "Content Too Large", 503: "Service Unavailable"}


def busy(environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
    """The page for too many requests at once."""
    return _again(failures.BUSY_HERE, environ, start_response)


def away(environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
    """The page while the process has not been able to check the database."""
    return _again(failures.STORE_AWAY, environ, start_response)


def too_large(environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
    """The page for a body that is too large."""
    return _send(failures.TOO_LARGE, None, environ, start_response)


def too_slow(environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
    """The page for a body that did not arrive whole in time."""
    return _send(failures.TOO_SLOW, None, environ, start_response)


def nobody(start_response: Any) -> Iterable[bytes]:
    """The answer for a client that has left, which nobody will read."""
    start_response(_status(503), [("Content-Length", "0")])
    return []


def _again(failure: Failure, environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
    stream = environ["wsgi.input"]
    body = stream.getvalue() if isinstance(stream, BytesIO) else b""
    return _send(failure, tryagain.attempt_of(environ, body), environ, start_response)


def _send(
    failure: Failure, attempt: tryagain.Attempt | None, environ: Mapping[str, Any], start_response: Any
) -> Iterable[bytes]:
    language = tryagain.language_of(environ)
    page = tryagain.page(failure, attempt, language=language).encode()
    headers = {**_HEADERS, "Content-Length": str(len(page)), "Content-Language": language}
    if failure.status == 503:
        headers["Retry-After"] = str(capacity.RETRY_AFTER_SECONDS)
    start_response(_status(failure.status), list(headers.items()))
    return [page]


def _status(code: int) -> str:
    return f"{code} {_REASONS[code]}"
