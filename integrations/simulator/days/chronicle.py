"""Lets time pass in the register: changes documents and writes the events to the journal."""

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

#: The most days of one call: ten years.
MOST_DAYS: Final = 3653


class Chronicle:
    """Changes the register and its journal. Thread-safe. restore() undoes all of it."""

    def __init__(self, register: Register, journal: Journal, seed: str) -> None:
        self._register = register
        self._journal = journal
        self._seed = seed
        self._lock = Lock()
        self._newcomers: list[str] = []

    @property
    def today(self) -> date:
        """The register's own date."""
        return self._journal.today

    def advance(self, days: int) -> None:
        """Lets days pass. The same days give the same happenings, in one call or several, unless somebody is put in
        between."""
        for _ in range(days):
            with self._lock:
                self._pass_day()

    def put(self, document: Document) -> str:
        """Puts in a person from outside, with the events between the old document and this one.

        Raises LookupError, TypeError or AttributeError for a text that is no person document.
        """
        with self._lock:
            return self.write(document)

    def restore(self) -> None:
        """Brings the register, its journal and its date back to the start."""
        with self._lock:
            self._register.restore()
            self._journal.restore()
            self._newcomers.clear()

    def write(self, document: Document, kind: str = "") -> str:
        """Writes a person's new document and returns their current number. kind: one event for all that differs."""
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
        """Merges two persons. document: that of the survivor, who also has the duplicate's number."""
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
