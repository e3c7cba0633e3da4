"""What we know of a request beside what was sent: kept for as long as the request is, and for it alone.

Nothing of it stands in request.META, where what a client sends stands too.
"""

from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.http import HttpRequest

from roles.access.administration import Administers
from roles.access.rights import HeldRole


class ProviderLogin(NamedTuple):
    """What the provider calls who logged in, and the session they have there ("" where it names none)."""

    subject: str
    session: str


@dataclass(slots=True)
class RequestData:
    """Each is None or "" until it is known.

    request_id: made by fiksreg.middleware. held_roles, administers: of who sends it, read once. provider_login: what an
    id token said, until the session is opened. new_password: an integration's, until it is shown. address: where
    a page that answers a form by htmx stands.
    """

    request_id: str = ""
    held_roles: list[HeldRole] | None = None
    administers: Administers | None = None
    provider_login: ProviderLogin | None = None
    new_password: str = ""
    address: str = ""


_KNOWN: WeakKeyDictionary[HttpRequest, RequestData] = WeakKeyDictionary()


def request_data(request: HttpRequest) -> RequestData:
    """What is known of this request; empty for one that went through no middleware of ours."""
    return _KNOWN.setdefault(request, RequestData())
