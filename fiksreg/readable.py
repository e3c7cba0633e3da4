"""Refuses requests with characters that no browser sends, before anything reads them."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fiksreg.pages import failures

#: PostgreSQL cannot store this character and raises an error wherever it gets one.
_NUL = "\0"


class ReadableRequestMiddleware:
    """Answers 400 to a NUL in the path, the query or a cookie. A form reports one at its own field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if _is_readable(request) else failures.unreadable(request, ValueError())


def _is_readable(request: HttpRequest) -> bool:
    query = (text for name, values in request.GET.lists() for text in (name, *values))
    return not any(_NUL in text for text in (request.path_info, *query, *request.COOKIES.values()))
