"""Pages with a button that sends the same request again. They need no session, no database and no layout.

The button repeats the query or the form with all its fields. The page is the answer to the sender alone and is not
cached (no-store). A form that another site made them send still lacks our CSRF token.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import parse_cookie
from django.template import loader
from django.utils import translation
from django.utils.encoding import escape_uri_path

from fiksreg.pages.failures import Failure

#: Longer forms are not repeated in the page; the browser still has them.
_FORM_BYTES = 100_000
_FORM = "application/x-www-form-urlencoded"
#: Fields that must be typed again instead of being repeated in the page.
_SECRET = frozenset({"password"})


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request that a button can repeat."""

    method: str
    action: str
    fields: tuple[tuple[str, str], ...]


def attempt_of(environ: Mapping[str, Any], body: bytes) -> Attempt | None:
    """The request as an Attempt; None when a button cannot or must not repeat it: a file, a password, or a method that
    no form has."""
    path = "/" + escape_uri_path(_text(environ.get("PATH_INFO", "/"))).lstrip("/")  # "//" would name another host
    query = str(environ.get("QUERY_STRING", ""))
    if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
        return Attempt("get", path, _fields(query))
    content_type = str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
    if environ["REQUEST_METHOD"] != "POST" or content_type != _FORM or len(body) > _FORM_BYTES:
        return None
    fields = _fields(body.decode("utf-8", "replace"))
    if not _SECRET.isdisjoint(name for name, _value in fields):
        return None
    return Attempt("post", f"{path}?{query}" if query else path, fields)


def page(failure: Failure, attempt: Attempt | None, *, language: str, reference: str = "") -> str:
    """The whole page as HTML."""
    context = {"failure": failure, "attempt": attempt, "reference": reference}
    with translation.override(language):
        return loader.render_to_string("pages/try_again.html", context)


def language_of(environ: Mapping[str, Any]) -> str:
    """The language that the person has chosen, as far as the request shows it without its session."""
    chosen = parse_cookie(str(environ.get("HTTP_COOKIE", ""))).get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _fields(encoded: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(encoded, keep_blank_values=True))


def _text(path: str) -> str:
    """The path as text. WSGI decodes the bytes of a path as latin-1."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
