"""Middleware for answers that are sent in pieces."""

from collections.abc import Callable, Iterator
from typing import cast

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from roles.connections import let_go


class LetGoWhileStreamingMiddleware:
    """Gives the database connections back between two pieces of a streamed answer, which a slow receiver may delay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = _letting_go(cast("Iterator[bytes]", response.streaming_content))
        return response


def _letting_go(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        let_go()
        yield piece
