"""Asks Tenor for test persons, and the simulated register for the named ones. No real person is involved."""

from functools import cache

import httpx
from django.conf import settings
from django.utils import timezone

from integrations.http.transport import http_client
from integrations.tenor.hits import Hits
from integrations.tenor.namedpersons import NamedPerson
from integrations.tenor.search import TenorClient
from lookup.testpersons.criteria import Criteria
from roles.maskinporten import tokens


def find(criteria: Criteria) -> Hits:
    """One page of the persons who fit. Raises QueryRefused, and PartyError when Tenor does not answer."""
    return _tenor().search(criteria.search(timezone.localdate()))


def named_persons() -> tuple[NamedPerson, ...]:
    """The test persons that have a name; () when the simulator is not behind TENOR_URL. Raises PartyError."""
    return _tenor().named_persons()


@cache
def _tenor() -> TenorClient:
    return TenorClient(address=settings.TENOR_URL, tokens=tokens(), http=_http())


@cache
def _http() -> httpx.Client:
    return http_client(connections=8)
