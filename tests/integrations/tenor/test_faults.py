"""Whatever fails at Tenor, a search ends in time with a typed error that does not say whom it was for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from integrations.http.errors import Busy, PartyError, Refused, Unavailable, UnexpectedAnswer
from integrations.http.transport import http_client
from integrations.simulator.doors.faults import KINDS
from integrations.tenor.search import QueryRefused, Search, TenorClient
from roles.maskinporten import tokens

NUMBER = "03851598730"
WITHIN = 0.5
LONG_BEFORE_THE_FAULT_ENDS = 5.0
HARMLESS = {"latency", "one-unreadable"}  # a late answer that is right; a person's document, which this is not
EXPECTED: dict[str, type[PartyError]] = {
    "400": QueryRefused,
    "401": Refused,
    "403": Refused,
    "404": UnexpectedAnswer,
    "406": UnexpectedAnswer,
    "410": UnexpectedAnswer,
    "429": Busy,
    "429-unsaid": Busy,
    "500": Unavailable,
    "502": Unavailable,
    "503": Unavailable,
    "hang": Unavailable,
    "drip": Unavailable,
    "reset": Unavailable,
    "truncated": UnexpectedAnswer,
    "half": UnexpectedAnswer,
    "html": UnexpectedAnswer,
    "wrong-type": UnexpectedAnswer,
    "content-type": UnexpectedAnswer,
    "empty": UnexpectedAnswer,
    "redirect": UnexpectedAnswer,
    "error-inside": UnexpectedAnswer,
}


@pytest.fixture
def client(simulator: str) -> Iterator[TenorClient]:
    with http_client() as http:
        client = TenorClient(address=simulator, tokens=tokens(), http=http, within=10)
        client.search(Search(kql="personstatus: bosatt"))  # the token and the simulator's index are made now
        yield TenorClient(address=simulator, tokens=tokens(), http=http, within=WITHIN)


@contextmanager
def failing(simulator: str, kind: str) -> Iterator[None]:
    fault = {"operation": "tenor", "kind": kind, "ms": 100 if kind == "drip" else 20_000 if kind == "hang" else 0}
    httpx.post(f"{simulator}/_control/faults", json=fault).raise_for_status()
    yield
    httpx.delete(f"{simulator}/_control/faults").raise_for_status()


def test_every_kind_of_fault_is_tried() -> None:
    assert EXPECTED.keys() | HARMLESS == KINDS


@pytest.mark.parametrize(("kind", "error"), EXPECTED.items(), ids=EXPECTED)
def test_a_fault_is_a_typed_error_in_time(
    client: TenorClient, simulator: str, kind: str, error: type[PartyError]
) -> None:
    begun = time.monotonic()
    with failing(simulator, kind), pytest.raises(error) as raised:
        client.search(Search(kql=f"identifikator: {NUMBER}"))
    assert time.monotonic() - begun < LONG_BEFORE_THE_FAULT_ENDS
    assert raised.value.party == "Tenor"
    assert NUMBER not in f"{raised.value}{raised.value!r}{raised.value.args}"
