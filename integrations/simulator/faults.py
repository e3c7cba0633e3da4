"""Faults that a test orders beforehand: late, broken or wrong answers of the register or of Maskinporten."""

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import Any, Final

import msgspec

from integrations.simulator.problems import Answer, Problem, invalid, service_failed, too_many, unauthenticated

EVERY_OPERATION: Final = "*"
OPERATIONS: Final = frozenset(
    {"person", "bulk", "search", "extract", "batch", "sequence", "token", EVERY_OPERATION},
)
_LATENCY: Final = "latency"
_STATUSES: Final = frozenset({"401", "403", "404", "410", "429", "500", "502", "503"})
KINDS: Final = _STATUSES | {
    _LATENCY,
    "hang",
    "drip",
    "html",
    "truncated",
    "half",
    "wrong-type",
    "empty",
    "redirect",
    "reset",
}
_DRIPS: Final = 20
_HANG_MS: Final = 60_000
_FIREWALL: Final = (
    b"<html><head><title>Request Rejected</title></head><body>Your support ID is: 1234567890</body></html>"
)
_WRONG: Final = b'{"identifikasjonsnummer":17,"oppslag":{"feil":true},"foedselsEllerDNummer":"feil","jobbId":[1]}'


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """count: how many calls it still stands for, None for every call until it is taken away.

    ms: how long an answer is late (latency, hang), the pause between two drips, or Retry-After (429).
    """

    operation: str
    kind: str
    count: int | None = None
    ms: int = 0

    def __post_init__(self) -> None:
        if self.operation not in OPERATIONS or self.kind not in KINDS or self.ms < 0 or (self.count or 1) < 1:
            raise ValueError("unknown operation or kind, or a figure below what makes sense")


@dataclass(frozen=True, slots=True)
class Disturbed:
    """An answer to be sent badly: pieces may pause, or raise ConnectionResetError to break off."""

    answer: Answer
    pieces: Iterator[bytes] | None = None


class Faults:
    """Thread-safe. Latencies that stand add up; of the other kinds a call meets one, the oldest."""

    def __init__(self) -> None:
        self._standing: list[Fault] = []
        self._lock = Lock()
        self._released = Event()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._standing.append(fault)

    def clear(self) -> None:
        """Takes all away, and lets go the calls that are held back."""
        with self._lock:
            self._standing.clear()
            self._released.set()
            self._released = Event()

    def standing(self) -> list[Fault]:
        return list(self._standing)

    def before(self, operation: str) -> Fault | None:
        """Waits out the latencies; gives the one other fault this call meets. Raises Problem for an error status."""
        late, fault, released = self._take(operation)
        if fault and fault.kind == "hang":
            late += fault.ms or _HANG_MS
        if late:
            released.wait(late / 1000)
        if fault and fault.kind in _STATUSES:
            raise _error(fault)
        return fault

    def after(self, fault: Fault | None, answer: Answer, environ: dict[str, Any]) -> Disturbed:
        """Spoils the finished answer as the fault says."""
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
        with self._lock:
            met: Fault | None = None
            late = 0
            for place, fault in enumerate(list(self._standing)):
                if fault.operation not in (operation, EVERY_OPERATION) or (met and fault.kind != _LATENCY):
                    continue
                late += fault.ms if fault.kind == _LATENCY else 0
                met = met if fault.kind == _LATENCY else fault
                self._standing[place] = _used(fault)
            self._standing = [fault for fault in self._standing if fault.count != 0]
            return late, met, self._released

    def _drip(self, body: bytes, pause_ms: int) -> Iterator[bytes]:
        released = self._released
        step = max(1, len(body) // _DRIPS)
        for start in range(0, len(body), step):
            yield body[start : start + step]
            released.wait(pause_ms / 1000)


def _used(fault: Fault) -> Fault:
    return fault if fault.count is None else msgspec.structs.replace(fault, count=fault.count - 1)


def _error(fault: Fault) -> Problem:
    if fault.kind == "429":
        return too_many(fault.ms or 1000)
    return unauthenticated() if fault.kind == "401" else service_failed(int(fault.kind))


def _break_off(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    raise ConnectionResetError(104, "broken off on purpose")


def _reset(environ: dict[str, Any]) -> None:
    """The server closes the connection when this is raised; with no time to linger that becomes a reset."""
    connection: socket.socket = environ["gunicorn.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise ConnectionResetError(104, "reset on purpose")


def _spoilt(kind: str, answer: Answer) -> Answer:
    if kind == "html":
        return Answer(200, _FIREWALL, "text/html; charset=utf-8")
    if kind == "redirect":
        return Answer(302, b"", headers=(("Location", "http://127.0.0.1:9/innlogging"),))
    body = {"half": answer.body[: len(answer.body) // 2], "wrong-type": _WRONG, "empty": b""}[kind]
    return replace(answer, body=body)


def read_fault(body: bytes) -> Fault:
    """Raises Problem 400."""
    try:
        return msgspec.json.decode(body, type=Fault)
    except msgspec.DecodeError as error:
        raise invalid(str(error)) from None
