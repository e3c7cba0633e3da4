"""The register in memory: the people as they were made, in all tiles, and those who were put in since."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import msgspec

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.register.criteria import ExtractCriteria, SearchCriteria
from integrations.simulator.register.indexes import Indexes
from integrations.simulator.register.matching import is_extracted, matches
from integrations.simulator.register.phonetics import sounds_like
from integrations.simulator.register.records import Record, record_of
from integrations.simulator.register.renaming import RenamedRecord, Renaming
from integrations.simulator.register.tiles import Selection, Tiles
from integrations.simulator.register.traits import Traits, traits_of


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the register."""

    record: Record
    traits: Traits

    def is_ceased(self, number: str) -> bool:
        """Whether this number or the whole person is out of use."""
        return number != self.traits.number or self.traits.status == "opphoert"


def person_of(document: Mapping[str, Any]) -> Person:
    """Raises KeyError or IndexError for a document without a number."""
    return Person(record_of(document), traits_of(document))


def numbers_in(base: Iterable[Person]) -> list[str]:
    """All numbers of these people: first the current ones, in the order of the people."""
    numbers = [person.traits.numbers for person in base]
    return [*(each[0] for each in numbers), *chain.from_iterable(each[1:] for each in numbers)]


@dataclass(slots=True)
class _PutIn:
    """The people who were put in. by_number: also by former numbers. hidden: the places of people whom they replace."""

    by_number: dict[str, Person] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def copied(self) -> "_PutIn":
        return _PutIn(dict(self.by_number), dict(self.people), set(self.hidden))

    def add(self, person: Person) -> None:
        replaced = {self.by_number[each].traits.number for each in person.traits.numbers if each in self.by_number}
        self.by_number |= dict.fromkeys(person.traits.numbers, person)
        self.people[person.traits.number] = person
        for number in replaced - {person.traits.number}:
            self.people.pop(number, None)


