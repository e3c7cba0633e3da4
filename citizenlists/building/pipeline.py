"""From persons to rows. Pure generators: no database, no register, no file.

Rows are made per chunk of at most 1,000 persons, but the household rule applies to the whole list: a person in the last
chunk may hide an address in the first. Therefore a stored row keeps its address, and sheet_rows() removes it when all
chunks are there.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from citizenlists.building.residents import Resident, residents
from citizenlists.content.columns import Column, reader
from citizenlists.content.criteria import ListCriteria
from integrations.spreadsheets.stream import Cell, CellKind, as_date
from roles.disclosure import ManyDisclosed
from roles.policy.fieldpolicy import PermittedRecord

CHUNK_SIZE = 1000


class Slice(msgspec.Struct, frozen=True):
    """One bulk lookup: identifiers start..stop of batch `batch`. number: of the lookup within the whole list."""

    number: int
    batch: int
    start: int
    stop: int

    @property
    def size(self) -> int:
        return self.stop - self.start


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A row of the list. cells: one for each column, dates as ISO text. households: keyed marks of the person's
    addresses and family."""

    cells: tuple[str | None, ...]
    households: tuple[str, ...]


class Chunk(msgspec.Struct, frozen=True, array_like=True):
    """The stored result of one bulk lookup.

    protected: marks of protected households, whose address no row of the list may show. left_out: marks of the persons
    whom the gate left out. listed: marks of the persons in the rows, in chunks stored before `residents`. unread: how
    many persons could not be read. residents: the persons in the rows, by their marks.
    """

    rows: tuple[Row, ...]
    protected: frozenset[str]
    left_out: frozenset[str]
    listed: frozenset[str] = frozenset()
    unread: int = 0
    residents: dict[str, Resident] = {}


class _Lives(Protocol):
    """What has marks of households: a row or a resident."""

    @property
    def households(self) -> tuple[str, ...]: ...


class Households(msgspec.Struct, frozen=True):
    """What happens to the rows of persons who live with a protected person. protected: the marks of all chunks.

    tells: whether the role may see gradings. If not, such a person gets no row at all: a row without an address would
    tell of the protected person, because every other row has one. The same holds on a list without address columns,
    because it could be compared with one that has them.

    by_place: whether the list was filtered by addresses. Then such a person gets no row either, whatever the role may
    see: the row would tell that the hidden address met the filter.
    """

    protected: frozenset[str]
    tells: bool
    by_place: bool = False

    def hide(self, row: _Lives) -> bool:
        """Whether the row's addresses must be hidden."""
        return not self.protected.isdisjoint(row.households)

    @property
    def gives_no_row(self) -> bool:
        """Whether somebody whose addresses are hidden gets no row at all."""
        return self.by_place or not self.tells

    def leaves_out(self, row: _Lives) -> bool:
        """Whether the row must be left out."""
        return self.gives_no_row and self.hide(row)


def slices(batch_sizes: Iterable[tuple[int, int]]) -> Iterator[Slice]:
    """The bulk lookups for batches given as (batch number, number of identifiers), in order.

    An empty batch gives a lookup too. Otherwise the time would tell an empty list from one with everybody left out.
    """
    number = 0
    for batch, size in batch_sizes:
        for start in range(0, max(size, 1), CHUNK_SIZE):
            yield Slice(number, batch, start, min(start + CHUNK_SIZE, size))
            number += 1


def rows(records: Iterable[PermittedRecord], columns: Sequence[Column], criteria: ListCriteria) -> Iterator[Row]:
    """One row for each person who still meets the criteria, in the given order."""
    read = reader(columns)
    for record in records:
        if criteria.admits(record):
            yield Row(tuple(map(_kept, read(record))), tuple(record.households))


def chunk_of(
    disclosed: ManyDisclosed, columns: Sequence[Column], criteria: ListCriteria, *, marks_key: bytes = b""
) -> Chunk:
    """The chunk to store for one answer of the gate. marks_key: of the list, as the gate was given it."""
    made = tuple(rows(disclosed.records, columns, criteria))
    there = residents(disclosed, criteria, marks_key=marks_key)
    return Chunk(
        made,
        disclosed.protected_addresses,
        disclosed.left_out_marks,
        unread=disclosed.unread,
        residents=there,
    )


def count_rows(chunks: Iterable[Chunk], households: Households) -> int:
    """The number of rows that sheet_rows() will give."""
    return sum(not households.leaves_out(row) for chunk in chunks for row in chunk.rows)


def sheet_rows(chunks: Iterable[Chunk], columns: Sequence[Column], households: Households) -> Iterator[list[Cell]]:
    """The cells of every row. For members of protected households the address is empty or the row is left out."""
    dates = [index for index, column in enumerate(columns) if column.sheet.kind is CellKind.DATE]
    open_cells = [not column.is_address for column in columns]
    for chunk in chunks:
        for row in chunk.rows:
            if households.leaves_out(row):
                continue
            shown = _without(row.cells, open_cells) if households.hide(row) else row.cells
            cells: list[Cell] = [*shown]
            for index in dates:
                cells[index] = as_date(shown[index])
            yield cells


def without_cells(chunk: Chunk) -> Chunk:
    """The chunk with its marks, which show later whether anybody became protected, but without the workbook's cells."""
    rows = tuple(msgspec.structs.replace(row, cells=()) for row in chunk.rows)
    return msgspec.structs.replace(chunk, rows=rows)


def _kept(cell: Cell) -> str | None:
    return cell if cell is None or isinstance(cell, str) else cell.isoformat()


def _without(cells: Sequence[str | None], open_cells: Sequence[bool]) -> tuple[str | None, ...]:
    return tuple(cell if is_open else None for cell, is_open in zip(cells, open_cells, strict=True))
