"""The differences between the people of a further tile and those of the base: numbers, names, and the dwelling within
the house."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.population.names import FAMILY, GIVEN
from integrations.simulator.register.records import Record
from integrations.simulator.register.tiles import Tiles
from integrations.simulator.register.traits import Traits

#: What differs: a number, a name, or a dwelling (kind of storey, storey, and running number).
_CHANGING: Final = re.compile(
    rb'"(?:(\d{11})"|((?:fornavn|mellomnavn|etternavn|forkortetNavn|postbokseier)":")([^"]*)'
    rb'|(bruksenhetsnummer":"[A-Z]\d\d)(\d\d))'
)
_NUMBER, _NAME, _DWELLING = 1, 3, 5
_WORD: Final = re.compile(rb"[^ *]+")
_LONGEST_SHORT_NAME: Final = 40
#: The dwellings of a storey that the base uses, and the most there may be.
_BASE_DWELLINGS, _MOST_DWELLINGS = 2, 98


class Renaming:
    """The renaming of one tile. Tile 0 is the base, and changes nothing."""

    def __init__(self, tiles: Tiles, tile: int) -> None:
        self.tile = tile
        self._tiles = tiles
        self._words = _turned(GIVEN, tile) | _turned(FAMILY, 2 * tile)
        self._encoded = {base.encode(): word.encode() for base, word in self._words.items()}
        self._lower = {base.lower(): word.lower() for base, word in self._words.items()}
        self._base = {word: base for base, word in self._lower.items()}

    def word(self, base: str) -> str:
        """The word of this tile for a word of a name (in lower case) of the base."""
        return self._lower.get(base, base)

    def base_word(self, word: str) -> str:
        """The word of the base for a word (in lower case) of this tile."""
        return self._base.get(word, word)

    def document(self, base: bytes) -> bytes:
        """JSON about people of the base, changed to be about those of this tile."""
        return _CHANGING.sub(self._changed, base)

    def traits(self, base: Traits) -> Traits:
        numbers = tuple(map(self._number, base.numbers))
        words, earlier = (frozenset(map(self.word, words)) for words in (base.words, base.earlier_words))
        return replace(base, number=numbers[0], numbers=numbers, words=words, earlier_words=earlier)

    def _number(self, base: str) -> str:
        slot = self._tiles.slot(base)
        return base if slot is None else self._tiles.number(self.tile, slot)

    def _changed(self, match: re.Match[bytes]) -> bytes:
        if match.lastindex == _NUMBER:
            return b'"%b"' % self._number(match[_NUMBER].decode()).encode()
        if match.lastindex == _NAME:
            return b'"%b%b' % (match[2], self._name(match[2], match[_NAME]))
        return b'"%b%02d' % (match[4], (int(match[_DWELLING]) + self.tile * _BASE_DWELLINGS) % _MOST_DWELLINGS)

    def _name(self, key: bytes, name: bytes) -> bytes:
        renamed = _WORD.sub(lambda word: self._encoded.get(word[0], word[0]), name)
        return renamed.decode()[:_LONGEST_SHORT_NAME].encode() if key.startswith(b"forkortet") else renamed


@dataclass(frozen=True, slots=True)
class RenamedRecord:
    """A record of the base that is read as one of another tile."""

    base: Record
    renaming: Renaming

    def body(self, package: RightsPackage, properties: frozenset[str], *, history: bool) -> bytes:
        return self.renaming.document(self.base.body(package, properties, history=history))

    def whole(self) -> bytes:
        return self.renaming.document(self.base.whole())


def _turned(words: Sequence[str], steps: int) -> dict[str, str]:
    return {word: words[(place + steps) % len(words)] for place, word in enumerate(words)} if steps else {}
