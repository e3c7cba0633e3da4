"""The templates for risk analysis (ROS) and data protection impact assessment (DPIA) as workbooks.

The facts about the product are filled in. What only the organisation can answer is left open and marked. Like every
workbook they are in bokmål, whichever language the page has.
"""

from io import BytesIO
from typing import Final

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fiksreg.pages.content import read

NAMES: Final = ("ros", "dpia")
HEADER_ROW: Final = 4

_OPEN = PatternFill("solid", fgColor="FFF6D6")
_HEAD = PatternFill("solid", fgColor="DCE6F2")
_LINE = Border(bottom=Side("thin", color="C4CCD6"))
_TEXT = Alignment(vertical="top", wrap_text=True)


class Column(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A column. answer: the organisation fills it in. choices: it chooses one of these. product_of: the headers of two
    columns to multiply."""

    header: str
    width: int
    answer: bool = False
    choices: tuple[str, ...] = ()
    product_of: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.answer or bool(self.choices)


class Sheet(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A sheet. rows: the filled-in cells, from the left. blank_rows: the number of rows for the organisation to add."""

    title: str
    lead: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    blank_rows: int = 0

    @property
    def last_row(self) -> int:
        return HEADER_ROW + len(self.rows) + self.blank_rows


class Assessment(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The content of a workbook. The sheet with the data flows, which both workbooks have, comes second."""

    sheets: tuple[Sheet, ...]


def data_flows() -> Sheet:
    """The sheet with the data flows: where personal data goes in this product."""
    return read("dataflows", Sheet)


def assessment(name: str) -> bytes:
    """The workbook (.xlsx) of one of NAMES."""
    first, *rest = read(name, Assessment).sheets
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    for sheet in (first, data_flows(), *rest):
        _write(workbook.create_sheet(sheet.title), sheet)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    page["A1"], page["A2"] = sheet.title, sheet.lead
    page["A1"].font = Font(bold=True, size=14)
    for number, column in enumerate(sheet.columns, start=1):
        _write_column(page, sheet, column, number)
    page.freeze_panes = f"A{HEADER_ROW + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _write_column(page: Worksheet, sheet: Sheet, column: Column, number: int) -> None:
    head = page.cell(HEADER_ROW, number, column.header)
    head.font, head.fill, head.alignment = Font(bold=True), _HEAD, _TEXT
    page.column_dimensions[get_column_letter(number)].width = column.width
    for row in range(HEADER_ROW + 1, sheet.last_row + 1):
        cell = page.cell(row, number, _content(sheet, column, number, row))
        cell.alignment, cell.border = _TEXT, _LINE
        if column.is_open or (row > HEADER_ROW + len(sheet.rows) and not column.product_of):
            cell.fill = _OPEN
    if column.choices:
        _offer(page, column, f"{get_column_letter(number)}{HEADER_ROW + 1}:{get_column_letter(number)}{sheet.last_row}")


def _content(sheet: Sheet, column: Column, number: int, row: int) -> str | None:
    if column.product_of:
        return _product(sheet, column, row)
    filled = sheet.rows[row - HEADER_ROW - 1] if row <= HEADER_ROW + len(sheet.rows) else ()
    return filled[number - 1] if number <= len(filled) else None


def _product(sheet: Sheet, column: Column, row: int) -> str:
    """The formula for the product of two columns. It shows nothing until both are filled in."""
    headers = [each.header for each in sheet.columns]
    first, second = (f"{get_column_letter(headers.index(name) + 1)}{row}" for name in column.product_of)
    return f'=IF(OR({first}="",{second}=""),"",{first}*{second})'


def _offer(page: Worksheet, column: Column, cells: str) -> None:
    choice = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True, showErrorMessage=True)
    choice.add(cells)
    page.add_data_validation(choice)
