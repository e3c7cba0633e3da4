"""Which of several clock processes leads: the leader counts up a row, and another takes the row when the count stops.

Each clock process measures with its own monotonic clock how long the count has not changed. So a wrong time on a host,
or a database whose time is set back, does not move the lease. A frozen leader does not count, and finds the row taken
when it wakes up. Two may lead for at most BEAT_SECONDS and one chore; every chore must be safe in that case.
"""

import time
from collections.abc import Callable
from uuid import uuid4

from django.db.models import F

from fiksreg.models import Leadership

BEAT_SECONDS = 1.5
LEASE_SECONDS = 8.0
_NAME = "clock"


class Candidacy:
    """One process's candidacy. Its methods raise the database's errors."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._me = uuid4()
        self._monotonic = monotonic
        self._sure_until = float("-inf")
        self._seen: Leadership | None = None
        self._seen_at = 0.0

    def leads(self) -> bool:
        """Whether this process leads now. Asks the database when its last answer is older than BEAT_SECONDS."""
        now = self._monotonic()
        if now < self._sure_until:
            return True
        if self._beat() or self._create_row() or self._take_over(now):
            self._sure_until = now + BEAT_SECONDS
            return True
        return False

    def resign(self) -> None:
        """Gives up the lead, so that another process can lead at once."""
        self._sure_until = float("-inf")
        Leadership.objects.filter(name=_NAME, holder=self._me).delete()

    def _beat(self) -> bool:
        return Leadership.objects.filter(name=_NAME, holder=self._me).update(beat=F("beat") + 1) == 1

    def _create_row(self) -> bool:
        """Creates the row if it does not exist. Returns whether this process created it, and so leads."""
        Leadership.objects.bulk_create([Leadership(name=_NAME, holder=self._me)], ignore_conflicts=True)
        return self._beat()

    def _take_over(self, now: float) -> bool:
        row = Leadership.objects.filter(name=_NAME).first()
        if row is None:
            return False
        if self._seen is None or (row.holder, row.beat) != (self._seen.holder, self._seen.beat):
            self._seen, self._seen_at = row, now
            return False
        if now - self._seen_at < LEASE_SECONDS:
            return False
        still = Leadership.objects.filter(name=_NAME, holder=row.holder, beat=row.beat)
        return still.update(holder=self._me, beat=F("beat") + 1) == 1
