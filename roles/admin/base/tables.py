"""A table of a page, in words; of a long one, a part at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime

R = TypeVar("R")
#: Each heading, and what of a row stands under it. The first names the row.
Columns = Mapping[Promise, Callable[[R], object]]
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """Under which heading, for a screen too narrow for headings."""

    heading: Promise
    text: str


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """page: the part that is shown; None where it is all of them."""

    columns: Columns[R]
    rows: Sequence[R]
    page: "Page[R] | None" = None

    @property
    def lines(self) -> list[list[Cell]]:
        """What stands in it, the first cell of each line naming it."""
        return [[Cell(heading, _said(value(row))) for heading, value in self.columns.items()] for row in self.rows]


def paged(rows: Sequence[R], columns: Columns[R], asked: str | None) -> Table[R]:
    """asked: for which part, as it came."""
    part = Paginator(rows, _PAGE).get_page(asked)
    return Table(columns, list(part), part)


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return str(value or "–")
