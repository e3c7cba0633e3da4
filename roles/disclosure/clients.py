"""The register clients of this process, made from the settings when they are first needed. That is after the fork, so
that worker processes share no connection.

Each organisation has a client for its own door. All clients share the tokens, the connections and the budget of
retries; clients of the same address share its breaker and its quota.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.elements import parts_for
from integrations.http.breaker import Breaker, PartyState
from integrations.http.budget import RequestBudget, SharedSlots
from integrations.http.errors import Unconfigured
from integrations.http.retries import RetryBudget
from integrations.http.transport import http_client
from roles.access import Access
from roles.doors import door_of
from roles.maskinporten import tokens
from roles.policy.addressprotection import LOOKALIKE_ELEMENTS

#: A synthetic number of a person born in 1900, which the register does not know. The gate asks for it when sending no
#: question would tell the caller something by the shorter time.
NOBODY = "01810000186"
#: Timeout in seconds for asking Valkey about the quota. A lookup does not wait longer for it.
_VALKEY_WITHIN = 0.25
_MAKING = Lock()


@lru_cache(maxsize=1024)
def client(organisation_number: str) -> FolkeregisterClient:
    """The client that asks the register for this organisation. Raises Unconfigured when it has no door."""
    door = door_of(organisation_number)
    with _MAKING:  # without the lock two threads could each make a connection pool, breaker or quota
        return FolkeregisterClient(
            door=door,
            tokens=tokens(),
            http=_connections(),
            breaker=_breaker(door.address),
            budget=_budget(door.address),
            retries=_retries(),
        )


def parts_needed(access: Access, elements: Iterable[str]) -> frozenset[str]:
    """The register's parts for these elements and for what the gate itself needs.

    The gate always needs the grading. For a role that may not see gradings it also needs residence and status, in order
    to treat an unknown residence like a protected one.
    """
    return parts_for({*elements} if access.sees_gradings else {*elements, *LOOKALIKE_ELEMENTS})


def register_state(organisation_number: str) -> PartyState:
    """How the register has answered this process lately. Asks nobody."""
    try:
        return _breaker(door_of(organisation_number).address).state()
    except Unconfigured:
        return PartyState.WELL


_connections = cache(http_client)
_retries = cache(RetryBudget)


@cache
def _breaker(_address: str) -> Breaker:
    return Breaker()


@cache
def _budget(address: str) -> RequestBudget:
    per_minute = settings.FOLKEREGISTER_REQUESTS_PER_MINUTE
    slots = SharedSlots(_valkey(), f"fiksreg:requests:{address}", per_minute)
    return RequestBudget(slots, per_minute=per_minute)


@cache
def _valkey() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_VALKEY_WITHIN,
        socket_connect_timeout=_VALKEY_WITHIN,
        retry=Retry(NoBackoff(), 0),
    )
