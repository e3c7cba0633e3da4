"""Many calls with some faults among them, and a register that is down for a while, over real HTTP."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.http.errors import Cause, Unavailable
from integrations.http.transport import http_client
from tests.integrations.folkeregisteret.asked import WITH
from tests.integrations.folkeregisteret.faulted import Outcome, faulted, outcome_of
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services
from tests.waiting import until

CALLS: Final = 2000
#: One call in twenty meets one of these, which all may pass.
FAULTED_EACH: Final = 20
KINDS: Final = ("500", "503", "reset", "truncated")
THREADS: Final = 8
WELL_AGAIN_WITHIN: Final = 10


@pytest.fixture
def client(simulator: str, running: Services) -> Iterator[FolkeregisterClient]:
    with http_client() as http:
        tokens = configured_tokens(running.environment, http)
        yield FolkeregisterClient(door=SkatteetatenDoor(simulator), tokens=tokens, http=http)


@pytest.fixture
def control(simulator: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{simulator}/_control", timeout=10) as http:
        http.delete("/requests").raise_for_status()
        yield http


@pytest.fixture
def number(simulator: str) -> str:
    cases = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    return next(str(case["number"]) for case in cases if case["case"] == "barn")


def asked(control: httpx.Client) -> int:
    every = control.get("/requests").raise_for_status().json()
    return sum(request["operation"] == "person" for request in every)


def test_two_thousand_calls_with_one_in_twenty_faulted_are_answered_for_a_tenth_more(
    client: FolkeregisterClient, control: httpx.Client, number: str
) -> None:
    kinds = itertools.cycle(KINDS)

    def call(turn: int) -> bool:
        if turn % FAULTED_EACH == 0:
            fault = {"operation": "person", "kind": next(kinds), "count": 1}
            control.post("/faults", json=fault).raise_for_status()
        return outcome_of(client, lambda client: client.person(WITH, number, {"navn"})).value is not None

    with ThreadPoolExecutor(THREADS) as pool:
        answered = sum(pool.map(call, range(CALLS)))
    assert answered >= CALLS * 0.99  # a retry may meet the fault ordered for another call
    assert CALLS * 1.04 <= asked(control) <= CALLS * 1.1


def test_while_the_register_is_down_nobody_waits_and_soon_after_it_is_up_calls_are_let_through(
    client: FolkeregisterClient, control: httpx.Client, simulator: str, number: str
) -> None:
    def ask() -> Outcome:
        return outcome_of(client, lambda client: client.person(WITH, number, {"navn"}))

    assert ask().value
    with faulted(simulator, "503", ["person"]):
        until(lambda: ask().ending.cause is Cause.BREAKER_OPEN)
        before = asked(control)
        shut = [ask() for _ in range(20)]
    assert {outcome.ending.error for outcome in shut} == {Unavailable}
    assert asked(control) - before <= 2
    until(lambda: ask().value, seconds=WELL_AGAIN_WITHIN)
