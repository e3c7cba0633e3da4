"""Puts the lines of a list in order without holding them all: sorted runs are laid aside and then merged.

The lines come with their addresses removed where they may not be shown, so that the place of a line does not tell a
hidden address.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import merge
from itertools import chain, islice
from typing import Protocol, TypeVar

from citizenlists.content.lines import Cells, Line, one_to_a_home
from citizenlists.content.sheets import Sheet

T = TypeVar("T")

#: So many lines are sorted at a time, and laid aside in pages of so many.
RUN, PAGE = 10_000, 250
_NUMBER = re.compile(r"\d+")
_LAST_LETTERS = str.maketrans("æøå", "{|}")


class Pages(Protocol):
    """Where lines are laid aside."""

    def put(self, lines: list[Line]) -> str:
        """Keeps a page. Returns its name."""

    def get(self, name: str) -> list[Line]:
        """A kept page."""


def arranged(read: Callable[[], Iterator[Line]], sheet: Sheet, pages: Pages) -> Callable[[], Iterator[Line]]:
    """A function that reads the lines as they stand in the file. read: reads the lines as they are made.

    Lines are first made one for each home, and then sorted by what was chosen.
    """
    if sheet.one_to_a_home:
        read = partial(_one_to_a_home, in_order(read(), by_home, pages), sheet)
    return in_order(read(), by_order, pages) if sheet.is_sorted else read


def _one_to_a_home(read: Callable[[], Iterator[Line]], sheet: Sheet) -> Iterator[Line]:
    return one_to_a_home(read(), sheet.dates, of_guardians=bool(sheet.of_guardians))


def in_order(
    lines: Iterable[Line], key: Callable[[Line], tuple[str, ...]], pages: Pages, *, run: int = RUN, page: int = PAGE
) -> Callable[[], Iterator[Line]]:
    """Lays the lines aside. Returns a function that reads them in the order of their keys, as often as it is called.

    Lines with the same key stay in their order.
    """
    runs = [[pages.put(part) for part in _parts(sorted(held, key=key), page)] for held in _parts(lines, run)]

    def read() -> Iterator[Line]:
        return merge(*(chain.from_iterable(map(pages.get, names)) for names in runs), key=key)

    return read


def _parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(items)
    while part := list(islice(remaining, size)):
        yield part


def by_order(line: Line) -> tuple[str, ...]:
    """What the file is sorted by."""
    return _key(line.order)


def by_home(line: Line) -> tuple[str, ...]:
    """One home after the other, with the lines that have none at the end."""
    return (*_key((line.home,)), line.home)


def _key(cells: Cells) -> tuple[str, ...]:
    """What stands nowhere comes last, except a country: an address in Norway has none, and comes first."""
    return tuple(map(_as_sorted, cells)) if any(cells) else ("\uffff",)


def _as_sorted(cell: str | None) -> str:
    """The text as Norwegian words and house numbers are ordered: å after ø, 5 before 12."""
    return _NUMBER.sub(lambda number: number[0].zfill(6), (cell or "").casefold().translate(_LAST_LETTERS))
