"""A circuit breaker for one process: while a party is down, nobody waits for a timeout to be told so."""

import time
from collections.abc import Callable
from threading import Lock

from integrations.http.errors import Cause, Unavailable


class Breaker:
    """Opens after so many calls in a row found the party unavailable; then one trial call per rest (seconds)."""

    def __init__(self, *, failures: int = 5, rest: float = 2.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._rest = rest
        self._clock = clock
        self._lock = Lock()
        self._failed = 0
        self._next_trial = 0.0

    def check(self) -> None:
        """Raises Unavailable while open, except to the caller who is to try."""
        if self._failed >= self._limit and not self._may_try():
            raise Unavailable(Cause.BREAKER_OPEN)

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._next_trial = self._clock() + self._rest

    def _may_try(self) -> bool:
        # Moving the time on, not marking a trial as under way: should this one never end, the next is let through.
        with self._lock:
            due = self._clock() >= self._next_trial
            if due:
                self._next_trial = self._clock() + self._rest
            return due
