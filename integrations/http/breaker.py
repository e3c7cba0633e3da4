"""A circuit breaker for one process: while a party is down, calls fail at once instead of waiting for a timeout."""

import time
from collections.abc import Callable
from threading import Lock

from integrations.http.errors import Cause, Unavailable


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

    def check(self) -> None:
        """Raises Unavailable while the breaker is open, except for the caller who makes the trial call."""
        if self._failed >= self._limit and not self._may_try():
            raise Unavailable(Cause.BREAKER_OPEN)

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._next_trial = self._clock() + self._rest

    def _may_try(self) -> bool:
        # The time is moved on; no trial is marked as under way. If this trial never ends, the next one still comes.
        with self._lock:
            due = self._clock() >= self._next_trial
            if due:
                self._next_trial = self._clock() + self._rest
            return due
