"""Every operation of the client against the simulated register while something is wrong there, all at the same time."""

import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Final

import httpx

from integrations.folkeregisteret.client import Deadlines, FolkeregisterClient
from integrations.folkeregisteret.errors import Cause, FolkeregisterError

#: Seconds for each operation. A fault that holds an answer back lasts longer, one that passes is over sooner.
WITHIN: Final = 1.0
HELD_BACK_MS: Final = 20_000
DEADLINES: Final = Deadlines(**{each.name: WITHIN for each in fields(Deadlines)})

Ask = Callable[[FolkeregisterClient], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one operation ended. told: everything an exception says of itself and of what led to it."""

    error: type[BaseException] | None
    cause: Cause | None
    value: object
    seconds: float
    told: str = ""


def outcome_of(client: FolkeregisterClient, ask: Ask) -> Outcome:
    begun = time.monotonic()
    try:
        value = ask(client)
    except Exception as error:
        seconds = time.monotonic() - begun
        cause = error.cause if isinstance(error, FolkeregisterError) else None
        return Outcome(type(error), cause, None, seconds, _everything_told(error))
    return Outcome(None, None, value, time.monotonic() - begun)


def _everything_told(error: Exception) -> str:
    lines = traceback.format_exception(error)
    return "".join([*lines, str(error), repr(error), repr(error.args), repr(vars(error))])


def at_once(clients: Mapping[str, tuple[FolkeregisterClient, Mapping[str, Ask]]]) -> dict[str, dict[str, Outcome]]:
    """Each operation of each door in a thread of its own: outcomes by door and operation."""
    asked = [(door, name, client, ask) for door, (client, asks) in clients.items() for name, ask in asks.items()]
    with ThreadPoolExecutor(len(asked)) as pool:
        ended = list(pool.map(lambda each: outcome_of(each[2], each[3]), asked))
    found: dict[str, dict[str, Outcome]] = {door: {} for door in clients}
    for (door, name, _client, _ask), outcome in zip(asked, ended, strict=True):
        found[door][name] = outcome
    return found


@contextmanager
def faulted(simulator: str, kind: str, operations: Iterator[str] | list[str]) -> Iterator[None]:
    """This kind of fault on every call of these operations, as the simulator names them."""
    with httpx.Client(base_url=simulator, timeout=10) as control:
        for operation in operations:
            fault = {"operation": operation, "kind": kind, "ms": HELD_BACK_MS if kind in HOLDING_BACK else 0}
            control.post("/_control/faults", json=fault).raise_for_status()
        yield
        control.delete("/_control/faults").raise_for_status()
        control.delete("/_control/extracts").raise_for_status()


HOLDING_BACK: Final = frozenset({"hang", "latency"})


class Heard(logging.Handler):
    """Every line that anybody logs, with whatever is attached to it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {vars(record)}")
