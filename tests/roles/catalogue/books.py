"""Workbooks to upload: a correct one, and functions that spoil it."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from roles.catalogue.sheet import COLUMNS, OPTIONAL

#: The columns every workbook has.
OLDER_FORM = tuple(name for name in COLUMNS if name not in OPTIONAL)
ROW: Mapping[str, object] = {
    "tjenesteomraade": "BARNEHAGE (opptak)",
    "lov": "Barnehageloven",
    "paragraf": "§ 47",
    "url": "https://lovdata.no/dokument/NL/lov/2005-06-17-64",
    "taushetsbelagt": "ja",
    "opplysninger": "navn; foedsel; familierelasjon",
    "gyldig_fra": date(2026, 1, 1),
    "gyldig_til": None,
    "status": "proposal",
}
OPEN_ROW = ROW | {
    "tjenesteomraade": "*",
    "lov": "Folkeregisterloven",
    "paragraf": "§ 10-1",
    "taushetsbelagt": "nei",
    "opplysninger": "navn; foedsel",
}
Spoil = Callable[[Worksheet], object]


def book(*rows: Mapping[str, object], headers: tuple[str, ...] = OLDER_FORM) -> BytesIO:
    """A workbook of these rows, at its beginning."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Lovhjemler"
    sheet.append(list(headers))
    for row in rows:
        sheet.append([row.get(name) for name in headers])
    return saved(workbook)


def spoilt(spoil: Spoil) -> BytesIO:
    """The right workbook after something was done to its sheet."""
    workbook = load_workbook(book(OPEN_ROW, ROW))
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    spoil(sheet)
    return saved(workbook)


def cell(name: str, value: object) -> Spoil:
    """Puts a value into row 3, in the column of that header."""
    column = list(COLUMNS).index(name) + 1

    def spoil(sheet: Worksheet) -> None:
        sheet.cell(row=3, column=column).value = value

    return spoil


def saved(workbook: Workbook) -> BytesIO:
    content = BytesIO()
    workbook.save(content)
    content.seek(0)
    return content


def bomb() -> BytesIO:
    """A small file that would unpack to a large one."""
    content = book(OPEN_ROW)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/nothing.bin", bytes(50_000_000))
    content.seek(0)
    return content
