"""Lines: the rows of a list before they are written, and how several persons share one line as one letter. Pure.

Lines are made after the household rule, so that a line joins nobody by an address that it may not show.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

import msgspec

#: First, middle and last name.
Name = tuple[str | None, str | None, str | None]
Cells = tuple[str | None, ...]

#: So many names stand on a letter; a larger home is called by its last names. More persons than the second number at
#: one address are no home, but a care home or a building without numbered dwellings: each gets a letter of their own.
NAMES_WRITTEN, LARGEST_HOME = 4, 10
_LAST_NAMES_WRITTEN = 3


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line. cells: for the columns of the file, dates as ISO text. order: what the line is sorted by.

    home: lines with the same one are one letter; "" stands for itself. recipients: whom a letter is addressed to.
    about: the full names of the persons that it is about.
    """

    cells: Cells
    order: Cells = ()
    home: str = ""
    recipients: tuple[Name, ...] = ()
    about: tuple[str, ...] = ()


def one_to_a_home(lines: Iterable[Line], dates: frozenset[int], *, of_guardians: bool) -> Iterator[Line]:
    """The lines with those of one home made one. Lines of a home must be adjacent.

    dates: the indexes of the cells with dates. of_guardians: the lines of a home have the same recipients; otherwise
    each has its own. Lines that are not joined are given on as they come.
    """
    for home, group in groupby(lines, attrgetter("home")):
        yield from _of_one_home(home, group, dates, of_guardians=of_guardians)


def _of_one_home(home: str, lines: Iterator[Line], dates: frozenset[int], *, of_guardians: bool) -> Iterator[Line]:
    if home:
        together = list(islice(lines, None if of_guardians else LARGEST_HOME + 1))
        is_home = len(together) > 1 and (of_guardians or len(together) <= LARGEST_HOME)
        yield from [_one(together, dates, of_guardians=of_guardians)] if is_home else together
    yield from lines


def _one(lines: Sequence[Line], dates: frozenset[int], *, of_guardians: bool) -> Line:
    first = lines[0]
    recipients = (first,) if of_guardians else lines
    columns = enumerate(zip(*(line.cells for line in lines), strict=True))
    return msgspec.structs.replace(
        first,
        cells=tuple(_joined(cells, is_date=place in dates) for place, cells in columns),
        recipients=tuple(name for line in recipients for name in line.recipients),
        about=tuple(name for line in lines for name in line.about),
    )


def _joined(cells: Iterable[str | None], *, is_date: bool) -> str | None:
    """Each text once. Several dates are written out; a single one stays a date."""
    texts = list(dict.fromkeys(cell for cell in cells if cell))
    if len(texts) > 1 and is_date:
        texts = [".".join(reversed(text.split("-"))) for text in texts]
    return ", ".join(texts) or None


def addressed(names: Sequence[Name]) -> str:
    """The names as a letter to all of them says: "Kari og Ola Nordmann", "Kari Nordmann og Per Hansen"."""
    if len(names) > NAMES_WRITTEN:
        return _household(names)
    last_names = {(last or "").casefold() for _, _, last in names}
    if len(names) > 1 and len(last_names) == 1 and all(first for first, _, _ in names):
        return " ".join(filter(None, (listed([first or "" for first, _, _ in names]), names[0][2])))
    return listed([full for name in names if (full := full_name(name))])


def _household(names: Sequence[Name]) -> str:
    """A home of many: by its last names, or by its first person when the last names are many."""
    last_names = list({last.casefold(): last for _, _, last in names if last}.values())
    if 0 < len(last_names) <= _LAST_NAMES_WRITTEN:
        return f"Husstanden {listed(last_names)}"
    return f"{full_name(names[0])} med husstand".strip()


def full_name(name: Name) -> str:
    """First, middle and last name."""
    return " ".join(filter(None, name))


def listed(words: Sequence[str]) -> str:
    """A, B og C."""
    *others, last = words or [""]
    return f"{', '.join(others)} og {last}" if others else last
