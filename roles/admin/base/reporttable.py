"""A table of a report, a page of it at a time: what both reports of accesses show with one template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime

R = TypeVar("R")
Columns = Mapping[Promise, Callable[[R], object]]
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """Under which heading, for a screen too narrow for headings."""

    heading: Promise
    text: str


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """columns: each heading, and what of a row stands under it."""

    columns: Columns[R]
    page: "Page[R]"

    @property
    def lines(self) -> list[list[Cell]]:
        """The rows of this page, in words; the first cell of each names it."""
        return [[Cell(heading, _said(value(row))) for heading, value in self.columns.items()] for row in self.page]


def table_of(rows: Sequence[R], columns: Columns[R], asked: str | None) -> Table[R]:
    """asked: for which page, as it came."""
    return Table(columns, Paginator(rows, _PAGE).get_page(asked))


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return str(value or "–")
