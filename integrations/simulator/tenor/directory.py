"""The index of the register as it is now. It is made at the first search, and follows the register after that."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import Any, Final

from integrations.simulator.days.events import Event
from integrations.simulator.days.journal import Journal
from integrations.simulator.register.register import Person, Register
from integrations.simulator.tenor.index import Index
from integrations.simulator.tenor.searchable import Subject

#: Of a larger register only the first persons are found, and everybody who was put in or changed since.
MOST_FOUNDERS: Final = 25_000


class Directory:
    """register, journal: the persons who can be found, and what happened to them."""

    def __init__(self, register: Register, journal: Journal) -> None:
        self._register = register
        self._journal = journal
        self._lock = Lock()
        self._index: Index | None = None
        self._created: dict[str, Event] = {}
        self._later: Mapping[str, Person] = {}
        self._happened: Mapping[str, list[Event]] = {}

    @contextmanager
    def opened(self) -> Iterator[Index]:
        """A context with the index as of now. No other thread has it meanwhile, so it does not change."""
        with self._lock:
            if self._index is None:
                self._index = self._made()
            self._follow(self._index)
            yield self._index

    def subject(self, number: str) -> Subject:
        """The person with this number. Raises KeyError for an unknown number."""
        created = self._created.get(number)
        events = self._happened.get(number, [])
        return Subject(self._register.document(number), [created, *events] if created else events)

    def _made(self) -> Index:
        index = Index()
        self._created = {event.number: event for event in islice(self._journal.since(0), self._founders())}
        for number in islice(self._register.numbers(), MOST_FOUNDERS):
            index.add(self.subject(number))
        index.settle()
        return index

    def _founders(self) -> int:
        return min(self._journal.founders, MOST_FOUNDERS)

    def _follow(self, index: Index) -> None:
        """Updates the index with everybody who has changed since the last time, also those who were restored."""
        later = {person.traits.number: person for person in self._register.later()}
        happened = self._events()
        changed = _differing(self._later, later) | _differing(self._happened, happened)
        changed |= {number for each in changed & self._later.keys() for number in self._later[each].traits.numbers}
        self._later, self._happened = later, happened
        for number in changed:
            self._renew(index, number)
        if changed:
            index.settle()

    def _events(self) -> Mapping[str, list[Event]]:
        happened = defaultdict(list)
        for event in self._journal.since(self._journal.founders):
            happened[event.number].append(event)
        return happened

    def _renew(self, index: Index, number: str) -> None:
        index.drop(number)
        person = self._register.find(number)
        if person:
            index.add(self.subject(person.traits.number))


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    return {number for number in before.keys() | now.keys() if before.get(number) != now.get(number)}
