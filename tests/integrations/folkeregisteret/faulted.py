"""The simulated register with a fault, and the outcome of every operation of the client."""

import logging
import time
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache
from typing import Final, NamedTuple

import httpx

from integrations.folkeregisteret.client import Deadlines, FolkeregisterClient
from integrations.http.errors import Cause, Fault, PartyError
from tests.integrations.folkeregisteret.asked import Ask

#: Seconds for each operation. A fault that holds an answer back lasts longer.
WITHIN: Final = 1.0
#: What a caller may notice beside: taking the answer apart, and a busy machine.
SLACK: Final = 2.0
DEADLINES: Final = Deadlines(**{each.name: WITHIN for each in fields(Deadlines)})
_HELD_BACK: Final = frozenset({"hang", "latency"})
_HELD_BACK_MS: Final = 20_000


class Ending(NamedTuple):
    """How an operation ended, as a caller sees it. error is None where an answer came."""

    error: type[BaseException] | None = None
    cause: Cause | None = None
    retryable: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an operation. told: the texts of the exception and of its causes."""

    ending: Ending
    seconds: float
    value: object = None
    told: str = ""


def outcome_of(client: FolkeregisterClient, ask: Ask) -> Outcome:
    begun = time.monotonic()
    try:
        value = ask(client)
    except Exception as error:
        seconds = time.monotonic() - begun
        return Outcome(_ending(error), seconds, told=_everything_told(error))
    return Outcome(Ending(), time.monotonic() - begun, value)


def _ending(error: Exception) -> Ending:
    if isinstance(error, PartyError):
        return Ending(type(error), error.cause, error.retryable, error.fault)
    return Ending(type(error))


def _everything_told(error: Exception) -> str:
    lines = traceback.format_exception(error)
    return "".join([*lines, str(error), repr(error), repr(error.args), repr(vars(error))])


class Asking(NamedTuple):
    """One operation through one door."""

    where: str
    operation: str
    client: FolkeregisterClient
    ask: Ask


def at_once(asking: Iterable[Asking]) -> dict[tuple[str, str], Outcome]:
    """Each in a thread of its own; outcomes by door and operation."""
    every = list(asking)
    with ThreadPoolExecutor(len(every)) as pool:
        ended = pool.map(lambda each: outcome_of(each.client, each.ask), every)
        return {(each.where, each.operation): outcome for each, outcome in zip(every, ended, strict=True)}


@contextmanager
def faulted(simulator: str, kind: str, operations: Iterable[str], *, shape: str = "") -> Iterator[None]:
    """This kind of fault on every call of these operations, as the simulator names them."""
    control = _control()
    held_back = _HELD_BACK_MS if kind in _HELD_BACK else 0
    for operation in operations:
        fault = {"operation": operation, "kind": kind, "ms": held_back, "shape": shape}
        control.post(f"{simulator}/_control/faults", json=fault).raise_for_status()
    yield
    for what in ("faults", "extracts"):
        control.delete(f"{simulator}/_control/{what}").raise_for_status()


@cache
def _control() -> httpx.Client:
    return httpx.Client(timeout=10)


@contextmanager
def listening_in() -> Iterator[list[str]]:
    """Every line that anybody logs meanwhile, with whatever is attached to it."""
    heard, root = _Heard(logging.DEBUG), logging.getLogger()
    before = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    try:
        yield heard.lines
    finally:
        root.setLevel(before)
        root.removeHandler(heard)


class _Heard(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {vars(record)}")
