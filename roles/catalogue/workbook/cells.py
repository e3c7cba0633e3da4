"""Reads the cells of a sheet. Each cell that is not empty is either read or reported as a problem, never skipped."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from roles.catalogue.workbook.answers import Cell, Kind, Problem, Reason, Unreadable
from roles.catalogue.workbook.formats import day_of
from roles.catalogue.workbook.texts import unescape
from roles.catalogue.workbook.xmlparts import walk

MOST_ROWS: Final = 5_000
#: Well above the thirteen columns of the form.
MOST_COLUMNS: Final = 50
#: Characters in all cells together, because many cells may share one long text.
MOST_TEXT: Final = 5_000_000
_MOST_TOLD: Final = 20
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """The parts that the sheet's cells refer to."""

    sheet: str
    texts: Sequence[str]
    dates: frozenset[int]
    since_1904: bool


class Sheet:
    """A Visitor that collects the cells and the problems of one sheet."""

    def __init__(self, around: Around) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.problems: list[Problem] = []
        self._around, self._signs = around, 0
        self._row, self._column = 0, 0
        self._attributes: Mapping[str, str] = {}
        self._value: list[str] = []
        self._inline: list[str] = []
        self._has_formula = False

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Begins a row or a cell; reports a formula or merged cells."""
        name = path[-1]
        if name == "row" and path[-2:-1] == ["sheetData"]:
            self._row, self._column = _number(attributes.get("r")) or self._row + 1, 0
        elif name == "c":
            self._attributes, self._value, self._inline, self._has_formula = attributes, [], [], False
            self._place(attributes.get("r"))
        elif name == "f" and path[-2:-1] == ["c"]:
            self._has_formula = True
        elif name == "mergeCell":
            self._merged(attributes.get("ref", ""))

    def text(self, path: list[str], text: str) -> None:
        """Adds a piece to the value of the cell, unless it is a phonetic hint."""
        if path[-2:] == ["c", "v"]:
            self._value.append(text)
        elif path[-1] == "t" and "is" in path and "rPh" not in path:
            self._inline.append(text)

    def end(self, path: list[str]) -> None:
        """Ends a cell."""
        if path[-1] == "c":
            self._take()

    def _place(self, reference: str | None) -> None:
        found = _REFERENCE.fullmatch(reference or "")
        if found:
            self._row, self._column = int(found[2]), _index(found[1])
        else:
            self._column += 1

    def _take(self) -> None:
        if self._has_formula:
            self._say(Reason.FORMULA)
            return
        value = "".join(self._value)
        inline = unescape("".join(self._inline))
        if not inline and not (value if self._attributes.get("t") == "str" else value.strip()):
            return
        if self._column > MOST_COLUMNS:
            self._say(Reason.TOO_WIDE)
        elif self._row > MOST_ROWS + 1:
            raise Unreadable(Problem(Reason.TOO_MANY_ROWS, self._around.sheet))
        elif found := self._read(value, inline):
            self._keep(*found)

    def _read(self, value: str, inline: str) -> tuple[Kind, str] | None:
        kind = self._attributes.get("t", "n")
        if kind == "inlineStr" or (inline and not value.strip()):
            return Kind.TEXT, inline or unescape(value)
        if kind == "str":
            return Kind.TEXT, unescape(value)
        if kind == "s":
            return self._shared(value.strip())
        return self._plain(kind, value.strip())

    def _plain(self, kind: str, value: str) -> tuple[Kind, str] | None:
        if kind == "n":
            return self._numbered(value)
        if kind == "b" and value in ("0", "1", "true", "false"):
            return Kind.BOOLEAN, value
        if kind == "d" and (day := _iso_day(value)):
            return Kind.DATE, day.isoformat()
        self._say(Reason.ERROR if kind == "e" else Reason.ODD_CELL)
        return None

    def _shared(self, value: str) -> tuple[Kind, str] | None:
        number = _number(value)
        if number is None or number >= len(self._around.texts):
            self._say(Reason.NO_SUCH_TEXT)
            return None
        return Kind.TEXT, self._around.texts[number]

    def _numbered(self, value: str) -> tuple[Kind, str] | None:
        """A date when the number has a date's format and is a date, else the number. The caller reports a wrong
        kind."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._say(Reason.ODD_CELL)
            return None
        style = _number(self._attributes.get("s")) or 0
        day = day_of(number, since_1904=self._around.since_1904) if style in self._around.dates else None
        return (Kind.DATE, day.isoformat()) if day else (Kind.NUMBER, value)

    def _keep(self, kind: Kind, text: str) -> None:
        self._signs += len(text)
        if self._signs > MOST_TEXT:
            raise Unreadable(Problem(Reason.TOO_MUCH_TEXT, self._around.sheet))
        place = self._row, self._column
        if place in self.cells:
            self._say(Reason.CELL_TWICE)
        if text:
            self.cells[place] = Cell(*place, kind, text)

    def _merged(self, reference: str) -> None:
        found = _REFERENCE.match(reference)
        place = (int(found[2]), found[1].upper()) if found else (0, "")
        self._add(Problem(Reason.MERGED, self._around.sheet, *place, reference[:40]))

    def _say(self, reason: Reason) -> None:
        self._add(Problem(reason, self._around.sheet, self._row, letters(self._column)))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= _MOST_TOLD:
            raise Unreadable(*self.problems)


def cells_of(content: bytes, around: Around) -> list[Cell]:
    """The cells that are not empty, row by row. Raises Unreadable with at most twenty problems."""
    sheet = Sheet(around)
    walk(content, sheet)
    if sheet.problems:
        raise Unreadable(*sheet.problems)
    return [sheet.cells[place] for place in sorted(sheet.cells)]


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _index(name: str) -> int:
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _iso_day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
