"""The index: which persons have which value of which field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from integrations.simulator.tenor.conditions import condition, words_in
from integrations.simulator.tenor.fields import OWN_FIELDS
from integrations.simulator.tenor.fields.addresses import home_of
from integrations.simulator.tenor.fields.family import relations_of
from integrations.simulator.tenor.fields.kinds import Kind, Value
from integrations.simulator.tenor.household import HOUSEHOLD_FIELDS, Households
from integrations.simulator.tenor.queries import Check, Unreadable
from integrations.simulator.tenor.searchable import Subject

KINDS: Final = {name: field.kind for name, field in OWN_FIELDS.items()} | dict.fromkeys(HOUSEHOLD_FIELDS, Kind.FLAG)


@dataclass(frozen=True, slots=True)
class Relation:
    """owner, relative: persons of an index. name: what the relative is to the owner."""

    owner: int
    name: str
    relative: int


class Index:
    """Persons are numbered from 0 as they are added; a changed person is added again. Complete after settle().

    everyone: the persons who count. relations: between two who both count.
    """

    def __init__(self) -> None:
        self.everyone: set[int] = set()
        self.numbers: list[str] = []
        self.relations: dict[int, list[Relation]] = {}
        self._people: dict[str, int] = {}
        self._relatives: dict[int, list[tuple[str, str]]] = {}
        self._homes: dict[int, str] = {}
        self._sexes: dict[int, str] = {}
        self._holders: dict[str, defaultdict[Value, list[int]]] = {name: defaultdict(list) for name in OWN_FIELDS}
        self._columns = [(field, self._holders[name]) for name, field in OWN_FIELDS.items()]
        self._together: dict[str, set[int]] = {name: set() for name in HOUSEHOLD_FIELDS}

    def add(self, subject: Subject) -> None:
        """Adds a person, in place of the persons who had any of their numbers."""
        person = len(self.numbers)
        for row in subject.ever("identifikasjonsnummer"):
            self.drop(row["foedselsEllerDNummer"])
            self._people[row["foedselsEllerDNummer"]] = person
        self.everyone.add(person)
        self.numbers.append(subject.number)
        self._relatives[person] = relations_of(subject)
        self._homes[person] = home_of(subject)
        self._sexes[person] = subject.first("kjoenn").get("kjoenn", "")
        self._keep(person, subject)

    def drop(self, number: str) -> None:
        """Removes the person with this current or historical number, if there is one."""
        person = self.person(number)
        if person is not None:
            self.everyone.remove(person)

    def person(self, number: str) -> int | None:
        found = self._people.get(number)
        return found if found in self.everyone else None

    def settle(self) -> None:
        """Computes what needs more than one person: relations and households."""
        self.relations = {person: list(self._relations_of(person)) for person in self.everyone}
        households = Households(self._homes, self._sexes)
        self._together = {name: set() for name in HOUSEHOLD_FIELDS}
        for person, relations in self.relations.items():
            for name in households.fields_of(person, [(relation.name, relation.relative) for relation in relations]):
                self._together[name].add(person)

    def having(self, check: Check) -> set[int]:
        """The persons with such a value. Raises Unreadable for an unknown field, or a value it cannot have."""
        found: set[int] = set()
        for name in fields_named(check):
            holds = condition(KINDS[name], check)
            found.update(*(persons for value, persons in self._holders_of(name) if holds(value)))
        return found & self.everyone

    def household(self, person: int) -> dict[str, bool]:
        """The fields of a person that are not read from their own document."""
        return {name: person in those for name, those in sorted(self._together.items())}

    def _holders_of(self, name: str) -> Iterable[tuple[Value, Iterable[int]]]:
        """Every value of a field, with the persons who have it."""
        those = self._together.get(name)
        if those is None:
            return self._holders[name].items()
        return (True, those), (False, self.everyone - those)

    def _keep(self, person: int, subject: Subject) -> None:
        for field, holders in self._columns:
            for value in field.values(subject):
                holders[words_in(str(value)) if field.kind is Kind.TEXT else value].append(person)

    def _relations_of(self, person: int) -> Iterator[Relation]:
        for name, number in self._relatives[person]:
            relative = self.person(number)
            if relative is not None:
                yield Relation(person, name, relative)


def fields_named(check: Check) -> list[str]:
    """The fields that a check names: one, those that a name with wildcards matches, or all that can have a value
    without a field. Raises Unreadable."""
    if not check.field:
        return [name for name, kind in KINDS.items() if kind in {Kind.TEXT, Kind.WORD}]
    names = [name for name in KINDS if fnmatchcase(name, check.field)]
    if not names:
        raise Unreadable(check.place, "Ukjent felt.")
    return names
