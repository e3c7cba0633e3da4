"""Puts the rows of a list in order without holding them all. Pure.

A first reading keeps only each row's key. Then the list is read once for every part of the result. The rows come with
their addresses removed where they may not be shown, so that the place of a row does not tell a hidden address.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

from integrations.spreadsheets.stream import Cell

#: So many rows are held at a time.
PART = 50_000
_NUMBER = re.compile(r"\d+")
_LAST_LETTERS = str.maketrans("æøå", "{|}")


def sorted_rows(read: Callable[[], Iterable[Sequence[Cell]]], shown: int, *, part: int = PART) -> Iterator[list[Cell]]:
    """The rows ordered by their cells from `shown` on, which are then cut off. read: reads all rows anew."""
    ranks = _ranks([_key(row[shown:]) for row in read()])
    for start in range(0, len(ranks), part):
        stop = min(start + part, len(ranks))
        placed: list[list[Cell]] = [[]] * (stop - start)
        for rank, row in zip(ranks, read(), strict=True):
            if start <= rank < stop:
                placed[rank - start] = list(row[:shown])
        yield from placed


def _ranks(keys: list[tuple[str, ...]]) -> "array[int]":
    """The place of each row in the result."""
    ranks = array("L", bytes(array("L").itemsize * len(keys)))
    for rank, place in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[place] = rank
    return ranks


def _key(cells: Sequence[Cell]) -> tuple[str, ...]:
    """What stands nowhere comes last, except a country: an address in Norway has none, and comes first."""
    return tuple(map(_as_sorted, cells)) if any(cells) else ("\uffff",)


def _as_sorted(cell: Cell) -> str:
    """The text as Norwegian words and house numbers are ordered: å after ø, 5 before 12."""
    return _NUMBER.sub(lambda number: number[0].zfill(6), str(cell or "").casefold().translate(_LAST_LETTERS))
