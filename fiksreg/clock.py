"""The clock process: a loop that does the chores that are due without anybody's request.

Any number of clocks may run. The leader (leadership.py) works and the others stand by. A failed chore is logged and
tried again at its next turn. Chores go on as soon as a lost database or queue is back.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, InterfaceError, connections

from citizenlists import sweeper
from fiksreg.leadership import Candidacy
from lookup import sealedreferences
from roles.audit import checkpoints
from roles.login import breakglass
from roles.people import opensessions
from roles.reviews import reminders

logger = logging.getLogger(__name__)

T = TypeVar("T")

TICK_SECONDS = 0.5


@dataclass(slots=True)
class Chore:
    """Something to do every so many seconds. It must be safe to do twice and to kill in the middle."""

    name: str
    every: float
    run: Callable[[], object]
    due_at: float = field(default=0.0)

    def run_if_due(self, now: float) -> None:
        """Runs the chore when it is due at `now`. A failure is logged, never raised."""
        if now < self.due_at:
            return
        self.due_at = now + self.every
        try:
            self.run()
        except (DatabaseError, InterfaceError):
            logger.warning("%s: the database cannot be reached", self.name)
            connections.close_all()
        except Exception:
            logger.exception("%s failed", self.name)


def chores() -> list[Chore]:
    """All chores of the clock."""
    return [
        Chore("call workers", 0.5, sweeper.relay),
        Chore("call helpers", 1, sweeper.call_helpers),
        Chore("send notices", 5, sweeper.send_notices),
        Chore("run schedules", 30, sweeper.run_schedules),
        Chore("rescue orders", 3, sweeper.sweep),
        Chore("expire lists", 15, sweeper.expire),
        Chore("clear files", 60, sweeper.clear),
        Chore("forget references", 60, sealedreferences.forget_expired),
        Chore("sign checkpoints", 5, checkpoints.sign_due),
        Chore("remind reviewers", 60, reminders.mark_due),
        Chore("close break-glass", 15, breakglass.close_lapsed),
        Chore("clear sessions", 3600, SessionStore.clear_expired),
        Chore("forget logins", 600, opensessions.forget_ended),
    ]


def run(chores: Sequence[Chore], stop: threading.Event) -> None:
    """Runs due chores until `stop` is set, and then gives up the lead."""
    candidacy = Candidacy()
    while not stop.wait(TICK_SECONDS):
        tick(chores, candidacy)
    _from_the_database(candidacy.resign)


def tick(chores: Sequence[Chore], candidacy: Candidacy) -> bool:
    """Runs the due chores if this clock leads. Returns whether it leads."""
    for chore in chores:
        if not _from_the_database(candidacy.leads):
            return False
        chore.run_if_due(time.monotonic())
    return bool(_from_the_database(candidacy.leads))


def _from_the_database(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except (DatabaseError, InterfaceError):
        logger.warning("the database cannot be reached")
        connections.close_all()
        return None
