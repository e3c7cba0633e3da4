"""Which of several clocks leads: a row that its holder counts up, and that others take when it stands still.

Each clock measures by its own monotonic clock how long the count has stood still, so neither a host whose time is wrong
nor a database whose time is set back moves a lease. A frozen leader counts nothing, whatever it holds; when it goes on,
it finds the row taken. For at most BEAT_SECONDS and one chore two may lead: every chore bears that.
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
    """One process's bid to lead. Raises what the database raises."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._me = uuid4()
        self._monotonic = monotonic
        self._sure_until = float("-inf")
        self._seen: Leadership | None = None
        self._seen_at = 0.0

    def leads(self) -> bool:
        """Whether this one leads now; asks the database when its last answer is older than BEAT_SECONDS."""
        now = self._monotonic()
        if now < self._sure_until:
            return True
        if self._beat() or self._found() or self._take_over(now):
            self._sure_until = now + BEAT_SECONDS
            return True
        return False

    def resign(self) -> None:
        """Lets another lead at once."""
        self._sure_until = float("-inf")
        Leadership.objects.filter(name=_NAME, holder=self._me).delete()

    def _beat(self) -> bool:
        return Leadership.objects.filter(name=_NAME, holder=self._me).update(beat=F("beat") + 1) == 1

    def _found(self) -> bool:
        """The row is made by whoever comes first; nobody has it twice."""
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
