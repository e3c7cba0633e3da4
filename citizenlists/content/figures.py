"""The figures of a list: how many of each age and in each postal code, without groups so small that they name somebody.

Pure. They are counted from the rows of the file while it is written, so after the household rule and only from columns
that the list shows. What must not be shown is removed before anything is kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from integrations.spreadsheets.stream import Cell

#: A group with fewer persons is not shown.
SMALLEST: Final = 5
#: So many groups of a chart are shown by name. The smallest of the others are one group together.
MOST_CODES: Final = 20
_BAND, _OLDEST = 10, 90
#: The columns of a file whose rows are no persons.
_OF_SEVERAL: Final = frozenset({"Personer", "Gjelder"})
_BORN: Final = ("Fødselsdato",)
#: Keys of groups without a name of their own. The page has the words.
UNKNOWN, OTHERS = "unknown", "others"


class Figures(msgspec.Struct, frozen=True):
    """One chart. series: the keys of its series: "kvinne", "mann", "unknown", or "" for everybody.

    groups: each group's name and one count for each series; None for a count that is not shown.
    """

    series: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[int | None, ...]], ...] = ()


class Charts(msgspec.Struct, frozen=True):
    """The charts of a list. A chart without groups is not shown."""

    ages: Figures = Figures()
    postal_codes: Figures = Figures()


NO_CHARTS: Final = Charts()


class Tally:
    """Counts rows on their way to the file. headers: of the rows' cells. year: in which the persons have their age."""

    def __init__(self, headers: Sequence[str], year: int) -> None:
        of_persons = _OF_SEVERAL.isdisjoint(headers)
        places = {header: place for place, header in enumerate(headers)} if of_persons else {}
        self._born = [places[header] for header in _BORN if header in places]
        self._sex, self._code = places.get("Kjønn"), places.get("Postnummer")
        self._year, self._ages, self._codes = year, Counter[tuple[str, str]](), Counter[tuple[str, str]]()

    def counting(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """The rows, each counted."""
        for row in rows:
            if self._born:
                sex = "" if self._sex is None else str(row[self._sex] or UNKNOWN).casefold()
                self._ages[_band([row[place] for place in self._born], self._year), sex] += 1
            if self._code is not None:
                self._codes[str(row[self._code] or UNKNOWN), ""] += 1
            yield row

    def charts(self) -> Charts:
        """What may be shown of the counts."""
        return Charts(_figures(self._ages), _figures(_largest(self._codes)))


def _band(born: Sequence[Cell], year: int) -> str:
    """The ten years of age of somebody born then, as a text that sorts by age."""
    for cell in born:
        birth_year = cell.year if isinstance(cell, date) else int(cell) if cell and cell.isdecimal() else 0
        if 0 < birth_year <= year:
            first = min((year - birth_year) // _BAND * _BAND, _OLDEST)
            return f"{first:02}"
    return UNKNOWN


def _largest(counts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """The groups with the most persons, and all others as one."""
    if len(counts) <= MOST_CODES:
        return counts
    named = Counter(dict(counts.most_common(MOST_CODES - 1)))
    named[OTHERS, ""] += counts.total() - named.total()
    return named


def _figures(counts: Counter[tuple[str, str]]) -> Figures:
    """The counts by group and series, without those that must not be shown; nothing when no two could be."""
    hidden = _hidden(counts)
    if len(counts) - len(hidden) == 0:
        return Figures()
    series = tuple(sorted({each for _, each in counts}))
    groups = sorted({group for group, _ in counts}, key=lambda group: (group in (UNKNOWN, OTHERS), group))
    return Figures(
        series,
        tuple(
            (group, tuple(None if (group, each) in hidden else counts[group, each] for each in series))
            for group in groups
        ),
    )


def _hidden(counts: Counter[tuple[str, str]]) -> set[tuple[str, str]]:
    """The small counts, and of the others so many, the smallest first, that the total of the list does not tell them.

    What is hidden is at least two counts with a sum that two shown ones could have, so that a subtraction tells neither
    which is small nor how small.
    """
    by_size = sorted(counts, key=lambda key: (counts[key], key))
    hidden = {key for key in by_size if counts[key] < SMALLEST}
    for key in by_size:
        if not hidden or (len(hidden) > 1 and sum(counts[each] for each in hidden) >= 2 * SMALLEST):
            break
        hidden.add(key)
    return hidden
