"""Only so many requests at once, and a short queue: whoever cannot be answered in time is told so in time."""

from collections import deque
from collections.abc import Callable
from threading import Event, Lock


class Admission:
    """Places for requests. First come, first served; nobody waits longer than `patience` seconds."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._free, self._most_waiting, self._patience = at_once, waiting, patience
        self._queue: deque[Event] = deque()
        self._lock = Lock()

    def enter(self) -> bool:
        """Whether there is a place. Whoever gets one must leave()."""
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
        """The place goes to who has waited longest."""
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1

    def _was_called(self, turn: Event) -> bool:
        """Out of patience. Called in the same moment, it has a place all the same."""
        with self._lock:
            if turn.is_set():
                return True
            self._queue.remove(turn)
            return False


class Tally:
    """Counts what happens too often for a line in the log each time. `say` gets the count, at most every `seconds`."""

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
