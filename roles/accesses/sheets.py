"""A table as a workbook (.xlsx) of one sheet. Every text is a text: a name that begins with "=" computes nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roles.formulas import is_taken_for_formula

Cell = str | datetime | None


def as_text(value: str) -> str:
    """The text so that no spreadsheet that opens a CSV takes it for a formula."""
    return f"'{value}" if is_taken_for_formula(value) else value


def workbook(title: str, columns: Mapping[str, int], rows: Iterable[Iterable[Cell]]) -> bytes:
    """columns: each header and its width in characters."""
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
            # A workbook's times have no zone: they are those of the page.
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
