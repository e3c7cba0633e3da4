"""Every fault the simulated register can have, in every operation at every door: the documented error, in time, mute.

The faults and the operations are those of the simulator's own lists, so that a new one cannot be forgotten here.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import DocumentGone, ExtractGone, FeedTooOld
from integrations.http.breaker import Breaker
from integrations.http.errors import Busy, Cause, Fault, InvalidRequest, Refused, Unavailable, UnexpectedAnswer
from integrations.http.retries import RetryBudget
from integrations.http.transport import http_client
from integrations.maskinporten.tokens import TokenSource
from integrations.simulator.doors.errorshapes import SHAPES
from integrations.simulator.doors.faults import EVERY_OPERATION, KINDS, OPERATIONS
from tests.integrations.folkeregisteret.asked import CANARY_NAME, WITH, Known, asks, doors, job_of, known_in
from tests.integrations.folkeregisteret.faulted import (
    DEADLINES,
    SLACK,
    WITHIN,
    Asking,
    Ending,
    Outcome,
    at_once,
    faulted,
    listening_in,
)
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services

ELSEWHERE: Final = {EVERY_OPERATION, "token", "well-known", "jwks", "tenor"}
TIMEOUT = Ending(Unavailable, Cause.TIMEOUT, True, Fault.THEIRS)
CUT = Ending(Unavailable, Cause.NO_CONNECTION, True, Fault.THEIRS)
DOWN = Ending(Unavailable, Cause.SERVER_ERROR, True, Fault.THEIRS)
BUSY = Ending(Busy, Cause.STATUS, True, Fault.OURS)
REFUSED = Ending(Refused, Cause.STATUS, False, Fault.OURS)
WRONG_ADDRESS = Ending(UnexpectedAnswer, Cause.STATUS, False, Fault.OURS)
GARBLED = Ending(UnexpectedAnswer, Cause.NOT_UNDERSTOOD, True, Fault.THEIRS)

ENDS: Final[Mapping[str, Ending]] = {
    "latency": TIMEOUT,
    "hang": TIMEOUT,
    "drip": TIMEOUT,
    "reset": CUT,
    "500": DOWN,
    "502": DOWN,
    "503": DOWN,
    "429": BUSY,
    "429-unsaid": BUSY,
    "400": Ending(InvalidRequest, Cause.STATUS, False, Fault.CALLERS),
    "401": REFUSED,
    "403": REFUSED,
    "404": WRONG_ADDRESS,
    "406": WRONG_ADDRESS,
    "410": WRONG_ADDRESS,
    "html": Ending(UnexpectedAnswer, Cause.HTML, True, Fault.THEIRS),
    "content-type": Ending(UnexpectedAnswer, Cause.CONTENT_TYPE, True, Fault.THEIRS),
    "redirect": Ending(UnexpectedAnswer, Cause.REDIRECT, False, Fault.OURS),
    "truncated": Ending(UnexpectedAnswer, Cause.TRUNCATED, True, Fault.THEIRS),
    "half": GARBLED,
    "empty": GARBLED,
    "wrong-type": GARBLED,
    "one-unreadable": Ending(),
}
#: Tried by itself, in each shape: what is seen of it depends on the operation.
INSIDE: Final = "error-inside"
SEEN_INSIDE: Final = frozenset({Cause.ERROR_INSIDE, Cause.NOT_UNDERSTOOD})
#: What a status means to the operations that expect it.
MEANS: Final[Mapping[tuple[str, str], Ending]] = {
    **{("404", operation): Ending() for operation in ("person", "search", "unique", "batch", "event", "archive")},
    ("410", "batch"): Ending(ExtractGone, Cause.STATUS, False, Fault.THEIRS),
    # What is of another type is a hole, and a document without a number is nobody's.
    **{
        ("wrong-type", operation): Ending(UnexpectedAnswer, Cause.ERROR_INSIDE, True, Fault.THEIRS)
        for operation in ("person", "unique", "archive")
    },
    # Half of a bare number is a number.
    ("half", "sequence"): Ending(),
    ("406", "feed"): Ending(FeedTooOld, Cause.STATUS, False, Fault.CALLERS),
    **{
        ("400", operation): Ending(DocumentGone, Cause.STATUS, False, Fault.CALLERS)
        for operation in ("event", "archive")
    },
}
#: Shapes of what stands before the register: a 404 of these is about the address, never about the person.
FOREIGN: Final = frozenset({"fiks", "oauth"})
NOBODY: Final[tuple[object, ...]] = (None, [])


@pytest.fixture(scope="module")
def source(simulator: str, running: Services) -> Iterator[TokenSource]:
    with http_client() as http:
        yield configured_tokens(running.environment, http)


@pytest.fixture(scope="module")
def clients(simulator: str, source: TokenSource) -> Iterator[dict[str, FolkeregisterClient]]:
    """One for each door. Each call is made, however many failed before it, and only once more where that is safe."""
    with http_client() as http:
        yield {
            name: FolkeregisterClient(
                door=door,
                tokens=source,
                http=http,
                deadlines=DEADLINES,
                breaker=Breaker(failures=10**9),
                retries=RetryBudget(share=1.0),
            )
            for name, door in doors(simulator).items()
        }


@pytest.fixture(scope="module")
def known(simulator: str, clients: dict[str, FolkeregisterClient]) -> Known:
    return known_in(simulator, clients["skatteetaten"])


@pytest.fixture
def everything(clients: dict[str, FolkeregisterClient], known: Known) -> list[Asking]:
    """Every operation through every door in every package, with tokens in hand and an extract that is ready."""
    job = job_of(clients["skatteetaten"])
    return [
        Asking(f"{name} {package}", operation, client, ask)
        for name, client in clients.items()
        for package in RightsPackage
        for operation, ask in asks(package, known, job).items()
    ]


@pytest.fixture(scope="module")
def canaries(clients: dict[str, FolkeregisterClient], known: Known) -> set[str]:
    """What is asked, and what stands in the answers."""
    person = clients["skatteetaten"].person(WITH, known.number, {"bostedsadresse"})
    assert person
    streets = {entry.vegadresse.adressenavn for entry in person.bostedsadresse if entry.vegadresse}
    return {known.number, CANARY_NAME, *known.name.split(), *filter(None, streets)}


def test_every_fault_and_every_operation_of_the_simulator_is_tried_here(everything: list[Asking]) -> None:
    assert set(ENDS) | {INSIDE} == KINDS
    assert {asking.operation for asking in everything} == OPERATIONS - ELSEWHERE


def test_without_a_fault_every_operation_is_answered(everything: list[Asking]) -> None:
    assert {outcome.ending for outcome in at_once(everything).values()} == {Ending()}


@pytest.mark.parametrize("kind", sorted(ENDS))
def test_every_operation_ends_as_documented_in_time_and_says_nothing_personal(
    kind: str, simulator: str, everything: list[Asking], canaries: set[str]
) -> None:
    operations = {asking.operation for asking in everything}
    with listening_in() as logged, faulted(simulator, kind, operations):
        ended = at_once(everything)
    assert {key: outcome.ending for key, outcome in ended.items()} == {key: expected(kind, key[1]) for key in ended}
    assert all(
        outcome.value in NOBODY for (_, name), outcome in ended.items() if (kind, name) in MEANS and kind != "half"
    )
    assert max(outcome.seconds for outcome in ended.values()) <= WITHIN + SLACK
    assert sum(canary in said(ended, logged) for canary in canaries) == 0


def expected(kind: str, operation: str) -> Ending:
    return MEANS.get((kind, operation), ENDS[kind])


def said(ended: Mapping[tuple[str, str], Outcome], logged: list[str]) -> str:
    return "".join(outcome.told for outcome in ended.values()) + "".join(logged)


@pytest.mark.parametrize("shape", sorted(SHAPES - {"html"}))
def test_an_error_is_one_in_any_shape_and_its_status_tells_which(
    shape: str, simulator: str, everything: list[Asking]
) -> None:
    with faulted(simulator, INSIDE, {asking.operation for asking in everything}, shape=shape):
        inside = at_once(everything)
    assert {key for key, outcome in inside.items() if outcome.ending.error is not UnexpectedAnswer} == set()
    assert {outcome.ending.cause for outcome in inside.values()} <= SEEN_INSIDE
    persons = [asking for asking in everything if asking.operation == "person"]
    for status in ("400", "401", "403", "404", "410", "429", "500"):
        with faulted(simulator, status, ["person"], shape=shape):
            ended = at_once(persons)
        foreign = status == "404" and shape in FOREIGN
        assert {outcome.ending for outcome in ended.values()} == {
            WRONG_ADDRESS if foreign else expected(status, "person")
        }
