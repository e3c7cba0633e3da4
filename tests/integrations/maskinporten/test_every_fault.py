"""Every fault of Maskinporten, met while fetching a token: the documented error, in time, and the register unasked."""

from collections.abc import Iterator, Mapping
from typing import Final

import httpx
import pytest

from integrations.folkeregisteret.client import Deadlines, FolkeregisterClient
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.http.errors import Busy, Cause, Fault, Refused, Unavailable, UnexpectedAnswer
from integrations.http.retries import RetryBudget
from integrations.http.transport import http_client
from integrations.maskinporten.tokens import TokenSource
from integrations.simulator.doors.faults import KINDS
from tests.integrations.folkeregisteret.asked import WITH
from tests.integrations.folkeregisteret.faulted import SLACK, Ending, faulted, listening_in, outcome_of
from tests.services import Services

WITHIN: Final = 0.5
NUMBER: Final = "03851598730"
UNAVAILABLE = Ending(Unavailable, Cause.NO_ACCESS, True, Fault.THEIRS)
BUSY = Ending(Busy, Cause.NO_ACCESS, True, Fault.OURS)
REFUSED = Ending(Refused, Cause.NO_ACCESS, False, Fault.OURS)
GARBLED = Ending(UnexpectedAnswer, Cause.NO_ACCESS, True, Fault.THEIRS)
WRONG_ADDRESS = Ending(UnexpectedAnswer, Cause.NO_ACCESS, False, Fault.OURS)

ENDS: Final[Mapping[str, Ending]] = {
    **dict.fromkeys(("latency", "hang", "drip", "reset", "500", "502", "503"), UNAVAILABLE),
    **dict.fromkeys(("429", "429-unsaid"), BUSY),
    **dict.fromkeys(("400", "401", "403"), REFUSED),
    **dict.fromkeys(("404", "406", "410", "redirect"), WRONG_ADDRESS),
    **dict.fromkeys(("html", "content-type", "truncated", "half", "empty", "wrong-type", "error-inside"), GARBLED),
}
#: Spoils a person's document, which no answer about a token has.
OF_PERSONS: Final = "one-unreadable"


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with http_client() as connections:
        yield connections


@pytest.fixture
def client(simulator: str, running: Services, http: httpx.Client) -> FolkeregisterClient:
    """One that has no token yet, and does not know Maskinporten's addresses either."""
    settings = running.environment
    tokens = TokenSource(
        client_id=settings["MASKINPORTEN_CLIENT_ID"],
        private_key=settings["MASKINPORTEN_PRIVATE_KEY"].replace("\\n", "\n"),
        key_id=settings["MASKINPORTEN_KEY_ID"],
        well_known=f"{simulator}/maskinporten/.well-known/oauth-authorization-server",
        http=http,
    )
    return FolkeregisterClient(
        door=SkatteetatenDoor(simulator),
        tokens=tokens,
        http=http,
        deadlines=Deadlines(single=WITHIN),
        retries=RetryBudget(reserve=0),
    )


def asked_of_the_register(http: httpx.Client, simulator: str) -> int:
    every = http.get(f"{simulator}/_control/requests").raise_for_status().json()
    return sum(request["operation"] == "person" for request in every)


def test_every_fault_of_the_simulator_is_tried_here() -> None:
    assert set(ENDS) | {OF_PERSONS} == KINDS


@pytest.mark.parametrize("endpoint", ["token", "well-known"])
@pytest.mark.parametrize("kind", sorted(ENDS))
def test_a_token_that_cannot_be_had_is_the_documented_error_in_time(
    kind: str, endpoint: str, simulator: str, client: FolkeregisterClient, http: httpx.Client
) -> None:
    before = asked_of_the_register(http, simulator)
    with listening_in() as logged, faulted(simulator, kind, [endpoint]):
        outcome = outcome_of(client, lambda client: client.person(WITH, NUMBER, {"navn"}))
    assert outcome.ending == ENDS[kind]
    assert outcome.seconds <= WITHIN + SLACK
    assert NUMBER not in outcome.told + "".join(logged)
    assert asked_of_the_register(http, simulator) == before


def test_when_it_is_over_a_token_is_fetched(simulator: str, client: FolkeregisterClient) -> None:
    with faulted(simulator, "500", ["token"]):
        assert outcome_of(client, lambda client: client.latest_event(WITH)).ending == UNAVAILABLE
    assert client.latest_event(WITH) > 0
