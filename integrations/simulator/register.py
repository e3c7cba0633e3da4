"""The register in memory: records by every number they ever had, and what a search needs."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.criteria import SearchCriteria
from integrations.simulator.documents import document_of
from integrations.simulator.matching import matches
from integrations.simulator.people import Resident
from integrations.simulator.phonetics import sounds_like
from integrations.simulator.records import Record, record_of
from integrations.simulator.traits import Traits, traits_of

_Index = defaultdict[str, dict[str, None]]
_Kept = tuple[dict[str, "Person"], dict[str, "Person"], tuple[_Index, ...]]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the register keeps one."""

    record: Record
    traits: Traits

    def is_ceased(self, number: str) -> bool:
        """Whether this number is in use no more, or the whole person is not."""
        return number != self.traits.number or self.traits.status == "opphoert"


class Register:
    """Reads are safe from several threads; put() replaces whole entries, so a reader sees the old or the new one."""

    def __init__(self) -> None:
        self._by_number: dict[str, Person] = {}
        self._people: dict[str, Person] = {}
        self._by_word: _Index = defaultdict(dict)
        self._by_birthday: _Index = defaultdict(dict)
        self._by_kommune: _Index = defaultdict(dict)
        self._before: _Kept | None = None

    @classmethod
    def of(cls, residents: Iterable[Resident]) -> "Register":
        """Makes every document once. The collector is off meanwhile: nothing here ever becomes garbage."""
        register = cls()
        gc.disable()
        for resident in residents:
            register.put(document_of(resident))
        gc.freeze()
        gc.enable()
        return register

    def __len__(self) -> int:
        return len(self._people)

    def put(self, document: Mapping[str, Any]) -> str:
        """Adds or replaces a person; gives the current number. The document is whole, with history."""
        person = Person(record_of(document), traits_of(document))
        traits = person.traits
        for number in traits.numbers:
            self._by_number[number] = person
        for number in set(traits.numbers) - {traits.number}:
            # Whoever had it is this person, merged or with a new number.
            self._people.pop(number, None)
        for word in traits.words | traits.earlier_words:
            self._by_word[word][traits.number] = None
        for place in (*traits.homes, *traits.stays):
            self._by_kommune[place.kommune][traits.number] = None
        self._by_birthday[traits.born][traits.number] = None
        self._people[traits.number] = person
        return traits.number

    def put_in(self, document: Mapping[str, Any]) -> str:
        """As put(), until restore()."""
        if self._before is None:
            indexes = (self._by_word, self._by_birthday, self._by_kommune)
            self._before = dict(self._by_number), dict(self._people), tuple(_copied(index) for index in indexes)
        return self.put(document)

    def restore(self) -> None:
        """As it was before anybody was put in."""
        if self._before is not None:
            self._by_number, self._people, indexes = self._before
            self._by_word, self._by_birthday, self._by_kommune = indexes
            self._before = None

    def find(self, number: str) -> Person | None:
        """By a current or a historical number."""
        return self._by_number.get(number)

    def document(self, number: str) -> dict[str, Any]:
        """The whole document of a current or historical number, with history. Raises KeyError for an unknown one."""
        document: dict[str, Any] = msgspec.json.decode(self._by_number[number].record.whole())
        return document

    def numbers(self) -> Sequence[str]:
        """Everyone's current number, in the order they came into the register."""
        return list(self._people)

    def search(self, package: RightsPackage, criteria: SearchCriteria) -> list[str]:
        """The current numbers of all who match, in the order they came into the register."""
        people = map(self._people.get, self._candidates(criteria))
        candidates = (person.traits for person in people if person)
        words = [self._alternatives(word, criteria.soekFonetisk) for word in criteria.words]
        return [traits.number for traits in candidates if matches(traits, criteria, words, package)]

    def everyone(self) -> list[Traits]:
        """Each person once."""
        return [person.traits for person in list(self._people.values())]

    def _candidates(self, criteria: SearchCriteria) -> list[str]:
        """The numbers in the narrowest index that covers the criteria; all where none does."""
        if criteria.foedselsdato:
            return list(self._by_birthday.get(criteria.foedselsdato, ()))
        if criteria.words:
            alternatives = self._alternatives(criteria.words[0], criteria.soekFonetisk)
            return list({number: None for word in alternatives for number in list(self._by_word.get(word, ()))})
        if criteria.kommunenummer:
            return list(self._by_kommune.get(criteria.kommunenummer, ()))
        return list(self._people)

    def _alternatives(self, word: str, phonetic: bool) -> frozenset[str]:
        return frozenset({word}) | (sounds_like(word, list(self._by_word)) if phonetic else frozenset())


def _copied(index: _Index) -> _Index:
    return defaultdict(dict, {key: dict(numbers) for key, numbers in index.items()})
