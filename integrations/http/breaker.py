"""A circuit breaker for one process: while a party is down, calls fail at once instead of waiting for a timeout."""

import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from statistics import median
from threading import Lock
from typing import Final

from integrations.http.errors import Cause, Unavailable

#: Of the answers of the last minutes so many at least must be known, and half of them take so long, to be called slow.
_LATELY: Final = 180.0
_FEWEST: Final = 5
_SLOW: Final = 1.5


class PartyState(StrEnum):
    """How a party has answered lately, as far as this process has asked."""

    WELL = "well"
    SLOW = "slow"
    DOWN = "down"


class Breaker:
    """Opens after `failures` calls in a row found the party unavailable. Then it lets one call through per `rest`
    (seconds)."""

    def __init__(self, *, failures: int = 5, rest: float = 2.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._rest = rest
        self._clock = clock
        self._lock = Lock()
        self._failed = 0
        self._next_trial = 0.0
        self._answers: deque[tuple[float, float]] = deque(maxlen=50)

    def check(self) -> None:
        """Raises Unavailable while the breaker is open, except for the caller who makes the trial call."""
        if self._failed >= self._limit and not self._may_try():
            raise Unavailable(Cause.BREAKER_OPEN)

    def succeeded(self, *, seconds: float | None = None) -> None:
        """seconds: how long the answer took, where there was one that says something about that."""
        self._failed = 0
        if seconds is not None:
            self._answers.append((self._clock(), seconds))

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._next_trial = self._clock() + self._rest

    def state(self) -> PartyState:
        """Asks nobody, and takes no trial from who asks. What is older than some minutes says nothing."""
        since = self._clock() - _LATELY
        if self._failed >= self._limit and self._next_trial > since:
            return PartyState.DOWN
        lately = [seconds for at, seconds in tuple(self._answers) if at > since]
        return PartyState.SLOW if len(lately) >= _FEWEST and median(lately) > _SLOW else PartyState.WELL

    def _may_try(self) -> bool:
        # The time is moved on; no trial is marked as under way. If this trial never ends, the next one still comes.
        with self._lock:
            due = self._clock() >= self._next_trial
            if due:
                self._next_trial = self._clock() + self._rest
            return due
