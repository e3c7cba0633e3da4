"""Searches Tenor, with an access token for its own scope."""

import re
import time
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

import httpx
import msgspec

from integrations.http.answers import error_of, send
from integrations.http.budget import LocalSlots, RequestBudget
from integrations.http.errors import Cause, InvalidRequest, UnexpectedAnswer
from integrations.http.party import Party
from integrations.http.transport import http_client, with_deadline
from integrations.maskinporten.tokens import TokenSource
from integrations.tenor.hits import FIELDS, Hits
from integrations.tenor.namedpersons import NAMED, NAMED_PATH, NamedPerson

Answer = TypeVar("Answer")

SCOPE: Final = "skatteetaten:testnorge/testdata.read"
_PATH: Final = "/api/testnorge/v2/soek/freg"
_HITS: Final = msgspec.json.Decoder(Hits)
#: The requests of one process. Tenor states no quota; this is far more than people click, and limits the load from a
#: fault of ours.
_PER_MINUTE: Final = 1200
_PLACE: Final = re.compile(rb"plass (\d{1,6})")


class QueryRefused(InvalidRequest):
    """Tenor cannot read the query. place: the position of the character where it stopped, from 0; None when it gives
    none."""

    def __init__(self, place: int | None) -> None:
        super().__init__(Cause.STATUS, 400)
        self.place = place
        self.args = (place,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search. kql: the query. page: from 0. seed: any number; the same number gives the same order on every
    page."""

    kql: str = field(repr=False)
    size: int = 20
    page: int = 0
    seed: int = 0

    def query(self) -> str:
        asked = {"kql": self.kql, "antall": self.size, "side": self.page, "seed": self.seed, "vis": ",".join(FIELDS)}
        return urlencode(asked, quote_via=quote)


class TenorClient:
    """One client for each process, since it holds the connections. Safe between threads.

    address: scheme, host and port, without a trailing slash. within: seconds for a search and its token; a tester can
    wait longer than a caseworker.
    """

    def __init__(
        self, *, address: str, tokens: TokenSource, http: httpx.Client | None = None, within: float = 10.0
    ) -> None:
        self._address = address
        self._tokens = tokens
        self._http = http or http_client(connections=4)
        self._within = within
        self._party = Party("Tenor", budget=RequestBudget(LocalSlots(_PER_MINUTE), per_minute=_PER_MINUTE))

    def search(self, search: Search) -> Hits:
        """One page of the persons who fit. Raises QueryRefused and PartyError."""
        deadline = time.monotonic() + self._within
        token = self._tokens.token(SCOPE, within=self._within)
        with self._party.asked():
            response = self._send(self._request(search, token), deadline)
            if response.status_code == 401:
                self._tokens.forget(SCOPE, token)
            if error := error_of(response):
                raise QueryRefused(_place(response)) if type(error) is InvalidRequest else error
            return _decode(response.content, _HITS)

    def named_persons(self, *, within: float = 2.0) -> tuple[NamedPerson, ...]:
        """The named test persons, in the order of their list; () where there is no such list. Raises PartyError."""
        with self._party.asked():
            request = httpx.Request("GET", f"{self._address}{NAMED_PATH}")
            response = self._send(request, time.monotonic() + within)
            if response.status_code == 404:
                return ()
            if error := error_of(response):
                raise error
            return _decode(response.content, NAMED)

    def _send(self, request: httpx.Request, deadline: float) -> httpx.Response:
        self._party.await_turn(deadline)
        request.extensions = with_deadline(deadline)
        return send(self._http, request)

    def _request(self, search: Search, token: str) -> httpx.Request:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}", "User-Agent": "fiksreg"}
        url = f"{self._address}{_PATH}?{search.query()}"
        return httpx.Request("GET", url, headers=headers)


def _place(response: httpx.Response) -> int | None:
    found = _PLACE.search(response.content)
    return int(found[1]) - 1 if found else None


def _decode(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
    """The decoded answer. Raises UnexpectedAnswer."""
    try:
        return decoder.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200) from None
