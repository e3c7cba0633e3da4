"""How the rows of one list are made: what is kept of each person, the lines made from that, and the file's columns.

Pure. What is kept of a person comes here after the household rule, without the addresses that it hides.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple

from citizenlists.content.columns import Column, grown_up_column
from citizenlists.content.layouts import (
    TO_GUARDIANS,
    address_order,
    full_name_column,
    home_column,
    label,
    name_parts,
    other_columns,
    shown_columns,
    sorted_by,
)
from citizenlists.content.lines import Cells, Line, Name, addressed, full_name
from citizenlists.models import CitizenList, Layout, RowsPer
from integrations.spreadsheets.stream import CellKind, SheetColumn

_NAME, _LABEL = 3, 7


class GuardianCells(NamedTuple):
    """Somebody with parental responsibility who is written to. number: tells two of them apart, and is not in the
    file."""

    number: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """stored: what is kept of each person. of_guardians: what is kept of those with parental responsibility.

    shown: the columns of the file. dates: the indexes of those cells of a line that are dates. lines: makes the lines
    of one person. write: makes the cells of a line in the file. is_sorted: whether the file has an order of its own.
    one_to_a_home: whether the lines of one home become one.
    """

    stored: tuple[Column, ...]
    shown: tuple[SheetColumn, ...]
    dates: frozenset[int]
    lines: Callable[[Cells, Sequence[GuardianCells]], Iterator[Line]]
    write: Callable[[Line], Cells]
    is_sorted: bool
    one_to_a_home: bool = False
    of_guardians: tuple[Column, ...] = ()


def sheet_of(order: CitizenList) -> Sheet:
    """The sheet that this order asks for."""
    if order.rows_per == RowsPer.HOUSEHOLD:
        return _of_households(order)
    return _of_guardians(order) if order.rows_per in TO_GUARDIANS else _of_persons(order)


def _of_persons(order: CitizenList) -> Sheet:
    columns, keys = shown_columns(order), tuple(sorted_by(order))

    def lines(cells: Cells, _guardians: Sequence[GuardianCells]) -> Iterator[Line]:
        yield Line(cells[: len(columns)], cells[len(columns) :])

    return Sheet(
        (*columns, *keys), _sheets(columns), _dates(columns), lines, lambda line: line.cells, bool(order.sorting)
    )


def _of_households(order: CitizenList) -> Sheet:
    in_letter = label(order.elements) if order.layout == Layout.LETTER else []
    body = (*in_letter, *other_columns(order))

    def lines(cells: Cells, _guardians: Sequence[GuardianCells]) -> Iterator[Line]:
        name, (home, *rest) = _name(cells), cells[_NAME:]
        shown, order = tuple(rest[: len(body)]), tuple(rest[len(body) :])
        yield Line(shown, order, home or "", (name,), _named(name))

    return Sheet(
        (*name_parts(), home_column(order.elements), *body, *sorted_by(order)),
        _letter_sheets("Navn", "Personer", in_letter, body),
        _dates(body),
        lines,
        partial(_write, len(in_letter)),
        bool(order.sorting),
        one_to_a_home=True,
    )


def _of_guardians(order: CitizenList) -> Sheet:
    is_letter = order.layout == Layout.LETTER
    in_letter = label(order.elements, "" if is_letter else "Brev: ")
    others = other_columns(order)
    letters = partial(_letters, address_order(order), is_for_homes=order.rows_per == RowsPer.GUARDIAN_HOMES)
    return Sheet(
        (*name_parts(), grown_up_column(), *label(order.elements), *others, *_by_name(order)),
        _letter_sheets("Navn" if is_letter else "Brev til", "Gjelder", in_letter, (*in_letter, *others)),
        _dates((*in_letter, *others)),
        partial(_lines_to_guardians, len(others), letters),
        partial(_write, len(in_letter)),
        bool(order.sorting),
        one_to_a_home=order.rows_per == RowsPer.GUARDIAN_HOMES,
        of_guardians=(*name_parts(), *label(order.elements)),
    )


def _by_name(order: CitizenList) -> Sequence[Column]:
    return [] if address_order(order) else sorted_by(order)


class _Letter(NamedTuple):
    """One address to write to. key: who gets letters there; "" for a letter that stands for itself."""

    recipients: tuple[Name, ...]
    label: Cells
    key: str = ""


def _lines_to_guardians(
    others: int,
    letters: Callable[[Cells, Sequence[GuardianCells]], Iterator[tuple[_Letter, Cells]]],
    cells: Cells,
    guardians: Sequence[GuardianCells],
) -> Iterator[Line]:
    """A line for each address that those with parental responsibility have; the person's own where they have none."""
    start = _NAME + 1 + _LABEL
    about, by_name = cells[start : start + others], cells[start + others :]
    for letter, by_address in letters(cells, guardians):
        yield Line((*letter.label, *about), by_name or by_address, letter.key, letter.recipients, _named(_name(cells)))


