"""A table of a page, with its values as words. A long table is shown in parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime

R = TypeVar("R")
#: Each heading with the function that gives the cell of a row. The first column names the row.
Columns = Mapping[Promise, Callable[[R], object]]
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its heading, which a narrow screen shows beside it."""

    heading: Promise
    text: str


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A table. page: the part that is shown; None when all of it is."""

    columns: Columns[R]
    rows: Sequence[R]
    page: "Page[R] | None" = None

    @property
    def lines(self) -> list[list[Cell]]:
        """The cells of each row. The first cell names the row."""
        return [[Cell(heading, _as_text(value(row))) for heading, value in self.columns.items()] for row in self.rows]


def page_of(rows: Sequence[R], columns: Columns[R], asked: str | None) -> Table[R]:
    """The part of the table with the number `asked`, as it came in the address; the first part when that is no
    number."""
    part = Paginator(rows, _PAGE).get_page(asked)
    return Table(columns, list(part), part)


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return str(value or "–")
