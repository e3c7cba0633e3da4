"""The limit on requests from one address to the public URLs that do something: login and notices of logout."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from fiksreg.pages import failures
from roles.clientaddress import sender_key
from roles.limits.strangers import too_many

#: Prefixes of paths. The break-glass page has a guard of its own (roles/login/breakglass.py), so that nobody can shut
#: out the person who was given the password.
DOORS: Final = ("/logg-inn/", "/logg-ut/")
NOT_COUNTED: Final = ("/logg-inn/nodkonto/", "/logg-ut/ferdig/")


class DoorLimitsMiddleware:
    """Answers 429 to an address with too many requests, before the database or the identity provider is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        path = request.path_info
        if not path.startswith(DOORS) or path.startswith(NOT_COUNTED):
            return None
        full = too_many(sender_key(request))
        return failures.too_many_strangers(full.seconds) if full else None