def _letters(
    headers: Sequence[str], cells: Cells, guardians: Sequence[GuardianCells], *, is_for_homes: bool
) -> Iterator[tuple[_Letter, Cells]]:
    """The letters about one person, each with what it is sorted by when that is the address."""
    places = [_PLACES[header] for header in headers]
    for letter in list(_to_homes(guardians)) or [_to_the_person(cells)]:
        kept = letter if is_for_homes else letter._replace(key="")
        yield kept, tuple(letter.label[place] for place in places)


#: Where a column stands in a label, by its header.
_PLACES = {
    header: place
    for place, header in enumerate(
        ("c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed", "Land")
    )
}


def _to_homes(guardians: Sequence[GuardianCells]) -> Iterator[_Letter]:
    """One letter to those who get theirs at the same place."""
    for home, together in groupby(sorted(guardians, key=_home), key=_home):
        at_home = list(together)
        numbers = sorted(guardian.number for guardian in at_home)
        yield _Letter(tuple(_name(one.cells) for one in at_home), at_home[0].cells[_NAME:], "\n".join((home, *numbers)))


def has_address(cells: Cells) -> bool:
    """Whether somebody with these cells of Sheet.of_guardians can be written to."""
    return any(cells[_NAME:])


def _home(guardian: GuardianCells) -> str:
    return "\n".join(cell or "" for cell in guardian.cells[_NAME:]).casefold()


def _to_the_person(cells: Cells) -> _Letter:
    """To the person's own address: to whoever answers for a child, or to a person who is grown up."""
    name, is_grown_up = _name(cells), cells[_NAME]
    to = name if is_grown_up else (None, None, f"Foresatte til {full_name(name)}".strip())
    return _Letter((to,), cells[_NAME + 1 : _NAME + 1 + _LABEL])


def _write(in_letter: int, line: Line) -> Cells:
    return (
        addressed(line.recipients) or None,
        *line.cells[:in_letter],
        ", ".join(line.about) or None,
        *line.cells[in_letter:],
    )


def _letter_sheets(to: str, about: str, in_letter: Sequence[Column], body: Sequence[Column]) -> tuple[SheetColumn, ...]:
    named = SheetColumn(about, CellKind.TEXT, 32)
    head = (full_name_column(to).sheet, *_sheets(in_letter))
    return (*head, named, *_sheets(body[len(in_letter) :]))


def _sheets(columns: Sequence[Column]) -> tuple[SheetColumn, ...]:
    return tuple(column.sheet for column in columns)


def _dates(columns: Sequence[Column]) -> frozenset[int]:
    return frozenset(index for index, column in enumerate(columns) if column.sheet.kind is CellKind.DATE)


def _name(cells: Cells) -> Name:
    first, middle, last = cells[:_NAME]
    return first, middle, last


def _named(name: Name) -> tuple[str, ...]:
    return tuple(filter(None, [full_name(name)]))
