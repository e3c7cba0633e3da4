"""Reads the body of a request before the request is handled: whole, in time and within a size.

The limits are the same for every URL. A refused body is neither parsed nor stored.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

Environ = dict[str, Any]


class Refused(Exception):
    """The body is refused. The rest of it stays unread, and the connection is closed."""


class TooLarge(Refused):
    """The body is larger than allowed, by its declared length or by what was read."""


class TooSlow(Refused):
    """The body did not arrive whole in time, or was cut off."""


def buffer(environ: Environ, *, most: int) -> None:
    """Replaces wsgi.input by the whole body, read in advance. Raises TooLarge or TooSlow."""
    declared = _declared_length(environ)
    if declared is None and not _is_chunked(environ):
        return
    if declared is not None and declared > most:
        raise _closing(environ, TooLarge())
    body = _read(environ, most if declared is None else declared)
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _read(environ: Environ, size: int) -> bytes:
    """Reads `size` bytes: the declared length, or the limit when none is declared."""
    chunked = _is_chunked(environ)
    try:
        body: bytes = environ["wsgi.input"].read(size + chunked)
    except Exception as problem:  # caused by the client: it left, is too slow, or does not speak HTTP
        raise _closing(environ, TooSlow()) from problem
    if len(body) > size:
        raise _closing(environ, TooLarge())
    if len(body) < size and not chunked:
        raise _closing(environ, TooSlow())
    return body


def _declared_length(environ: Mapping[str, Any]) -> int | None:
    text = str(environ.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdecimal() else None


def _is_chunked(environ: Mapping[str, Any]) -> bool:
    return "HTTP_TRANSFER_ENCODING" in environ


def _closing(environ: Environ, refusal: Refused) -> Refused:
    """Returns the refusal, after telling gunicorn to close the connection: with the rest unread, the beginning of the
    next request is unknown."""
    if hasattr(environ["wsgi.input"], "failed"):
        environ["wsgi.input"].failed = True
    return refusal
