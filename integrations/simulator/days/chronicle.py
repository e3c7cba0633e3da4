"""Lets time pass in the register: documents change, and the journal says so."""

from datetime import date, timedelta
from threading import Lock
from typing import Final

from integrations.simulator.days.changes import (
    CARRIED_ON,
    DUPLICATE,
    UPDATED,
    Change,
    Document,
    changes_between,
    created,
    single_change,
)
from integrations.simulator.days.happenings import pass_day
from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.journal import Journal
from integrations.simulator.population.population import random_from
from integrations.simulator.register.register import Register
from integrations.simulator.register.traits import traits_of

#: Ten years at most in one call.
MOST_DAYS: Final = 3653


class Chronicle:
    """Thread-safe; what it writes is gone with restore()."""

    def __init__(self, register: Register, journal: Journal, seed: str) -> None:
        self._register = register
        self._journal = journal
        self._seed = seed
        self._lock = Lock()
        self._newcomers: list[str] = []

    @property
    def today(self) -> date:
        """The register's own day."""
        return self._journal.today

    def advance(self, days: int) -> None:
        """The same days give the same happenings, in one go or several, as long as nobody is put in between."""
        for _ in range(days):
            with self._lock:
                self._pass_day()

    def put(self, document: Document) -> str:
        """Puts somebody in from outside, with the events that lie between the old document and this one.

        Raises LookupError, TypeError or AttributeError for what is no person document.
        """
        with self._lock:
            return self.write(document)

    def restore(self) -> None:
        """The register, its journal and its day as they were at the start."""
        with self._lock:
            self._register.restore()
            self._journal.restore()
            self._newcomers.clear()

    def write(self, document: Document, kind: str = "") -> str:
        """One person's new document; gives the current number. kind: one event for all that differs."""
        traits = traits_of(document)
        known = [person for person in map(self._register.find, (traits.number, *traits.numbers)) if person]
        before = self._register.document(known[0].traits.number) if known else None
        for person in known:
            self._journal.keep(person)
        self._register.put_in(document)
        if not known or known[0].traits.number != traits.number:
            self._newcomers.append(traits.number)
        for change in _changes(before, document, kind):
            self._journal.add(traits.number, change)
        return traits.number

    def merge(self, document: Document, duplicate: str) -> None:
        """The survivor's document, which holds the number of the duplicate as one of its own."""
        self.write(document, CARRIED_ON)
        self._journal.add(duplicate, Change(DUPLICATE, ()))

    def serial(self) -> int:
        return self._journal.length

    def _pass_day(self) -> None:
        today = self._journal.today + timedelta(days=1)
        self._journal.pass_to(today)
        random = random_from(f"{self._seed}:{today.isoformat()}")
        pass_day(Day(today, random, self._register, self._journal.first, self._newcomers, self))


def _changes(before: Document | None, after: Document, kind: str) -> list[Change]:
    if before is None:
        return [created(after)]
    if kind:
        return [single_change(kind, before, after)]
    return changes_between(before, after) or [Change(UPDATED, ())]
