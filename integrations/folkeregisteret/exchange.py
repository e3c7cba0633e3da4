"""One question to the register and its answer: token, deadline, at most one retry, breaker, errors."""

import random
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

import httpx

from integrations.folkeregisteret.answers import error_of, send
from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.breaker import Breaker
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import (
    Busy,
    Cause,
    FolkeregisterError,
    Refused,
    Unavailable,
    Unconfigured,
)
from integrations.folkeregisteret.transport import http_client, with_deadline

_PATHS: Final = {
    RightsPackage.WITH_LEGAL_BASIS: "/folkeregisteret/offentlig-med-hjemmel/api/v1",
    RightsPackage.WITHOUT_LEGAL_BASIS: "/folkeregisteret/api/offentligutenhjemmel/v1",
}
_HEADERS: Final = {"Accept": "application/json", "User-Agent": "fiksreg"}
_JSON_BODY: Final = {"Content-Type": "application/json"}
_SHORTEST_ATTEMPT: Final = 0.2
_RANDOM: Final = random.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """within: seconds for everything, retry included. repeatable: asking twice does no more than asking once.

    expects: the statuses beside 2xx that mean something to this operation, and come back as answers.
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

    @property
    def scope(self) -> str:
        return f"folkeregister:deling/{self.package}"


class Exchange:
    """The way to one register, shared by a process and safe between its threads."""

    def __init__(
        self, *, base_url: str, tokens: TokenSource, http: httpx.Client | None = None, breaker: Breaker | None = None
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise Unconfigured(Cause.NO_CONNECTION)
        self._base_url = base_url.rstrip("/")
        self._tokens = tokens
        self._http = http or http_client()
        self._breaker = breaker or Breaker()

    def ask(self, call: Call) -> httpx.Response:
        """An answer with data (2xx, JSON) or of an expected status. Raises FolkeregisterError for everything else."""
        self._breaker.check()
        try:
            response = self._asked_at_most_twice(call, time.monotonic() + call.within)
        except Unavailable:
            self._breaker.failed()
            raise
        except FolkeregisterError:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return response

    def _asked_at_most_twice(self, call: Call, deadline: float) -> httpx.Response:
        try:
            return self._asked(call, deadline)
        except FolkeregisterError as error:
            pause = _pause_after(error, call)
            if pause is None or time.monotonic() + pause + _SHORTEST_ATTEMPT > deadline:
                raise
        time.sleep(pause)
        return self._asked(call, deadline)

    def _asked(self, call: Call, deadline: float) -> httpx.Response:
        token = self._tokens.token(call.scope, within=deadline - time.monotonic())
        response = send(self._http, self._request(call, token, deadline))
        error = error_of(response)
        if response.status_code == 401:
            self._tokens.forget(call.scope, token)
        if error and not (error.cause is Cause.STATUS and error.status in call.expects):
            raise error
        return response

    def _request(self, call: Call, token: str, deadline: float) -> httpx.Request:
        # Put together by hand: httpx.Client.build_request would take the address apart three times more.
        query = f"?{urlencode(call.query, quote_via=quote)}" if call.query else ""
        return httpx.Request(
            call.method,
            f"{self._base_url}{_PATHS[call.package]}{call.path}{query}",
            content=call.body or None,
            headers=_HEADERS
            | {"Authorization": f"Bearer {token}"}
            | (_JSON_BODY if call.body else {})
            | dict(call.headers),
            extensions=with_deadline(deadline),
        )


def _pause_after(error: FolkeregisterError, call: Call) -> float | None:
    """Seconds before the one retry, or None when there is to be none."""
    if isinstance(error, Refused):
        # Nothing was done, and the token may only have been withdrawn.
        return 0.0 if error.status == 401 else None
    if not call.repeatable:
        return None
    jitter = _RANDOM.uniform(0.02, 0.12)
    if isinstance(error, Busy):
        return error.retry_after + jitter
    may_pass = isinstance(error, Unavailable) or error.cause is Cause.TRUNCATED
    return jitter if may_pass else None
