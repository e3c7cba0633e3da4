"""Asking once more: when that is safe, how soon, and how often in all.

A party that struggles is not helped by every caller asking twice. A process may ask again for one in ten of its
calls, beside a small reserve, so that a process with few calls may do so too.
"""

import random
from threading import Lock
from typing import Final

from integrations.http.errors import Busy, Cause, PartyError, Refused, Unavailable

_LONGEST_PAUSE: Final = 0.15
_RANDOM: Final = random.SystemRandom()


class RetryBudget:
    """share: of a retry, earned by each call. reserve: retries in hand at the start, and never more than these."""

    def __init__(self, *, share: float = 0.1, reserve: float = 10.0) -> None:
        self._share = share
        self._most = reserve
        self._balance = reserve
        self._lock = Lock()

    def earn(self) -> None:
        with self._lock:
            self._balance = min(self._balance + self._share, self._most)

    def spend(self) -> bool:
        """Whether there is a retry left; then it is used."""
        with self._lock:
            affordable = self._balance >= 1
            self._balance -= 1 if affordable else 0
            return affordable


def pause_after(error: PartyError, *, repeatable: bool) -> float | None:
    """Seconds before the one retry, or None when there is to be none.

    repeatable: asking twice does no more than asking once. What never left us may be sent again in any case. The pause
    is drawn from its whole length, so that those who failed together do not come back together.
    """
    if isinstance(error, Refused):
        # Nothing was done, and the token may only have been withdrawn.
        return 0.0 if error.status == 401 and error.sent else None
    if error.sent and not repeatable:
        return None
    jitter = _RANDOM.uniform(0.0, _LONGEST_PAUSE)
    if isinstance(error, Busy):
        return error.retry_after + jitter
    return jitter if isinstance(error, Unavailable) or error.cause is Cause.TRUNCATED else None
