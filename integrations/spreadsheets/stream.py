"""Writes a workbook in constant memory: openpyxl makes the shell, and the rows are streamed into the XML of its sheet.

No library that can keep an existing workbook writes rows nearly as fast. So openpyxl makes the styles, header, widths,
filter, the sheet about the list, and model rows; the real rows replace the model rows.

Some programs require what the standard leaves optional. So the dimension is that of the whole list, every row and cell
has its address, every text is a value in its cell (some programs ignore inline strings), and every part of the file is
preceded by its sizes.

Every text is written as text: a name that looks like a formula stays a name, and its cell is marked so that a
spreadsheet program leaves it alone when the cell is edited.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from html import escape
from io import BytesIO
from itertools import islice
from typing import IO, Protocol

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from integrations.spreadsheets.cells import is_taken_for_formula

Cell = str | date | None
#: Makes the XML of a cell from its value and the number of its row; "" for an empty cell.
WriteCell = Callable[[Cell, str], str]


class CellKind(Enum):
    """The kind of a column. TEXT keeps leading zeros; DATE is a real date, shown as dd.mm.yyyy."""

    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column. header: as shown. width: in characters."""

    header: str
    kind: CellKind
    width: int


class Sink(Protocol):
    """Where the bytes are written. The writer goes back to correct sizes near the beginning."""

    def write(self, content: bytes, /) -> int: ...
    def flush(self) -> None: ...
    def close(self) -> None: ...
    def tell(self) -> int: ...
    def seek(self, place: int, /) -> int: ...


ABOUT_SHEET = "Om listen"
MAX_ROWS = 1_048_575
_MAX_TEXT = 32_767
_SHEET = "xl/worksheets/sheet1.xml"
# A part of 2 GiB or more needs the long form of its header, which some programs refuse. So that form is used only when
# a list may reach that size with this many bytes for each cell; our cells take about 60.
_BYTES_PER_CELL, _LONGEST_PLAIN_PART = 256, 2**31 - 1
_INLINE = re.compile(rb't="inlineStr"><is><t( [^>]*)?>(.*?)</t></is>', re.DOTALL)
# The end of the sheet and of its filter, which is that of the model rows.
_LAST_ROW = re.compile(rb'(<(?:dimension|autoFilter) ref="[A-Z]+\d+:[A-Z]+)\d+')
_MODEL_CELL = re.compile(rb'<c r="(?P<column>[A-Z]+)(?P<row>\d+)" s="(?P<style>\d+)"')
_ROWS_AT_A_TIME = 500
# Control characters that XML cannot hold, and text that a spreadsheet program would read as one of its own escapes.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
# Most texts have none of these and are written unchanged. A program may drop white space unless the text asks for it to
# be preserved.
_SPECIAL = re.compile("^\\W|\\s(?:\\s|$)|[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x")
_EPOCH = date(1899, 12, 30)
# The spreadsheet's calendar has a 29 February 1900, so earlier dates would be a day off. They are written as text.
_FIRST_DATE = date(1900, 3, 1)


