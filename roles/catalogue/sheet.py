"""The form of the catalogue as a workbook: one sheet, one row for each legal basis in each of its service areas.

Export and import use the same form. A text in brackets after a service area is a note. The export has words beside the
codes, and drop-down lists; the import accepts both words and codes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roles.catalogue.choices import add_choices
from roles.catalogue.datafiles import EVERY_AREA
from roles.catalogue.words import HEADERS, NO, YES, beside
from roles.catalogue.workbook.book import CHOICES_SHEET
from roles.models import BasisKind, BasisStatus, LegalBasis
from roles.vocabulary import ELEMENT_NAMES

SHEET_NAME: Final = "Lovhjemler"
SEPARATOR: Final = "; "

#: Header and width in characters, in the order of the columns. The import does not need the columns in OPTIONAL.
COLUMNS: Final = {
    "tjenesteomraade": 34,
    "lov": 50,
    "paragraf": 40,
    "url": 48,
    "taushetsbelagt": 15,
    "opplysninger": 70,
    "gyldig_fra": 12,
    "gyldig_til": 12,
    "status": 20,
    "hjemmelstype": 34,
    "lest": 8,
    "sier": 70,
    "utgave": 50,
}
OPTIONAL: Final = frozenset({"hjemmelstype", "lest", "sier", "utgave"})

Cell = str | date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading the section, with the fields of the model LegalBasis."""

    kind: BasisKind = BasisKind.NOT_FOUND
    text_read: bool = False
    says: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One parsed row. area: a code, or "*" for every area. elements: keys of the vocabulary.

    reading: None when the workbook has no columns for it.
    """

    area: str
    note: str
    statute: str
    section: str
    url: str
    confidential: bool
    elements: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    status: BasisStatus
    reading: Reading | None = None

    @property
    def identity(self) -> tuple[str, str, str]:
        """Two rows with the same identity are the same legal basis in two service areas."""
        return self.statute, self.section, self.note


def rows_of(bases: Iterable[LegalBasis]) -> Iterator[SheetRow]:
    """The rows for these bases. Read them with with_area_codes(), or each needs a query of its own."""
    for basis in bases:
        for area in area_codes(basis):
            yield SheetRow(
                area=area,
                note=basis.note,
                statute=basis.statute,
                section=basis.section,
                url=basis.url,
                confidential=basis.confidential,
                elements=tuple(basis.elements),
                valid_from=basis.valid_from,
                valid_to=basis.valid_to,
                status=BasisStatus(basis.status),
                reading=Reading(BasisKind(basis.kind), basis.text_read, basis.says, basis.version),
            )


def area_codes(basis: LegalBasis) -> list[str]:
    """The codes of the basis's areas, sorted; ["*"] when it applies in every area."""
    if basis.for_every_area:
        return [EVERY_AREA]
    read_along = basis.__dict__.get("area_codes")
    return sorted(read_along if read_along is not None else [area.code for area in basis.areas.all()])


def write_sheet(rows: Iterable[SheetRow]) -> bytes:
    """The workbook (.xlsx)."""
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = SHEET_NAME
    sheet.append([beside(words, code) for code, words in HEADERS.items()])
    for row in rows:
        sheet.append(cells_of(row))
    _make_readable(sheet)
    add_choices(sheet, workbook.create_sheet(CHOICES_SHEET))
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def cells_of(row: SheetRow) -> list[Cell]:
    """The cells of the row, in the order of COLUMNS."""
    area = f"{row.area} ({row.note})" if row.note else row.area
    elements = SEPARATOR.join(beside(ELEMENT_NAMES[key], key) for key in row.elements)
    status = beside(row.status.label, row.status.value.lower())
    return [
        *(area, row.statute, row.section, row.url, _answer(row.confidential), elements),
        *(row.valid_from, row.valid_to, status),
        *_cells_of_reading(row.reading or Reading()),
    ]


def _cells_of_reading(reading: Reading) -> list[Cell]:
    kind = beside(reading.kind.label, reading.kind.value.lower().replace("_", "-"))
    return [kind, _answer(reading.text_read), reading.says, reading.version]


def _answer(yes: bool) -> str:
    return YES if yes else NO


def _make_readable(sheet: Worksheet) -> None:
    for number, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, date):
                cell.number_format = "dd.mm.yyyy"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
