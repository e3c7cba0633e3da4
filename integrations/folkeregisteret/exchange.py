"""One request to the register and its answer: token, quota, deadline, at most one retry, breaker, errors."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

import httpx

from integrations.folkeregisteret.doors import Door
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.problems import error_code
from integrations.http.answers import error_of, send
from integrations.http.breaker import Breaker
from integrations.http.budget import RequestBudget
from integrations.http.errors import Cause, PartyError
from integrations.http.party import Party
from integrations.http.retries import RetryBudget, pause_after
from integrations.http.transport import http_client, with_deadline
from integrations.maskinporten.tokens import TokenSource

_HEADERS: Final = {"Accept": "application/json", "User-Agent": "fiksreg"}
_JSON_BODY: Final = {"Content-Type": "application/json"}
_SHORTEST_ATTEMPT: Final = 0.2

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. within: seconds for everything, also the retry. repeatable: asking twice does no more than asking
    once.

    expects: the statuses besides 2xx that the operation understands; they are returned as answers.
    """

    package: RightsPackage
    path: str = field(repr=False)
    within: float
    method: str = "GET"
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    repeatable: bool = True
    expects: frozenset[int] = frozenset()


class Exchange:
    """Sends requests through one door. Safe between threads.

    http, breaker, budget and retries may be shared with other doors at the same address. Without a budget no quota is
    kept.
    """

    def __init__(
        self,
        *,
        door: Door,
        tokens: TokenSource,
        http: httpx.Client | None = None,
        breaker: Breaker | None = None,
        budget: RequestBudget | None = None,
        retries: RetryBudget | None = None,
    ) -> None:
        self._door = door
        self._tokens = tokens
        self._http = http or http_client()
        self._party = Party("Folkeregisteret", breaker=breaker, budget=budget)
        self._retries = retries or RetryBudget()

    def ask(self, call: Call, read: Callable[[httpx.Response], T]) -> T:
        """The result of `read` for an answer with data (2xx, JSON) or with an expected status. Raises PartyError.

        Every error names the register as the party, also one that `read` raises.
        """
        with self._party.asked():
            return read(self._ask_at_most_twice(call, time.monotonic() + call.within))

    def _ask_at_most_twice(self, call: Call, deadline: float) -> httpx.Response:
        self._retries.earn()
        try:
            return self._ask_once(call, deadline)
        except PartyError as error:
            pause = pause_after(error, repeatable=call.repeatable)
            if pause is None or time.monotonic() + pause + _SHORTEST_ATTEMPT > deadline or not self._retries.spend():
                raise
        time.sleep(pause)
        return self._ask_once(call, deadline)

    def _ask_once(self, call: Call, deadline: float) -> httpx.Response:
        scope, consumer = self._door.scope(call.package), self._door.consumer_org
        token = self._tokens.token(scope, consumer_org=consumer, within=deadline - time.monotonic())
        request = self._request(call, token)
        self._party.await_turn(deadline - _SHORTEST_ATTEMPT)
        request.extensions = with_deadline(deadline)
        response = send(self._http, request)
        error = error_of(response, retry_after=self._door.dialect.retry_after, code_of=error_code)
        if response.status_code == 401:
            self._tokens.forget(scope, token, consumer_org=consumer)
        if error and not (error.cause is Cause.STATUS and error.status in call.expects):
            raise error
        return response

    def _request(self, call: Call, token: str) -> httpx.Request:
        # Built by hand: httpx.Client.build_request would parse the address three more times.
        query = f"?{urlencode(call.query, quote_via=quote)}" if call.query else ""
        return httpx.Request(
            call.method,
            f"{self._door.address}{self._door.path(call.package)}{call.path}{query}",
            content=call.body or None,
            headers={
                **_HEADERS,
                "Authorization": f"Bearer {token}",
                **(_JSON_BODY if call.body else {}),
                **self._door.headers(),
                **dict(call.headers),
            },
        )
