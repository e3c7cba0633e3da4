"""What the server itself knows about a request, kept as long as the request object exists.

It is kept apart from request.META, because clients can write headers into that.
"""

from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.http import HttpRequest

from roles.access.administration import Administers
from roles.access.rights import HeldRole


class ProviderLogin(NamedTuple):
    """subject: the provider's id of the person who logged in. session: the provider's id of the session, "" if none."""

    subject: str
    session: str


@dataclass(slots=True)
class RequestData:
    """What is known about one request. Each field is None or "" until it is known.

    request_id: made by fiksreg.middleware. held_roles, administers: the rights of the sender, read once.
    provider_login: what the ID token said, kept until the session is opened. new_password: the new password of an
    integration, kept until it is shown. address: the URL of the page that answers a form sent by htmx.
    """

    request_id: str = ""
    held_roles: list[HeldRole] | None = None
    administers: Administers | None = None
    provider_login: ProviderLogin | None = None
    new_password: str = ""
    address: str = ""


_KNOWN: WeakKeyDictionary[HttpRequest, RequestData] = WeakKeyDictionary()


def request_data(request: HttpRequest) -> RequestData:
    """What is known about this request; an empty RequestData when it did not pass our middleware."""
    return _KNOWN.setdefault(request, RequestData())
