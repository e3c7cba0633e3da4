"""Pages for what can be tried again as it is: they need no session, no database and no layout, and lose nothing.

The button sends once more what was sent: a query again, a form with every field. It is the sender's own, in the answer
to them alone, which nobody keeps (no-store); a form that another site made them send still lacks our token.
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

#: Longer forms are not written into a page again: they are in the browser still.
_FORM_BYTES = 100_000
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request that can be made again by a button."""

    method: str
    action: str
    fields: tuple[tuple[str, str], ...]


def attempt_of(environ: Mapping[str, Any], body: bytes) -> Attempt | None:
    """None where a button cannot send the same again: a file, or a method that no form has."""
    path = "/" + escape_uri_path(_text(environ.get("PATH_INFO", "/"))).lstrip("/")  # never another host's
    query = str(environ.get("QUERY_STRING", ""))
    if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
        return Attempt("get", path, _fields(query))
    content_type = str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
    if environ["REQUEST_METHOD"] != "POST" or content_type != _FORM or len(body) > _FORM_BYTES:
        return None
    return Attempt("post", f"{path}?{query}" if query else path, _fields(body.decode("utf-8", "replace")))


def page(failure: Failure, attempt: Attempt | None, *, language: str, reference: str = "") -> str:
    """The whole page, as text."""
    context = {"failure": failure, "attempt": attempt, "reference": reference}
    with translation.override(language):
        return loader.render_to_string("pages/try_again.html", context)


def language_of(environ: Mapping[str, Any]) -> str:
    """What the person has chosen, as far as a request says it without its session."""
    chosen = parse_cookie(str(environ.get("HTTP_COOKIE", ""))).get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _fields(encoded: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(encoded, keep_blank_values=True))


def _text(path: str) -> str:
    """WSGI gives a path's bytes as if they were latin-1."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
