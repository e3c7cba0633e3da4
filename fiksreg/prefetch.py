"""Refuses pages that a browser requests before the user follows a link (prefetching)."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from roles.access.permissions import Permission

#: The headers by which browsers mark a prefetch: today's and earlier ones.
_HEADERS: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_AHEAD: Final = ("prefetch", "prerender", "preview")


class NoPrefetchMiddleware:
    """Answers 503 to a prefetch of a page that is not public, which could be a lookup that nobody made.

    The browser then asks again when the user follows the link.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the request go on."""
        if getattr(view, "permission", None) is Permission.PUBLIC or not _is_ahead_of_time(request):
            return None
        return HttpResponse(status=503, headers={"Cache-Control": "no-store"})


def _is_ahead_of_time(request: HttpRequest) -> bool:
    said = " ".join(request.headers.get(name, "") for name in _HEADERS).casefold()
    return any(word in said for word in _AHEAD)
