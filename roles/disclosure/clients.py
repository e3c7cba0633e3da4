"""The clients of this process, made from settings when they are first needed: after the fork, so that no connection is
shared between worker processes.

Each organisation has the client of its own door. Tokens, connections, the breaker and the quota of an address, and the
process's retries are shared by all of them.
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

#: A synthetic number of somebody born in 1900: the register has nobody by it. Asked for where a question that is left
#: out would tell something.
NOBODY = "01810000186"
#: Seconds. A quota that cannot be asked for in this time is not worth waiting for.
_VALKEY_WITHIN = 0.25
_MAKING = Lock()


@lru_cache(maxsize=1024)
def client(organisation_number: str) -> FolkeregisterClient:
    """The organisation's way to the register. Raises Unconfigured."""
    door = door_of(organisation_number)
    with _MAKING:  # two threads would each make what is to be shared
        return FolkeregisterClient(
            door=door,
            tokens=tokens(),
            http=_connections(),
            breaker=_breaker(door.address),
            budget=_budget(door.address),
            retries=_retries(),
        )


def parts_needed(access: Access, elements: Iterable[str]) -> frozenset[str]:
    """The parts of these elements, and what the gate itself needs: the grading, and, where the role may not see
    gradings, residence and status, so that an unknown residence is treated as a protected one."""
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
