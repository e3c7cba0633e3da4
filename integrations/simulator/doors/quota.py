"""The limit of calls from one address in a minute, over all doors (contract section 1.8)."""

from collections.abc import Callable
from threading import Lock
from typing import Final

from integrations.simulator.problems import too_many

_MINUTE: Final = 60.0


class Quota:
    """Counts calls. Thread-safe. A minute begins with the first call after the previous one ended. clock: seconds,
    monotonic."""

    def __init__(self, a_minute: int, clock: Callable[[], float]) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._minutes: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def take(self, address: str) -> None:
        """Counts one call. Raises Problem 429 with the milliseconds until the next minute."""
        now = self._clock()
        with self._lock:
            began, taken = self._minutes.get(address, (now, 0))
            if now - began >= _MINUTE:
                began, taken = now, 0
            if taken >= self._a_minute:
                raise too_many(int((began + _MINUTE - now) * 1000) + 1)
            self._minutes[address] = began, taken + 1

    def clear(self) -> None:
        with self._lock:
            self._minutes.clear()
