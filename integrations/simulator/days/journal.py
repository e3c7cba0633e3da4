"""The register's journal: the events in order, with the documents of each.

Everybody who is there at the start came in by one event each. Those events are not stored but made when they are asked
for, so that a register of any size starts at once.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

import msgspec

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.days.changes import (
    CONFIDENTIAL_KINDS,
    CREATED,
    DUPLICATE,
    PROTECTION,
    UPDATED,
    Change,
    Row,
    created,
)
from integrations.simulator.days.events import Event, Ids
from integrations.simulator.population.people import TODAY
from integrations.simulator.problems import Problem, invalid, not_found, too_old
from integrations.simulator.register.records import Record
from integrations.simulator.register.register import Person, Register

PAGE: Final = 1000
_YEARS_KEPT: Final = 3


@dataclass(frozen=True, slots=True)
class _Kept:
    """An event with its documents. person: None when the event has no person document."""

    event: Event
    entries: tuple[Row, ...]
    person: Record | None


class Journal:
    """The journal. Several threads may read; one at a time may write.

    first: the numbers of everybody at the start. today: the register's own date; events and documents more than 36
    months older are deleted. protection_is_open: whether the package without legal basis gets the events of protection.
    """

    def __init__(self, register: Register, seed: str, *, protection_is_open: bool = True) -> None:
        self.today = TODAY
        self._untold = CONFIDENTIAL_KINDS if protection_is_open else CONFIDENTIAL_KINDS | {PROTECTION}
        self.ids = Ids(seed)
        self._register = register
        self.first = register.numbers()
        self._size = len(self.first)
        self._kept: list[_Kept] = []
        self._originals: dict[str, Record] = {}
        self._order = 0

    @property
    def length(self) -> int:
        """The sequence number of the last event."""
        return self._size + len(self._kept)

    @property
    def founders(self) -> int:
        """How many came in at the start: the sequence number of the last of those events."""
        return self._size

    def since(self, sequence: int) -> Iterator[Event]:
        """Every event after that one, from old to new, also deleted ones."""
        return (self._event(each) for each in range(sequence + 1, self.length + 1))

    def last(self, package: RightsPackage) -> int:
        """The sequence number of the last event that this package gets; 0 when there is none."""
        return next((each.sequence for each in self._backwards() if self._is_told(each, package)), 0)

    def page(self, start: int, package: RightsPackage) -> list[Event]:
        """At most 1000 events, from start inclusive. Raises Problem 406 when start is deleted."""
        start = max(start, 1)
        if start < self._first_kept() and start <= self.length:
            raise too_old()
        events = (self._event(sequence) for sequence in range(start, self.length + 1))
        return list(islice((event for event in events if self._is_told(event, package)), PAGE))

    def document(self, document_id: str) -> dict[str, object] | None:
        """A thick event; None for an unknown id. Raises Problem 400 for a deleted one."""
        sequence = self._known("event", document_id)
        event = self._event(sequence) if sequence else None
        return event.thick(self.ids, self._entries(sequence)) if event and event.kind != UPDATED else None

    def archived(self, document_id: str) -> Record | None:
        """The person as that event left them; None for an unknown id. Raises Problem 400 for a deleted one."""
        sequence = self._known("person", document_id)
        if not sequence or sequence <= self._size:
            return self._original(self.first[sequence - 1]) if sequence else None
        return self._kept[sequence - self._size - 1].person

    def keep(self, person: Person) -> None:
        """Stores a person as they are, before they change for the first time."""
        self._originals.setdefault(person.traits.number, person.record)

    def add(self, number: str, change: Change) -> None:
        """Adds an event of today about a person. The register must already have the changed document."""
        person = None if change.kind == DUPLICATE else self._register.find(number)
        event = Event(self.length + 1, number, change.kind, self.today, self._order)
        self._order += 1
        self._kept.append(_Kept(event, change.entries, person.record if person else None))

    def pass_to(self, day: date) -> None:
        self.today, self._order = day, 0

    def restore(self) -> None:
        """Brings the journal back to the start. The register's restore() must be called too."""
        self.today, self._order = TODAY, 0
        self._kept, self._originals = [], {}

    def _event(self, sequence: int) -> Event:
        if sequence > self._size:
            return self._kept[sequence - self._size - 1].event
        return Event(sequence, self.first[sequence - 1], CREATED, TODAY, sequence)

    def _entries(self, sequence: int) -> tuple[Row, ...]:
        if sequence > self._size:
            return self._kept[sequence - self._size - 1].entries
        return created(msgspec.json.decode(self._original(self.first[sequence - 1]).whole())).entries

    def _original(self, number: str) -> Record:
        kept = self._originals.get(number)
        if kept:
            return kept
        person = self._register.find(number)
        if person is None:
            raise not_found()
        return person.record

    def _is_told(self, event: Event, package: RightsPackage) -> bool:
        return package is RightsPackage.WITH_LEGAL_BASIS or event.kind not in self._untold

    def _backwards(self) -> Iterator[Event]:
        return (self._event(sequence) for sequence in range(self.length, 0, -1))

    def _known(self, kind: str, document_id: str) -> int:
        """The sequence number behind an id; 0 for an unknown one. Raises Problem 400 for a deleted one."""
        sequence = self.ids.sequence(kind, document_id)
        if not 0 < sequence <= self.length:
            return 0
        if sequence < self._first_kept():
            raise _deleted()
        return sequence

    def _first_kept(self) -> int:
        """The lowest sequence number that is not deleted yet."""
        limit = _years_before(self.today)
        if limit <= TODAY:
            return 1
        return self._size + 1 + bisect_left(self._kept, limit, key=lambda kept: kept.event.day)


def _deleted() -> Problem:
    return invalid("Dokumentet er eldre enn 36 måneder og slettet.")


def _years_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - _YEARS_KEPT, day=28 if leap else day.day)
