"""From persons to rows. Pure generators: no database, no register, no file.

Rows are made per chunk of at most 1,000 persons, but the household rule looks at the whole list: somebody in the last
chunk may protect an address of the first. So a row keeps what it may have to give up, and hide() takes it away when
every chunk is there.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from citizenlists.content.columns import Column, reader
from citizenlists.content.criteria import ListCriteria
from integrations.spreadsheets.stream import Cell, CellKind, as_date
from roles.disclosure import ManyDisclosed
from roles.policy.fieldpolicy import PermittedRecord

CHUNK_SIZE = 1000


class Slice(msgspec.Struct, frozen=True):
    """One bulk lookup: identifiers start..stop of the batch with this number. `number` counts through the list."""

    number: int
    batch: int
    start: int
    stop: int

    @property
    def size(self) -> int:
        return self.stop - self.start


class Row(msgspec.Struct, frozen=True, array_like=True):
    """cells: one for each column, dates as ISO text. households: marks of where and with whom the person lives."""

    cells: tuple[str | None, ...]
    households: tuple[str, ...]


class Chunk(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one bulk lookup.

    protected: marks of households that nobody on the list may show. left_out: marks of the persons the gate left out.
    listed: marks of the persons in the rows.
    """

    rows: tuple[Row, ...]
    protected: frozenset[str]
    left_out: frozenset[str]
    listed: frozenset[str] = frozenset()


class Households(msgspec.Struct, frozen=True):
    """What becomes of who lives with a protected person. protected: the marks of every chunk.

    tells: the list is for a role that may see gradings. To others a row without an address would tell of the protected
    person, since nobody else of the list is without one: they get no row at all. Nor on a list without addresses, which
    could be laid beside one with them.
    """

    protected: frozenset[str]
    tells: bool

    def hide(self, row: Row) -> bool:
        """Whether the row may show no address."""
        return not self.protected.isdisjoint(row.households)

    def leaves_out(self, row: Row) -> bool:
        """Whether the row is not to be there."""
        return not self.tells and self.hide(row)


def slices(batch_sizes: Iterable[tuple[int, int]]) -> Iterator[Slice]:
    """The bulk lookups for batches given as (batch number, number of identifiers), in order; an empty batch is one.

    Else the time would tell a list of nobody from one that everybody was left out of.
    """
    number = 0
    for batch, size in batch_sizes:
        for start in range(0, max(size, 1), CHUNK_SIZE):
            yield Slice(number, batch, start, min(start + CHUNK_SIZE, size))
            number += 1


def rows(records: Iterable[PermittedRecord], columns: Sequence[Column], criteria: ListCriteria) -> Iterator[Row]:
    """One row for each person who still meets the criteria, in the order given."""
    read = reader(columns)
    for record in records:
        if criteria.admits(record):
            yield Row(tuple(map(_kept, read(record))), tuple(record.households))


def chunk_of(disclosed: ManyDisclosed, columns: Sequence[Column], criteria: ListCriteria) -> Chunk:
    """What is kept of one answer of the gate."""
    made = tuple(rows(disclosed.records, columns, criteria))
    return Chunk(made, disclosed.protected_addresses, disclosed.left_out_marks, listed(disclosed, criteria))


def listed(disclosed: ManyDisclosed, criteria: ListCriteria) -> frozenset[str]:
    """Marks of the persons who meet the criteria, as far as these records show them."""
    pairs = zip(disclosed.persons, disclosed.records, strict=True)
    return frozenset(mark for mark, record in pairs if criteria.admits(record))


def count_rows(chunks: Iterable[Chunk], households: Households) -> int:
    """How many rows sheet_rows() gives."""
    return sum(not households.leaves_out(row) for chunk in chunks for row in chunk.rows)


def sheet_rows(chunks: Iterable[Chunk], columns: Sequence[Column], households: Households) -> Iterator[list[Cell]]:
    """The cells of every row, the addresses of protected households left empty, or the whole row left out."""
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
    """What tells whether anybody became protected, and nothing that stands in the workbook."""
    rows = tuple(msgspec.structs.replace(row, cells=()) for row in chunk.rows)
    return msgspec.structs.replace(chunk, rows=rows)


def _kept(cell: Cell) -> str | None:
    return cell if cell is None or isinstance(cell, str) else cell.isoformat()


def _without(cells: Sequence[str | None], open_cells: Sequence[bool]) -> tuple[str | None, ...]:
    return tuple(cell if is_open else None for cell, is_open in zip(cells, open_cells, strict=True))
