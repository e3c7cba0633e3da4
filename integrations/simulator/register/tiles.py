"""The numbers of a register that is larger than its base: the same people again, with other numbers.

The first tile is the base, the people as they were made. In each further tile, every number is replaced by one of the
same date and, when the number tells it, the same sex.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Final, overload

import msgspec

from integrations.simulator.population.numbers import numbers_from_2032, numbers_of

_D_NUMBER_DAYS: Final = "4567"
_D_NUMBER_SERIES: Final = (range(200), range(200, 500), range(500, 1000))


class Numbering(msgspec.Struct, frozen=True):
    """own: the base's numbers, those of its people first. further: the numbers of the other tiles as 64 bit integers,
    tile by tile.

    ordered: the same numbers, sorted. places: 32 bit; the position in further of each sorted number.
    """

    own: tuple[str, ...]
    further: bytes = b""
    ordered: bytes = b""
    places: bytes = b""


class Tiles:
    """The tiles. people: how many there are in the base; their current numbers come first."""

    def __init__(self, numbering: Numbering, people: int) -> None:
        self.people = people
        self._own = numbering.own
        self._slots = {number: slot for slot, number in enumerate(numbering.own)}
        self._further = memoryview(numbering.further).cast("Q")
        self._ordered = memoryview(numbering.ordered).cast("Q")
        self._places = memoryview(numbering.places).cast("I")
        self.count = 1 + len(self._further) // max(1, len(self._own))

    def number(self, tile: int, slot: int) -> str:
        return self._own[slot] if tile == 0 else f"{self._further[(tile - 1) * len(self._own) + slot]:011}"

    def slot(self, own: str) -> int | None:
        """The position of a number of the base; None for an unknown one."""
        return self._slots.get(own)

    def place(self, number: str) -> tuple[int, int] | None:
        """The tile and the position of a number; None for an unknown one."""
        own = self._slots.get(number)
        if own is not None:
            return 0, own
        if len(number) != 11 or not (number.isascii() and number.isdigit()):
            return None
        index = bisect_left(self._ordered, int(number))
        if index == len(self._ordered) or self._ordered[index] != int(number):
            return None
        tile, slot = divmod(self._places[index], len(self._own))
        return tile + 1, slot


class Selection(Sequence[str]):
    """Current numbers, each made when it is read. Positions count through the people of all tiles."""

    def __init__(self, tiles: Tiles, places: Sequence[int], more: Sequence[str] = ()) -> None:
        self._tiles = tiles
        self._places = places
        self._more = more

    def __len__(self) -> int:
        return len(self._places) + len(self._more)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        return self._number(index) if index < len(self._places) else self._more[index - len(self._places)]

    def _number(self, index: int) -> str:
        return self._tiles.number(*divmod(self._places[index], self._tiles.people))


def numbering_of(own: Sequence[str], count: int) -> Numbering:
    """Numbers for `count` tiles, always the same for the same base. Raises RuntimeError when there are no numbers
    left."""
    further = array("Q", bytes(8 * len(own) * (count - 1)))
    for slots, numbers in _groups(own):
        for place in (tile * len(own) + slot for tile in range(count - 1) for slot in slots):
            further[place] = int(next(numbers, 0)) or _none_left()
    in_order = sorted(enumerate(further), key=itemgetter(1))
    ordered, places = array("Q", (number for _, number in in_order)), array("I", (place for place, _ in in_order))
    return Numbering(tuple(own), further.tobytes(), ordered.tobytes(), places.tobytes())


def _groups(own: Sequence[str]) -> Iterator[tuple[list[int], Iterator[str]]]:
    """Positions whose numbers may replace each other, with the unused numbers for them."""
    groups: defaultdict[tuple[str, range], list[int]] = defaultdict(list)
    for slot, number in enumerate(own):
        groups[number[:6], _serials(number)].append(slot)
    used = set(own)
    for (digits, serials), slots in groups.items():
        yield slots, _unused(digits, serials, used)


def _serials(number: str) -> range:
    """The serials that say the same as the number's own; none for a number by the rule from 2032, which says
    nothing."""
    start = 0 if number[6] < "5" else 500
    if number not in numbers_of(number[:6], [int(number[6:9])]):
        return range(0)
    if number[0] in _D_NUMBER_DAYS:
        return next(series for series in _D_NUMBER_SERIES if int(number[6:9]) in series)
    return range(start + int(number[8]) % 2, start + 500, 2)


def _unused(digits: str, serials: range, used: set[str]) -> Iterator[str]:
    """Unused numbers from the middle of the series, so that those of neighbours differ much; then those of the rule
    from 2032."""
    offset = int(digits) * 7919 % max(1, len(serials))
    turned = chain(serials[offset:], serials[:offset])
    for number in chain(numbers_of(digits, turned), numbers_from_2032(digits)):
        if number not in used:
            used.add(number)
            yield number


def _none_left() -> int:
    raise RuntimeError("No number is left for that day.")
