"""Every fault the simulated register can have, in every operation: the documented typed error, in time, saying nothing.

The faults are those of the simulator's own list, so that a new one cannot be forgotten here.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import httpx
import pytest

from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.breaker import Breaker
from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import (
    Busy,
    Cause,
    ExtractGone,
    Fault,
    FolkeregisterError,
    Refused,
    Unavailable,
    UnexpectedAnswer,
)
from integrations.folkeregisteret.transport import http_client
from integrations.simulator.faults import EVERY_OPERATION, KINDS, OPERATIONS
from tests.integrations.folkeregisteret.faulted import DEADLINES, WITHIN, Ask, Heard, Outcome, at_once, faulted
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services
from tests.waiting import until

WITH = RightsPackage.WITH_LEGAL_BASIS
#: What a page adds to a deadline: taking the answer apart, and a busy machine.
SLACK: Final = 0.5
CRITERIA = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
#: Asked for by these names, which must be found nowhere afterwards.
CANARY_NAME: Final = "KANARIFUGL"


class Expected(NamedTuple):
    error: type[FolkeregisterError]
    causes: frozenset[Cause]


def ends_as(error: type[FolkeregisterError], *causes: Cause) -> Expected:
    return Expected(error, frozenset(causes))


ENDS: Final[Mapping[str, Expected]] = {
    "latency": ends_as(Unavailable, Cause.TIMEOUT),
    "hang": ends_as(Unavailable, Cause.TIMEOUT),
    "drip": ends_as(Unavailable, Cause.TIMEOUT),
    "reset": ends_as(Unavailable, Cause.NO_CONNECTION),
    "500": ends_as(Unavailable, Cause.SERVER_ERROR),
    "502": ends_as(Unavailable, Cause.SERVER_ERROR),
    "503": ends_as(Unavailable, Cause.SERVER_ERROR),
    "401": ends_as(Refused, Cause.STATUS),
    "403": ends_as(Refused, Cause.STATUS),
    "429": ends_as(Busy, Cause.STATUS),
    "404": ends_as(UnexpectedAnswer, Cause.STATUS),
    "410": ends_as(ExtractGone, Cause.STATUS),
    "html": ends_as(UnexpectedAnswer, Cause.HTML),
    "truncated": ends_as(UnexpectedAnswer, Cause.TRUNCATED),
    "half": ends_as(UnexpectedAnswer, Cause.NOT_UNDERSTOOD),
    "empty": ends_as(UnexpectedAnswer, Cause.NOT_UNDERSTOOD),
    "wrong-type": ends_as(UnexpectedAnswer, Cause.NOT_UNDERSTOOD, Cause.ERROR_INSIDE),
    "redirect": ends_as(UnexpectedAnswer, Cause.REDIRECT),
}
#: Operations to which 404 is an answer: nobody, nothing, or not yet.
NOBODY: Final[Mapping[str, object]] = {"person": None, "search": [], "batch": None}
RETRYABLE_AND_WHOSE: Final[Mapping[type[FolkeregisterError], tuple[bool, Fault]]] = {
    Unavailable: (True, Fault.THEIRS),
    Busy: (True, Fault.OURS),
    Refused: (False, Fault.OURS),
    ExtractGone: (False, Fault.THEIRS),
    UnexpectedAnswer: (True, Fault.THEIRS),
}


@pytest.fixture(scope="module")
def source(simulator: str, running: Services) -> Iterator[TokenSource]:
    with http_client() as http:
        yield configured_tokens(running.environment, http)


@pytest.fixture(scope="module")
def number(simulator: str) -> str:
    cases = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    return next(str(case["number"]) for case in cases if case["case"] == "vanlig-familie")


@pytest.fixture(scope="module")
def clients(simulator: str, source: TokenSource) -> Iterator[dict[str, FolkeregisterClient]]:
    """One for each door. Each call is made, however many failed before it."""
    with http_client() as http:
        never = Breaker(failures=10**9)
        yield {
            "with": FolkeregisterClient(
                base_url=simulator, tokens=source, http=http, deadlines=DEADLINES, breaker=never
            )
        }


def asks(number: str, job: str) -> dict[str, Ask]:
    """By the names the simulator has for them."""
    return {
        "person": lambda client: client.person(WITH, number, {"navn", "historikk"}),
        "bulk": lambda client: client.bulk(WITH, [number], {"navn"}),
        "search": lambda client: client.search(WITH, SearchCriteria(navn=CANARY_NAME)),
        "extract": lambda client: client.order_extract(WITH, CRITERIA),
        "batch": lambda client: client.extract_batch(WITH, job, 0),
    }


def job_of(client: FolkeregisterClient) -> str:
    job = client.order_extract(WITH, CRITERIA)
    until(lambda: client.extract_batch(WITH, job, 0) is not None)
    return job


Everything = dict[str, tuple[FolkeregisterClient, dict[str, Ask]]]


@pytest.fixture
def everything(clients: dict[str, FolkeregisterClient], number: str) -> Everything:
    """Every operation of every door, with connections and tokens in hand and an extract that is ready."""
    return {door: (client, asks(number, job_of(client))) for door, client in clients.items()}


@pytest.fixture
def canaries(everything: Everything, number: str) -> set[str]:
    """What was asked, and what stands in the answers."""
    client = next(iter(everything.values()))[0]
    person = client.person(WITH, number, {"navn", "bostedsadresse"})
    assert person
    streets = {entry.vegadresse.adressenavn for entry in person.bostedsadresse if entry.vegadresse}
    families = {entry.etternavn for entry in person.navn}
    return {number, CANARY_NAME} | {text for text in streets | families if text}


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler, root = Heard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


def test_every_fault_and_every_operation_of_the_simulator_is_tried_here() -> None:
    assert set(ENDS) == KINDS
    assert set(asks("", "")) == OPERATIONS - {EVERY_OPERATION, "token", "sequence"}


def test_without_a_fault_every_operation_is_answered(
    everything: Everything,
) -> None:
    assert {outcome.error for door in at_once(everything).values() for outcome in door.values()} == {None}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_operation_ends_in_its_typed_error_in_time_and_says_nothing_personal(
    kind: str,
    simulator: str,
    everything: Everything,
    canaries: set[str],
    heard: Heard,
) -> None:
    operations = next(iter(everything.values()))[1]
    with faulted(simulator, kind, list(operations)):
        ended = at_once(everything)
    for outcomes in ended.values():
        assert {name: as_expected(kind, name, outcome) for name, outcome in outcomes.items()} == dict.fromkeys(
            operations, "as documented"
        )
        assert max(outcome.seconds for outcome in outcomes.values()) <= WITHIN + SLACK
        told = "".join(outcome.told for outcome in outcomes.values()) + "".join(heard.lines)
        assert sum(canary in told for canary in canaries) == 0


def as_expected(kind: str, operation: str, outcome: Outcome) -> str:
    """Says what was seen where that is not what is documented."""
    if kind == "404" and operation in NOBODY:
        right = outcome.error is None and outcome.value == NOBODY[operation]
    else:
        expected = ENDS[kind]
        right = outcome.error is expected.error and outcome.cause in expected.causes
    return "as documented" if right else f"{outcome.error} {outcome.cause}"


@pytest.mark.parametrize("error", RETRYABLE_AND_WHOSE, ids=lambda error: error.__name__)
def test_each_error_says_whether_to_retry_and_whose_fault_it_is(error: type[FolkeregisterError]) -> None:
    assert (error.retryable, error.fault) == RETRYABLE_AND_WHOSE[error]
