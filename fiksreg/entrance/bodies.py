"""Reading what a request carries before anything is done with it: whole, in time, and not too much of it.

What is refused here is refused on every address alike, whatever its view would do: none of it is parsed or stored.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

Environ = dict[str, Any]


class Refused(Exception):
    """The body is not taken. The rest of it stays unread, and the connection ends."""


class TooLarge(Refused):
    """More than is taken, said beforehand or found while reading."""


class TooSlow(Refused):
    """Not whole in time, or cut off."""


def buffer(environ: Environ, *, most: int) -> None:
    """Puts the whole body in the place of the stream it comes from. Raises TooLarge or TooSlow."""
    declared = _declared(environ)
    if declared is None and not _is_chunked(environ):
        return
    if declared is not None and declared > most:
        raise _given_up(environ, TooLarge())
    body = _read(environ, most if declared is None else declared)
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _read(environ: Environ, size: int) -> bytes:
    """`size`: as many as are declared; of a body without a length, the most that is taken."""
    chunked = _is_chunked(environ)
    try:
        body: bytes = environ["wsgi.input"].read(size + chunked)
    except Exception as problem:  # the client's: gone, too slow, or not speaking HTTP
        raise _given_up(environ, TooSlow()) from problem
    if len(body) > size:
        raise _given_up(environ, TooLarge())
    if len(body) < size and not chunked:
        raise _given_up(environ, TooSlow())
    return body


def _declared(environ: Mapping[str, Any]) -> int | None:
    text = str(environ.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdecimal() else None


def _is_chunked(environ: Mapping[str, Any]) -> bool:
    return "HTTP_TRANSFER_ENCODING" in environ


def _given_up(environ: Environ, refusal: Refused) -> Refused:
    """With the rest unread nobody knows where the next request on the connection begins: gunicorn then ends it."""
    if hasattr(environ["wsgi.input"], "failed"):
        environ["wsgi.input"].failed = True
    return refusal
