"""Writes the file of a list in the format that was ordered."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from citizenlists.building.labels import write_labels
from citizenlists.content.about import about
from citizenlists.content.formats import LABEL_SHEETS
from citizenlists.models import CitizenList, FileFormat
from integrations.spreadsheets.csvstream import write_csv
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
    else:
        lines = about(order, access)
        write_workbook(sink, title="Innbyggerliste", columns=columns, rows=rows, row_count=row_count, about=lines)
