"""A lookup is one request where htmx sends it: the answer is the page itself, and says at which address it stands.

Without htmx the browser is sent to that address and asks for it. Either way the address holds a reference of the
person's own: it can be reloaded and gone back to for as long as the reference lasts.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from roles.access.requestdata import request_data


def is_answered_here(request: HttpRequest) -> bool:
    """Whether the answer to this request is the page itself."""
    return "HX-Request" in request.headers


def stay_here(request: HttpRequest) -> None:
    """The browser keeps its address: the answer is the form again."""
    request_data(request).address = ""


def page_or_redirect(request: HttpRequest, address: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, or the way to it. Raises what the page raises."""
    if not is_answered_here(request):
        return redirect(address)
    request_data(request).address = address
    return page()


class AddressMiddleware:
    """Tells htmx the address, also of a page that says why there is no answer: reloading asks again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if address := request_data(request).address:
            response.headers["HX-Push-Url"] = address
        return response
