"""Makes the shell of a workbook, or says what must be changed in it, cell by cell."""

import re
from collections.abc import Iterator
from copy import copy
from difflib import get_close_matches
from io import BytesIO
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from citizenlists.ownworkbooks.reading.answers import Answer, Problem, Question, Reason
from integrations.spreadsheets.stream import ABOUT_SHEET
from roles.catalogue.workbook.package import Package
from roles.catalogue.workbook.xmlparts import walk

_NAMED: Final = re.compile(r"\s*\{([^{}]+)\}\s*")
_MOST_PROBLEMS: Final = 20


class _Nothing:
    """A visitor that only has the XML checked."""

    def start(self, path: list[str], attributes: object) -> None: ...
    def text(self, path: list[str], text: str) -> None: ...
    def end(self, path: list[str]) -> None: ...


def shell_of(question: Question) -> Answer:
    """The answer for an uploaded file. Raises Unreadable when it is no workbook."""
    _check_package(question.content)
    try:
        book = load_workbook(BytesIO(question.content), keep_links=False)
    except MemoryError:
        raise
    except Exception:
        return Answer(problems=(Problem(Reason.DAMAGED),))
    columns = [cell for sheet in book.worksheets for cell in _named_cells(sheet)]
    problems = list(_problems(book, columns, question))
    return Answer(problems=tuple(problems[:_MOST_PROBLEMS])) if problems else _shell(book, columns, question)


def _check_package(content: bytes) -> None:
    """Reads every part within the limits of an upload, and the XML of every part without entities."""
    package = Package(content)
    package.part("[content_types].xml")
    for name in package.names():
        part = package.part(name)
        if name.endswith((".xml", ".rels", ".vml")):
            walk(part, _Nothing())


def _all_cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    return (cell for cell in _all_cells(sheet) if cell.value is not None)


def _named_cells(sheet: Worksheet) -> list[Cell]:
    return [cell for cell in _cells(sheet) if _name(cell)]


def _name(cell: Cell) -> str:
    """The column that the cell names; "" when it names none."""
    found = _NAMED.fullmatch(cell.value) if isinstance(cell.value, str) else None
    return " ".join(found[1].split()) if found else ""


def _sheet_of(cell: Cell) -> Worksheet:
    if not isinstance(cell.parent, Worksheet):
        raise TypeError("an ordinary sheet has ordinary cells")
    return cell.parent


def _where(cell: Cell) -> str:
    return f"{_sheet_of(cell).title}!{cell.coordinate}"


def _problems(book: Workbook, columns: list[Cell], question: Question) -> Iterator[Problem]:
    if not columns:
        yield Problem(Reason.NO_COLUMNS)
        return
    if ABOUT_SHEET.casefold() in (title.casefold() for title in book.sheetnames):
        yield Problem(Reason.ABOUT_TAKEN, detail=ABOUT_SHEET)
    yield from _problems_of_columns(columns, question)
    for sheet in book.worksheets:
        yield from (Problem(Reason.FORMULA, _where(cell)) for cell in _cells(sheet) if cell.data_type == "f")
    yield from _problems_below(columns[0])


def _problems_of_columns(columns: list[Cell], question: Question) -> Iterator[Problem]:
    seen, known = set[str](), question.texts | question.dates
    for cell in columns:
        name = _name(cell)
        if (cell.parent, cell.row) != (columns[0].parent, columns[0].row):
            yield Problem(Reason.OTHER_ROW, _where(cell), _where(columns[0]))
        elif name not in known:
            yield Problem(Reason.UNKNOWN, _where(cell), next(iter(get_close_matches(name, sorted(known), 1)), ""))
        elif name in seen:
            yield Problem(Reason.TWICE, _where(cell))
        seen.add(name)


def _problems_below(column: Cell) -> Iterator[Problem]:
    """The rows of the list go there, so nothing else may stand there."""
    sheet = _sheet_of(column)
    for cell in _cells(sheet):
        if cell.row > column.row:
            yield Problem(Reason.BELOW, _where(cell))
    for merged in sheet.merged_cells.ranges:
        if merged.max_row >= column.row:
            yield Problem(Reason.MERGED, f"{sheet.title}!{merged.coord}")


def _shell(book: Workbook, columns: list[Cell], question: Question) -> Answer:
    sheet, first = _sheet_of(columns[0]), columns[0].row
    headers = tuple(map(_name, columns))
    for each in book.worksheets:
        _leave_out(each)
    book.defined_names.clear()
    book.properties.creator, book.properties.lastModifiedBy = "Fiksreg", None
    _make_model_rows(sheet, columns, {cell.column for cell in columns if _name(cell) in question.dates})
    _fit_filter(sheet, first)
    about = book.create_sheet(ABOUT_SHEET)
    _make_about(about)
    content = BytesIO()
    book.save(content)
    return Answer(content.getvalue(), _part(book, sheet), _part(book, about), first, headers)


def _part(book: Workbook, sheet: Worksheet) -> str:
    """The name under which openpyxl writes the sheet."""
    return f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml"


def _leave_out(sheet: Worksheet) -> None:
    """What could compute, point elsewhere, or be about rows that are not there any more."""
    sheet.conditional_formatting, sheet.data_validations = ConditionalFormattingList(), DataValidationList()
    sheet.tables.clear()
    sheet.defined_names.clear()
    vars(sheet).update(_charts=[], _pivots=[])
    sheet.print_area = None
    for cell in _all_cells(sheet):
        cell.hyperlink = None


def _make_model_rows(sheet: Worksheet, columns: list[Cell], dates: set[int]) -> None:
    first, styled = columns[0].row, {cell.column: cell for cell in columns}
    for address in [address for address in sheet._cells if address[0] >= first and address[1] not in styled]:
        del sheet._cells[address]
    for address in [address for address in sheet._cells if address[0] > first]:
        del sheet._cells[address]
    # A row with a height or a style is written even without cells, and would stand among the rows of the list.
    for row in [row for row in sheet.row_dimensions if row > first]:
        del sheet.row_dimensions[row]
    for column, cell in styled.items():
        cell.value = None
        if column not in dates or not cell.is_date:
            cell.number_format = "dd.mm.yyyy" if column in dates else "@"
        marked = sheet.cell(row=first + 1, column=column)
        for look in ("font", "fill", "border", "alignment", "protection"):
            setattr(marked, look, copy(getattr(cell, look)))
        marked.number_format, marked.quotePrefix = cell.number_format, True


def _fit_filter(sheet: Worksheet, first: int) -> None:
    """Makes a filter end at the last model row, so that the writer can make it end at the last row."""
    if sheet.auto_filter.ref:
        start, _, end = sheet.auto_filter.ref.partition(":")
        letters = re.sub(r"\d", "", end or start)
        sheet.auto_filter.ref = f"{start}:{letters}{first + 1}"
        sheet.auto_filter.filterColumn, sheet.auto_filter.sortState = [], None


def _make_about(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 80
    for row in (1, 2):
        for column in (1, 2):
            cell = sheet.cell(row=row, column=column)
            cell.font, cell.number_format = Font(bold=column == 1), "@"
            cell.alignment, cell.quotePrefix = Alignment(wrap_text=True, vertical="top"), row == 2
