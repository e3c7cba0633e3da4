"""Opens an uploaded workbook without trusting it: small enough, a real .xlsx, and one sheet of plain cells."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Final
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from roles.catalogue.faults import Fault, Unusable
from roles.catalogue.reach import faults_of_reach

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 40_000_000
MOST_ROWS: Final = 5_000
_PARTS: Final = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_UNREADABLE: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    AttributeError,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
)

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The one sheet: rows of plain values, by their number in the sheet."""

    name: str
    rows: dict[int, Sequence[Value]]


def opened(file: IO[bytes]) -> Sheet:
    """The sheet of an uploaded workbook. Raises Unusable."""
    _check_package(file)
    try:
        _check_reach(file)
        workbook = load_workbook(file, rich_text=False)
    except _UNREADABLE:
        raise Unusable(_not_a_workbook()) from None
    sheets = workbook.worksheets
    if len(workbook.sheetnames) != 1 or not sheets:
        raise Unusable(Fault(_("Arbeidsboken må ha ett ark, og bare ett.")))
    if faults := list(_not_plain(sheets[0])):
        raise Unusable(*faults)
    numbered = enumerate(sheets[0].iter_rows(), start=1)
    return Sheet(sheets[0].title, {number: [_value(cell) for cell in row] for number, row in numbered})


def _not_a_workbook() -> Fault:
    return Fault(_("Filen er ikke en arbeidsbok i formatet .xlsx."))


def _check_package(file: IO[bytes]) -> None:
    """An .xlsx is a zip file: what it would unpack to is looked at before anything is unpacked."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST_BYTES:
        raise Unusable(Fault(_("Filen er for stor. Den kan være på høyst 2 MB.")))
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
    except _UNREADABLE:
        raise Unusable(_not_a_workbook()) from None
    if not _PARTS.issubset(member.filename for member in members):
        raise Unusable(_not_a_workbook())
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unusable(Fault(_("Filen pakker ut til mer enn en lovhjemmelkatalog kan være.")))


def _check_reach(file: IO[bytes]) -> None:
    """Width and merged cells, then row by row and no further than the limit, before the sheet is read into memory."""
    with zipfile.ZipFile(file) as package:
        beyond = faults_of_reach(package)
    workbook = load_workbook(file, read_only=True)
    if beyond:
        raise Unusable(*(replace(fault, sheet=workbook.sheetnames[0]) for fault in beyond))
    for sheet in workbook.worksheets:
        if any(number > MOST_ROWS for number, _row in enumerate(sheet.iter_rows(max_col=1), start=0)):
            limit = {"most": MOST_ROWS}
            raise Unusable(Fault(_("Arket har for mange rader. Det kan ha høyst %(most)d.") % limit, sheet.title))
    workbook.close()
    file.seek(0)


def _not_plain(sheet: Worksheet) -> Iterator[Fault]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, SheetCell) and cell.data_type in _NOT_PLAIN:
                yield Fault(_NOT_PLAIN[cell.data_type](), sheet.title, cell.row, cell.column_letter)


def _formula() -> str:
    return _("Cellen er en formel. Skriv verdien selv.")


def _error() -> str:
    return _("Cellen er en feilverdi.")


_NOT_PLAIN: Final = {"f": _formula, "e": _error}


def _value(cell: SheetCell | MergedCell) -> Value:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int | float | bool | date) else None