def as_date(text: str | None) -> Cell:
    """The date in an ISO text; the text itself when it is no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def write_workbook(
    sink: Sink,
    *,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Cell]],
    row_count: int,
    about: Sequence[tuple[str, str]],
) -> None:
    """Writes one .xlsx to `sink`, reading `rows` once.

    rows: one cell for each column, in order. row_count: the number of rows. about: labels and texts for the second
    sheet. Raises ValueError for more rows than a sheet holds, and when the number of rows is not `row_count`.
    """
    if row_count > MAX_ROWS:
        raise ValueError("more rows than a sheet holds")
    shell = zipfile.ZipFile(_shell(title, columns, row_count, about))
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as book:
        for name in shell.namelist():
            if name != _SHEET:
                book.writestr(name, readable(shell.read(name)))
        with book.open(_SHEET, "w", force_zip64=may_be_huge(row_count * len(columns))) as sheet:
            write_sheet(sheet, readable(shell.read(_SHEET)), rows, row_count)


def readable(part: bytes) -> bytes:
    """The part with its texts as values: several programs show nothing for texts in the form that openpyxl writes."""
    return _INLINE.sub(rb't="str"><v\1>\2</v>', part)


def may_be_huge(cells: int) -> bool:
    """Whether a sheet with so many cells may reach the size that needs the long header."""
    return cells * _BYTES_PER_CELL > _LONGEST_PLAIN_PART


def _shell(title: str, columns: Sequence[SheetColumn], row_count: int, about: Sequence[tuple[str, str]]) -> BytesIO:
    book = Workbook()
    book.properties.creator = "Fiksreg"
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    sheet.title = title
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = _extent(len(columns), row_count)
    sheet.print_title_rows = "1:1"
    for number, column in enumerate(columns, start=1):
        _head(sheet, number, column)
    _about_sheet(book.create_sheet(ABOUT_SHEET), about)
    content = BytesIO()
    book.save(content)
    return content


def _head(sheet: Worksheet, number: int, column: SheetColumn) -> None:
    head = sheet.cell(row=1, column=number, value=column.header)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DCE9EC")
    head.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.column_dimensions[get_column_letter(number)].width = column.width
    plain, marked = sheet.cell(row=2, column=number), sheet.cell(row=3, column=number)
    plain.number_format = marked.number_format = "dd.mm.yyyy" if column.kind is CellKind.DATE else "@"
    marked.quotePrefix = True


def _about_sheet(sheet: Worksheet, about: Sequence[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 80
    for number, (label, text) in enumerate(about, start=1):
        sheet.cell(row=number, column=1, value=label).font = Font(bold=True)
        cell = sheet.cell(row=number, column=2, value=_ILLEGAL.sub("", text))
        cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
        cell.quotePrefix = is_taken_for_formula(text)


def write_sheet(
    sheet: IO[bytes], shell: bytes, rows: Iterable[Sequence[Cell]], row_count: int, *, first: int = 2
) -> None:
    """Writes a sheet with rows in place of its model rows. shell: the sheet. first: the number of the first row.

    Raises ValueError when the shell has no model rows and when the number of rows is not `row_count`.
    """
    model = re.search(rf'<row r="{first}".*?</row><row r="{first + 1}".*?</row>'.encode(), shell, re.DOTALL)
    if model is None:
        raise ValueError("the shell has no model row")
    writers, last = _writers(model[0], first), first + row_count - 1
    ends = rb"\g<1>%d" % max(last, first - 1)
    sheet.write(_LAST_ROW.sub(ends, shell[: model.start()]))
    if _write_rows(sheet, writers, rows, first) != last:
        raise ValueError("not as many rows as were announced")
    sheet.write(_LAST_ROW.sub(ends, shell[model.end() :]))


def _write_rows(sheet: IO[bytes], writers: Sequence[WriteCell], rows: Iterable[Sequence[Cell]], first: int) -> int:
    """Writes the rows. Returns the number of the last one."""
    number, numbered = first - 1, enumerate(rows, start=first)
    while some := list(islice(numbered, _ROWS_AT_A_TIME)):
        sheet.write("".join([_row(writers, str(number), row) for number, row in some]).encode())
        number = some[-1][0]
    return number


def _extent(columns: int, rows: int) -> str:
    """The range from the first header to the last cell."""
    return f"A1:{get_column_letter(columns)}{rows + 1}"


def _writers(model: bytes, first: int) -> list[WriteCell]:
    """The writers of each column's cells, with the styles of the model rows: plain cells, and cells marked as text."""
    found: dict[int, dict[str, str]] = {first: {}, first + 1: {}}
    for cell in _MODEL_CELL.finditer(model):
        found[int(cell["row"])][cell["column"].decode()] = cell["style"].decode()
    if found[first].keys() != found[first + 1].keys():
        raise ValueError("the model rows do not fit each other")
    return [_writer(column, plain, found[first + 1][column]) for column, plain in found[first].items()]


def _writer(column: str, plain: str, marked: str) -> WriteCell:
    address, opening = f'<c r="{column}', '" s="{}" t="str"><v{}>'
    value, text = f'" s="{plain}"><v>', opening.format(plain, "")
    preserved, marked_text = (opening.format(style, ' xml:space="preserve"') for style in (plain, marked))

    is_special = _SPECIAL.search

    def write(cell: Cell, row: str) -> str:
        if not cell:
            return ""
        # Nearly every cell is a plain text, so nothing is called for it that can stand here.
        if isinstance(cell, str):
            if (cell.isalnum() or not is_special(cell)) and len(cell) <= _MAX_TEXT:
                return f"{address}{row}{text}{cell}</v></c>"
            style = marked_text if is_taken_for_formula(cell) else preserved
            return f"{address}{row}{style}{_legal(_ILLEGAL.sub('', cell[:_MAX_TEXT]))}</v></c>"
        if cell >= _FIRST_DATE:
            return f"{address}{row}{value}{(cell - _EPOCH).days}</v></c>"
        return f"{address}{row}{text}{cell:%d.%m.%Y}</v></c>"

    return write


def _legal(text: str) -> str:
    return escape(_LOOKS_ESCAPED.sub(r"_x005F_\1", text), quote=False)


def _row(writers: Sequence[WriteCell], number: str, row: Sequence[Cell]) -> str:
    cells = "".join([write(cell, number) for write, cell in zip(writers, row, strict=True)])
    # A person without any value is still a row, and programs skip rows without a cell.
    cells = cells or f'<c r="A{number}"/>'
    return f'<row r="{number}">{cells}</row>'