class Register:
    """The register. Several threads may read; put() replaces whole entries, so a reader sees the old or the new one."""

    def __init__(self, base: Sequence[Person], tiles: Tiles) -> None:
        """base: sorted by current number in the tiles."""
        self._tiles = tiles
        self._base = base
        self._indexes = Indexes([person.traits for person in self._base])
        self._owners = {number: at for at, person in enumerate(self._base) for number in person.traits.numbers}
        self._renamings = [Renaming(tiles, tile) for tile in range(tiles.count)]
        self._put_in = _PutIn()
        self._before: _PutIn | None = None

    def __len__(self) -> int:
        return self._tiles.count * len(self._base) - len(self._put_in.hidden) + len(self._put_in.people)

    def put(self, document: Mapping[str, Any]) -> str:
        """Adds or replaces a person and returns their current number. The document is whole, with history.

        Everybody who has one of the document's numbers is replaced by this person.
        """
        person = person_of(document)
        self._put_in.add(person)
        places = map(self._place, person.traits.numbers)
        self._put_in.hidden |= {place for place in places if place is not None}
        return person.traits.number

    def put_in(self, document: Mapping[str, Any]) -> str:
        """The same as put(), until restore()."""
        if self._before is None:
            self._before = self._put_in.copied()
        return self.put(document)

    def restore(self) -> None:
        """Removes everybody who was put in, and brings back those they replaced."""
        if self._before is not None:
            self._put_in, self._before = self._before, None

    def find(self, number: str) -> Person | None:
        """The person with this current or historical number; None for an unknown one."""
        later = self._put_in.by_number.get(number)
        place = None if later else self._place(number)
        if place is None:
            return later
        if place in self._put_in.hidden:
            return self._put_in.by_number.get(self._tiles.number(*divmod(place, len(self._base))))
        return self._person(place)

    def document(self, number: str) -> dict[str, Any]:
        """The whole document of a current or historical number, with history. Raises KeyError for an unknown one."""
        person = self.find(number)
        if person is None:
            raise KeyError
        document: dict[str, Any] = msgspec.json.decode(person.record.whole())
        return document

    def numbers(self) -> Sequence[str]:
        """The current numbers of everyone, in the order they came into the register."""
        return self._selected(range(len(self._base)), self._put_in.people.values())

    def everyone(self) -> Iterator[Traits]:
        """Each person once."""
        found = (self.find(number) for number in self.numbers())
        return (person.traits for person in found if person)

    def extract(self, package: RightsPackage, criteria: ExtractCriteria) -> Sequence[str]:
        """The current numbers of all who are in an extract."""
        positions = [at for at, person in enumerate(self._base) if is_extracted(person.traits, criteria, package)]
        later = [each for each in self.later() if is_extracted(each.traits, criteria, package)]
        return self._selected(positions, later)

    def search(self, package: RightsPackage, criteria: SearchCriteria) -> list[str]:
        """The current numbers of all who match, in the order they came into the register."""
        found = list(chain.from_iterable(self._found(package, criteria)))
        words = [_alternatives(word, criteria, self._words()) for word in criteria.words]
        later = [each for each in self.later() if matches(each.traits, criteria, words, package)]
        return [*found, *(person.traits.number for person in later)]

    def _found(self, package: RightsPackage, criteria: SearchCriteria) -> Iterator[list[str]]:
        """The matches, tile by tile. Without a name the same positions match in all tiles."""
        same = None if criteria.words else self._positions(package, criteria, self._renamings[0])
        for renaming in self._renamings:
            positions = self._positions(package, criteria, renaming) if same is None else same
            yield [self._tiles.number(renaming.tile, at) for at in self._visible(renaming.tile, positions)]

    def _positions(self, package: RightsPackage, criteria: SearchCriteria, renaming: Renaming) -> list[int]:
        here = [_alternatives(word, criteria, map(renaming.word, self._indexes.words)) for word in criteria.words]
        words = [frozenset(map(renaming.base_word, alternatives)) for alternatives in here]
        candidates = self._indexes.candidates(criteria, words)
        return [at for at in candidates if matches(self._base[at].traits, criteria, words, package)]

    def _words(self) -> Iterator[str]:
        """The words of the names of people who were put in."""
        return (word for each in self.later() for word in each.traits.words | each.traits.earlier_words)

    def later(self) -> list[Person]:
        """The people who were put in, as they are now."""
        return list(self._put_in.people.values())

    def _selected(self, positions: Sequence[int], later: Iterable[Person]) -> Selection:
        more = [person.traits.number for person in list(later)]
        if len(positions) == len(self._base) and not self._put_in.hidden:
            return Selection(self._tiles, range(len(self._base) * self._tiles.count), more)
        tiles = range(self._tiles.count)
        places = (tile * len(self._base) + at for tile in tiles for at in self._visible(tile, positions))
        return Selection(self._tiles, array("I", places), more)

    def _visible(self, tile: int, positions: Iterable[int]) -> Iterable[int]:
        """The positions without those whom somebody who was put in replaces."""
        hidden, start = self._put_in.hidden, tile * len(self._base)
        return (at for at in positions if start + at not in hidden) if hidden else positions

    def _place(self, number: str) -> int | None:
        """The position of the person with this number among the people of all tiles; None for an unknown one."""
        found = self._tiles.place(number)
        owner = self._owners.get(self._tiles.number(0, found[1])) if found else None
        return None if found is None or owner is None else found[0] * len(self._base) + owner

    def _person(self, place: int) -> Person:
        tile, position = divmod(place, len(self._base))
        person = self._base[position]
        if tile == 0:
            return person
        renaming = self._renamings[tile]
        return Person(RenamedRecord(person.record, renaming), renaming.traits(person.traits))


def _alternatives(word: str, criteria: SearchCriteria, vocabulary: Iterable[str]) -> frozenset[str]:
    """The words that count as the same as this one."""
    return frozenset({word}) | (sounds_like(word, vocabulary) if criteria.soekFonetisk else frozenset())
