"""Asking Tenor, and the simulated register for its named test persons. Nothing here is about anybody who lives."""

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
    """One page of those who fit. Raises QueryRefused, and PartyError when Tenor does not answer."""
    return _tenor().search(criteria.search(timezone.localdate()))


def named_persons() -> tuple[NamedPerson, ...]:
    """The test persons that have a name for what they show; none where Tenor is not ours. Raises PartyError."""
    return _tenor().named_persons()


@cache
def _tenor() -> TenorClient:
    return TenorClient(address=settings.TENOR_URL, tokens=tokens(), http=_http())


@cache
def _http() -> httpx.Client:
    return http_client(connections=8)
