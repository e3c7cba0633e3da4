"""The address of an answer to a POST. With htmx, a lookup is one request: the answer is the page, and a header gives
its address.

Without htmx, the browser is redirected to the address. It holds a reference of the employee's own, so the page can be
reloaded, and found by the back button, until the reference expires.
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
    """With htmx the page, and its address in the request's data; without htmx a redirect to the address. Raises what
    `page` raises."""
    if not is_answered_here(request):
        return redirect(address)
    request_data(request).address = address
    return page()


class AddressMiddleware:
    """Sends the address to htmx (HX-Push-Url), also with a page that says why there is no answer: a reload then asks
    again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if address := request_data(request).address:
            response.headers["HX-Push-Url"] = address
        return response
