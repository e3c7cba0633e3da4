"""Faults that a test orders: late, broken or wrong answers of the register, Maskinporten or Tenor."""

import math
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import Any, Final

import msgspec

from integrations.simulator.doors.errorshapes import FIREWALL, SHAPES, error_answer
from integrations.simulator.problems import Answer, Problem, invalid

EVERY_OPERATION: Final = "*"
_OF_THE_REGISTER: Final = frozenset(
    {
        *("person", "bulk", "search", "unique", "archive", "archives"),
        *("extract", "batch", "sequence", "feed", "event", "events"),
    }
)
#: The names of the routes, the same behind every door, and in addition Maskinporten's addresses and Tenor.
OPERATIONS: Final = _OF_THE_REGISTER | {"token", "well-known", "jwks", "tenor", EVERY_OPERATION}
_LATENCY, _INSIDE = "latency", "error-inside"
_STATUSES: Final = frozenset({"400", "401", "403", "404", "406", "410", "429", "500", "502", "503"})
#: A 429 without Retry-After: an older page of the register notes that the header was missing.
_UNSAID: Final = "429-unsaid"
#: In an answer about many persons, the first document has nothing that can be read.
_ONE_UNREADABLE: Final = "one-unreadable"
#: The ways to spoil an answer: HTML, half of its JSON, values of other types, another content type, no body.
_SPOILT: Final = frozenset({"html", "half", "wrong-type", "content-type", "empty", "redirect", _ONE_UNREADABLE})
KINDS: Final = _STATUSES | _SPOILT | {_LATENCY, _INSIDE, _UNSAID, "hang", "drip", "truncated", "reset"}
_DRIPS: Final = 20
_HANG_MS: Final = 60_000
_WRONG: Final = b'{"identifikasjonsnummer":17,"oppslag":{"feil":true},"foedselsEllerDNummer":"feil","jobbId":[1]}'


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An ordered fault. count: for how many calls; None for every call until it is removed.

    ms: the delay of an answer (latency, hang), the pause between two drips, or Retry-After (429). shape: of an error,
    one of errorshapes.SHAPES; "" for the one that belongs to status and operation.
    """

    operation: str
    kind: str
    count: int | None = None
    ms: int = 0
    shape: str = ""

    def __post_init__(self) -> None:
        if self.operation not in OPERATIONS or self.kind not in KINDS or self.shape not in {"", *SHAPES}:
            raise ValueError("unknown operation, kind or shape")
        if self.ms < 0 or (self.count is not None and self.count < 1):
            raise ValueError("a figure below what makes sense")


@dataclass(slots=True)
class _Standing:
    fault: Fault
    left: float

    def meets(self, operation: str) -> bool:
        return self.fault.operation in (operation, EVERY_OPERATION)


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A bad answer. Its pieces may pause, or raise ConnectionResetError to break off."""

    answer: Answer
    pieces: Iterator[bytes] | None = None


class Faults:
    """The ordered faults. Thread-safe. Latencies add up; of the other kinds a call meets one, the oldest."""

    def __init__(self) -> None:
        self._standing: list[_Standing] = []
        self._lock = Lock()
        self._released = Event()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._standing.append(_Standing(fault, math.inf if fault.count is None else fault.count))

    def clear(self) -> None:
        """Removes all faults, and lets held calls go on."""
        with self._lock:
            self._standing.clear()
            self._released.set()
            self._released = Event()

    def standing(self) -> list[Fault]:
        return [standing.fault for standing in list(self._standing)]

    def before(self, operation: str) -> Fault | None:
        """Waits out the latencies. Returns the one other fault that this call meets. Raises Problem for an error
        status."""
        late, fault, released = self._take(operation)
        if fault and fault.kind == "hang":
            late += fault.ms or _HANG_MS
        if late:
            released.wait(late / 1000)
        error = _error(fault, operation) if fault else None
        if error:
            raise Problem(error)
        return fault

    def after(self, fault: Fault | None, answer: Answer, environ: dict[str, Any]) -> Disturbed:
        """The finished answer, spoiled as the fault says."""
        if fault is None or fault.kind == "hang":
            return Disturbed(answer)
        if fault.kind == "drip":
            return Disturbed(answer, self._drip(answer.body, fault.ms or 500))
        if fault.kind == "truncated":
            return Disturbed(answer, _break_off(answer.body))
        if fault.kind == "reset":
            _reset(environ)
        return Disturbed(_spoilt(fault.kind, answer))

    def _take(self, operation: str) -> tuple[int, Fault | None, Event]:
        """The milliseconds of all latencies, the one other fault, and the event that lets the call go on."""
        with self._lock:
            met = [standing for standing in self._standing if standing.meets(operation)]
            late = [standing for standing in met if standing.fault.kind == _LATENCY]
            other = [standing for standing in met if standing.fault.kind != _LATENCY][:1]
            for standing in late + other:
                standing.left -= 1
            self._standing = [standing for standing in self._standing if standing.left > 0]
            return sum(each.fault.ms for each in late), other[0].fault if other else None, self._released

    def _drip(self, body: bytes, pause_ms: int) -> Iterator[bytes]:
        released = self._released
        step = max(1, len(body) // _DRIPS)
        for start in range(0, len(body), step):
            yield body[start : start + step]
            released.wait(pause_ms / 1000)


def _error(fault: Fault, operation: str) -> Answer | None:
    """The answer for a fault that is an answer by itself; None for those that spoil the right answer."""
    if fault.kind == _INSIDE:
        return error_answer(200, operation, fault.shape)
    if fault.kind not in _STATUSES | {_UNSAID}:
        return None
    answer = error_answer(int(fault.kind.removesuffix("-unsaid")), operation, fault.shape)
    wait = (("Retry-After", str(fault.ms or 1000)),) if fault.kind == "429" else ()
    return replace(answer, headers=wait)


def _break_off(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    raise ConnectionResetError(104, "broken off on purpose")


def _reset(environ: dict[str, Any]) -> None:
    """Resets the connection: a close without linger is a reset. The server would close it in order, so it is done
    here."""
    connection: socket.socket = environ["gunicorn.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    raise ConnectionResetError(104, "reset on purpose")


def _spoilt(kind: str, answer: Answer) -> Answer:
    if kind == "html":
        return replace(FIREWALL, status=200)
    if kind == "content-type":
        return replace(answer, content_type="text/plain; charset=utf-8")
    if kind == "redirect":
        return Answer(302, b"", headers=(("Location", "http://127.0.0.1:9/innlogging"),))
    if kind == _ONE_UNREADABLE:
        return replace(answer, body=_with_one_unreadable(answer.body))
    body = {"half": answer.body[: len(answer.body) // 2], "wrong-type": _WRONG, "empty": b""}[kind]
    return replace(answer, body=body)


def _with_one_unreadable(body: bytes) -> bytes:
    answer = msgspec.json.decode(body)
    for one in answer.get("oppslag", [])[:1] if isinstance(answer, dict) else ():
        one["folkeregisterperson"] = ["?"]
    return msgspec.json.encode(answer)


def read_fault(body: bytes) -> Fault:
    """The fault in a body. Raises Problem 400."""
    try:
        return msgspec.json.decode(body, type=Fault)
    except msgspec.DecodeError as error:
        raise invalid(str(error)) from None
