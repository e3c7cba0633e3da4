"""Retries: when a retry is safe, how soon it comes, and how many there are in all.

If every caller asked twice, a struggling party would get twice the load. Therefore a process may retry one in ten of
its calls, and has a small reserve so that a process with few calls may retry too.
"""

import random
from threading import Lock
from typing import Final

from integrations.http.errors import Busy, Cause, PartyError, Refused, Unavailable

_LONGEST_PAUSE: Final = 0.15
_RANDOM: Final = random.SystemRandom()


class RetryBudget:
    """The retries that a process has left. share: the part of a retry that each call earns. reserve: the retries at the
    start, which is also the most that can be saved up."""

    def __init__(self, *, share: float = 0.1, reserve: float = 10.0) -> None:
        self._share = share
        self._most = reserve
        self._balance = reserve
        self._lock = Lock()

    def earn(self) -> None:
        with self._lock:
            self._balance = min(self._balance + self._share, self._most)

    def spend(self) -> bool:
        """Uses one retry and returns True; returns False when none is left."""
        with self._lock:
            affordable = self._balance >= 1
            self._balance -= 1 if affordable else 0
            return affordable


def pause_after(error: PartyError, *, repeatable: bool) -> float | None:
    """The seconds to wait before the only retry; None when there must be no retry.

    repeatable: whether asking twice does no more than asking once. A request that was never sent may be repeated in any
    case. The pause is random, so that callers who failed together do not come back together.
    """
    if isinstance(error, Refused):
        # A 401 did nothing at the party, and perhaps only the token was withdrawn.
        return 0.0 if error.status == 401 and error.sent else None
    if error.sent and not repeatable:
        return None
    jitter = _RANDOM.uniform(0.0, _LONGEST_PAUSE)
    if isinstance(error, Busy):
        return error.retry_after + jitter
    return jitter if isinstance(error, Unavailable) or error.cause is Cause.TRUNCATED else None
