"""Admits a limited number of requests at once, with a short queue. Other requests are refused in time."""

from collections import deque
from collections.abc import Callable
from threading import Event, Lock


class Admission:
    """Places for requests, in order of arrival. A request waits for `patience` seconds at most."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._free, self._most_waiting, self._patience = at_once, waiting, patience
        self._queue: deque[Event] = deque()
        self._lock = Lock()

    def enter(self) -> bool:
        """Waits for a place and returns whether there was one. A caller who gets one must call leave()."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if len(self._queue) >= self._most_waiting:
                return False
            turn = Event()
            self._queue.append(turn)
        return turn.wait(self._patience) or self._was_called(turn)

    def leave(self) -> None:
        """Gives the place back; the request that has waited longest gets it."""
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1

    def _was_called(self, turn: Event) -> bool:
        """Ends the waiting. Returns True when the request got a place at this very moment after all."""
        with self._lock:
            if turn.is_set():
                return True
            self._queue.remove(turn)
            return False


class Tally:
    """Counts events that are too frequent for a log line each. `say` gets the count, at most once in `seconds`."""

    def __init__(self, say: Callable[[int], None], now: Callable[[], float], *, seconds: float = 1.0) -> None:
        self._say, self._now, self._seconds = say, now, seconds
        self._count, self._said_at = 0, float("-inf")
        self._lock = Lock()

    def add(self) -> None:
        with self._lock:
            self._count += 1
            if self._now() - self._said_at < self._seconds:
                return
            count, self._count, self._said_at = self._count, 0, self._now()
        self._say(count)
