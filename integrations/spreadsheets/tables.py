"""A table as a file: a workbook (.xlsx) of one sheet, or a CSV.

Every text stays a text: one that begins with "=" is not computed.
"""

import codecs
import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from integrations.spreadsheets.cells import is_taken_for_formula

Cell = str | datetime | None


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The table as a CSV that a spreadsheet program opens as a table, also one in Norwegian.

    It is UTF-8 with a byte order mark, separated by semicolons since the comma is the decimal sign. Each line ends with
    CR LF. A text that a spreadsheet would compute gets an apostrophe before it.
    """
    return codecs.BOM_UTF8 + csv_lines((columns, *rows))


def csv_lines(rows: Iterable[Iterable[object]]) -> bytes:
    """These lines of such a CSV."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([_as_text(str(value)) for value in row] for row in rows)
    return text.getvalue().encode(errors="replace")


def _as_text(value: str) -> str:
    shown = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{shown}" if is_taken_for_formula(value) else shown


def workbook(title: str, columns: Mapping[str, int], rows: Iterable[Iterable[Cell]]) -> bytes:
    """The table as a workbook. columns: each header with its width in characters."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = title
    for number, values in enumerate([list(columns), *rows], start=1):
        _write(sheet, number, values)
    _make_readable(sheet, columns)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: Worksheet, number: int, values: Iterable[Cell]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row=number, column=column)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if isinstance(value, datetime):
            # A workbook's times have no zone: they are the local times of the page.
            cell.value, cell.number_format = value.replace(tzinfo=None), "dd.mm.yyyy hh:mm"
        elif value:
            _write_text(cell, value)


def _write_text(cell: SheetCell | MergedCell, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.quotePrefix = "s", is_taken_for_formula(text)


def _make_readable(sheet: Worksheet, columns: Mapping[str, int]) -> None:
    for number, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
