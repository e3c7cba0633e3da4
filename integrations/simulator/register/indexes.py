"""Indexes: the places in the base of the people whom a search may match."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from integrations.simulator.register.criteria import SearchCriteria
from integrations.simulator.register.traits import Traits

_NOBODY: Final[Sequence[int]] = ()


class Indexes:
    """Positions by birthday, by word of a name and by kommune, in the order of the people."""

    def __init__(self, people: Sequence[Traits]) -> None:
        self._everyone = range(len(people))
        self._by_birthday: defaultdict[str, list[int]] = defaultdict(list)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._by_kommune: defaultdict[str, list[int]] = defaultdict(list)
        for position, traits in enumerate(people):
            self._add(position, traits)

    @property
    def words(self) -> Iterable[str]:
        """Every word of a name, in lower case."""
        return self._by_word.keys()

    def candidates(self, criteria: SearchCriteria, words: Sequence[frozenset[str]]) -> Iterable[int]:
        """The narrowest index that covers the criteria; everyone where none does. words: as the base has them."""
        if criteria.foedselsdato:
            return self._by_birthday.get(criteria.foedselsdato, _NOBODY)
        if words:
            return sorted({position for word in words[0] for position in self._by_word.get(word, _NOBODY)})
        if criteria.kommunenummer:
            return self._by_kommune.get(criteria.kommunenummer, _NOBODY)
        return self._everyone

    def _add(self, position: int, traits: Traits) -> None:
        self._by_birthday[traits.born].append(position)
        for word in traits.words | traits.earlier_words:
            self._by_word[word].append(position)
        for kommune in {place.kommune for place in (*traits.homes, *traits.stays)}:
            self._by_kommune[kommune].append(position)
