"""From persons to rows. Pure generators: no database, no register, no file.

Rows are made per chunk of at most 1,000 persons, but the household rule applies to the whole list: a person in the last
chunk may hide an address in the first. Therefore a stored row keeps its address, and lines() removes it when all chunks
are there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from citizenlists.building.residents import Resident, residents
from citizenlists.content.columns import Column, reader
from citizenlists.content.criteria import ListCriteria, is_dead
from citizenlists.content.lines import Line
from citizenlists.content.sheets import GuardianCells, Sheet, has_address
from integrations.spreadsheets.stream import Cell, CellKind, as_date
from roles.disclosure import ManyDisclosed
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.persons import full_name

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


class Guardian(msgspec.Struct, frozen=True, array_like=True):
    """Somebody with parental responsibility for the person of a row. number: as the person names them. cells: one for
    each column of Sheet.of_guardians. households: as in Row."""

    number: str
    cells: tuple[str | None, ...]
    households: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one person. cells: one for each column of Sheet.stored, dates as ISO text. households: keyed
    marks of the person's addresses and family. guardians: those to write to."""

    cells: tuple[str | None, ...]
    households: tuple[str, ...]
    guardians: tuple[Guardian, ...] = ()


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


class Lives(Protocol):
    """What has marks of households: a row, a resident or a record."""

    @property
    def households(self) -> Collection[str]: ...


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

    def hide(self, row: Lives) -> bool:
        """Whether the row's addresses must be hidden."""
        return not self.protected.isdisjoint(row.households)

    @property
    def gives_no_row(self) -> bool:
        """Whether somebody whose addresses are hidden gets no row at all."""
        return self.by_place or not self.tells

    def leaves_out(self, row: Lives) -> bool:
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


def rows(
    disclosed: ManyDisclosed, columns: Sequence[Column], criteria: ListCriteria, of_guardians: Sequence[Column] = ()
) -> Iterator[Row]:
    """One row for each person who still meets the criteria, in the given order."""
    names = {
        number: full_name(next(iter(one.entries_of(of.NAVN)), None)) for number, one in disclosed.guardians.items()
    }
    read = reader(columns, {number: name for number, name in names.items() if name})
    guardians = _guardians(disclosed, reader(of_guardians)) if of_guardians else {}
    for record in disclosed.records:
        if criteria.admits(record):
            named = dict.fromkeys(held.ansvarlig or "" for held in record.entries_of(of.FORELDREANSVAR))
            written_to = tuple(guardians[number] for number in named if number in guardians)
            yield Row(tuple(map(_kept, read(record))), tuple(record.households), written_to)


def _guardians(disclosed: ManyDisclosed, read: Callable[[PermittedRecord], list[Cell]]) -> dict[str, Guardian]:
    """Those who are written to, by number: who have an address to show, and are not known to be dead."""
    found = (
        Guardian(number, tuple(map(_kept, read(record))), tuple(record.households))
        for number, record in disclosed.guardians.items()
        if not is_dead(record)
    )
    return {guardian.number: guardian for guardian in found if has_address(guardian.cells)}


def written_to(disclosed: ManyDisclosed, sheet: Sheet) -> frozenset[str]:
    """The numbers of those with parental responsibility whom letters could be sent to, by this answer alone."""
    return frozenset(_guardians(disclosed, reader(sheet.of_guardians)) if sheet.of_guardians else ())


def chunk_of(disclosed: ManyDisclosed, sheet: Sheet, criteria: ListCriteria, *, marks_key: bytes = b"") -> Chunk:
    """The chunk to store for one answer of the gate. marks_key: of the list, as the gate was given it."""
    made = tuple(rows(disclosed, sheet.stored, criteria, sheet.of_guardians))
    there = residents(disclosed, criteria, marks_key=marks_key)
    return Chunk(
        made,
        disclosed.protected_addresses,
        disclosed.left_out_marks,
        unread=disclosed.unread,
        residents=there,
    )


def lines(chunks: Iterable[Chunk], sheet: Sheet, households: Households) -> Iterator[Line]:
    """The lines of everybody. Members of protected households come without an address or are left out; those of them
    who have parental responsibility are not written to."""
    open_cells = [not column.is_address for column in sheet.stored]
    for chunk in chunks:
        for row in chunk.rows:
            if not households.leaves_out(row):
                shown = _without(row.cells, open_cells) if households.hide(row) else row.cells
                written_to = [GuardianCells(one.number, one.cells) for one in row.guardians if not households.hide(one)]
                yield from sheet.lines(shown, written_to)


def sheet_rows(lines: Iterable[Line], sheet: Sheet) -> Iterator[list[Cell]]:
    """The cells of every line as they stand in the file."""
    dates = [index for index, column in enumerate(sheet.shown) if column.kind is CellKind.DATE]
    for line in lines:
        shown = sheet.write(line)
        cells: list[Cell] = [*shown]
        for index in dates:
            cells[index] = as_date(shown[index])
        yield cells


def without_cells(chunk: Chunk) -> Chunk:
    """The chunk with its marks, which show later whether anybody became protected, but without the workbook's cells."""
    rows = tuple(Row((), row.households, tuple(map(_without_its_cells, row.guardians))) for row in chunk.rows)
    return msgspec.structs.replace(chunk, rows=rows)


def _without_its_cells(guardian: Guardian) -> Guardian:
    return msgspec.structs.replace(guardian, cells=())


def _kept(cell: Cell) -> str | None:
    return cell if cell is None or isinstance(cell, str) else cell.isoformat()


def _without(cells: Sequence[str | None], open_cells: Sequence[bool]) -> tuple[str | None, ...]:
    return tuple(cell if is_open else None for cell, is_open in zip(cells, open_cells, strict=True))
