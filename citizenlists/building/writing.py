"""Writes the file of a list in the format that was ordered."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from citizenlists.building.labels import write_labels
from citizenlists.content.about import about
from citizenlists.content.formats import LABEL_SHEETS
from citizenlists.models import CitizenList, FileFormat, OwnWorkbook
from integrations.spreadsheets.csvstream import write_csv
from integrations.spreadsheets.shells import Shell, write_into
from integrations.spreadsheets.stream import Cell, SheetColumn, Sink, write_workbook
from roles.access import Access


def write_file(
    sink: Sink,
    order: CitizenList,
    access: Access,
    *,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Cell]],
    row_count: int,
) -> None:
    """Writes the whole file to `sink`. Raises TooManyLabels, and ValueError as the writers do."""
    headers = [column.header for column in columns]
    if sheet := LABEL_SHEETS.get(order.file_format):
        made_at = timezone.localtime()
        write_labels(sink, sheet=sheet, headers=headers, rows=rows, row_count=row_count, made_at=made_at)
    elif order.file_format == FileFormat.CSV:
        write_csv(sink, headers=headers, rows=rows, row_count=row_count)
    elif order.own_workbook:
        picked = picked_cells(order.own_workbook.headers, headers, rows)
        write_into(sink, shell_of(order.own_workbook), rows=picked, row_count=row_count, about=about(order, access))
    else:
        lines = about(order, access)
        write_workbook(sink, title="Innbyggerliste", columns=columns, rows=rows, row_count=row_count, about=lines)


def shell_of(workbook: OwnWorkbook) -> Shell:
    """The shell that lists in this workbook are written into."""
    return Shell(bytes(workbook.shell), workbook.sheet, workbook.about, workbook.first, len(workbook.headers))


def picked_cells(
    wanted: Sequence[str], headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[Sequence[Cell]]:
    """The rows with the wanted columns, in that order. headers: of the rows' cells."""
    places = [headers.index(header) for header in wanted]
    return ([row[place] for place in places] for row in rows)
