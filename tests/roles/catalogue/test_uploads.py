"""An uploaded catalogue is read when it is right, and refused with the place and the reason when it is not."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from roles.catalogue.sheet import SheetRow
from roles.catalogue.sheetfaults import Fault, Unusable
from roles.catalogue.sheetrows import ParsedSheet, parse_sheet
from roles.catalogue.uploads import read_sheet
from roles.models import BasisStatus
from tests.roles.catalogue.books import OLDER_FORM, OPEN_ROW, ROW, Spoil, bomb, book, cell, spoilt

AREAS = {"BARNEHAGE": True, "DEMOKRATI_AAPENHET": False}


def read(file: BytesIO) -> ParsedSheet:
    return parse_sheet(read_sheet(file), confidential_areas=AREAS)


def faults(file: BytesIO) -> tuple[Fault, ...]:
    """Everything wrong with a workbook."""
    try:
        return read(file).faults
    except Unusable as unusable:
        return unusable.faults


def test_a_right_workbook_is_understood() -> None:
    found = read(book(OPEN_ROW, ROW))
    assert found.faults == ()
    assert found.rows[3] == SheetRow(
        area="BARNEHAGE",
        note="opptak",
        statute="Barnehageloven",
        section="§ 47",
        url="https://lovdata.no/dokument/NL/lov/2005-06-17-64",
        confidential=True,
        elements=("navn", "foedsel", "familierelasjon"),
        valid_from=date(2026, 1, 1),
        valid_to=None,
        status=BasisStatus.PROPOSAL,
    )


def test_columns_may_stand_in_any_order_and_a_date_may_be_text_in_iso_form() -> None:
    turned = tuple(reversed(OLDER_FORM))
    assert read(book(OPEN_ROW, ROW, headers=turned)).rows == read(book(OPEN_ROW, ROW)).rows
    assert read(book(ROW | {"gyldig_fra": "2026-01-01"})).rows[2].valid_from == date(2026, 1, 1)


IN_A_CELL: dict[str, tuple[Spoil, str, str]] = {
    "a formula": (cell("status", "=A1"), "I", "Cellen er en formel. Skriv verdien selv."),
    "an error value": (cell("status", "#REF!"), "I", "Cellen er en feilverdi."),
    "a date as text": (cell("gyldig_fra", "1. mai 2026"), "G (gyldig_fra)", "Skriv en dato"),
    "a number for a date": (cell("gyldig_til", 45_000), "H (gyldig_til)", "Skriv en dato"),
    "an end before the beginning": (
        cell("gyldig_til", date(2025, 1, 1)),
        "H (gyldig_til)",
        "Sluttdatoen må være etter",
    ),
    "an unknown area": (cell("tjenesteomraade", "BARNEHAVE"), "A (tjenesteomraade)", "Ukjent tjenesteområde."),
    "no area": (cell("tjenesteomraade", None), "A (tjenesteomraade)", "Skriv en tekst her."),
    "no statute": (cell("lov", "  "), "B (lov)", "Skriv en tekst her."),
    "a section that is a number": (cell("paragraf", 47), "C (paragraf)", "Skriv en tekst her. Cellen er et tall"),
    "a text without end": (cell("lov", "§" * 301), "B (lov)", "Teksten er for lang."),
    "an address that is none": (cell("url", "javascript:alert(1)"), "D (url)", "Skriv en adresse som begynner"),
    "neither yes nor no": (cell("taushetsbelagt", "kanskje"), "E (taushetsbelagt)", "Skriv ja eller nei."),
    "secrecy denied": (cell("taushetsbelagt", "nei"), "E (taushetsbelagt)", "Raden åpner taushetsbelagte"),
    "secrecy without reason": (cell("opplysninger", "navn"), "E (taushetsbelagt)", "Raden åpner ingen"),
    "secrecy everywhere": (cell("tjenesteomraade", "*"), "A (tjenesteomraade)", "må nevne tjenesteområdet"),
    "secrecy where none may be": (
        cell("tjenesteomraade", "DEMOKRATI_AAPENHET"),
        "A (tjenesteomraade)",
        "Tjenesteområdet kan ikke ha taushetsbelagte",
    ),
    "an unknown element": (cell("opplysninger", "navn; lønn"), "F (opplysninger)", "Ukjent opplysning: lønn."),
    "no element": (cell("opplysninger", " ; "), "F (opplysninger)", "Nevn minst én opplysning."),
    "an element twice": (cell("opplysninger", "navn; navn"), "F (opplysninger)", "Samme opplysning står flere ganger."),
    "an unknown status": (cell("status", "kanskje"), "I (status)", "Skriv forslag eller bekreftet"),
}


@pytest.mark.parametrize("kind", IN_A_CELL)
def test_a_wrong_cell_is_named_by_sheet_row_and_column(kind: str) -> None:
    spoil, column, message = IN_A_CELL[kind]
    found = faults(spoilt(spoil))
    assert [(fault.sheet, fault.row, fault.column) for fault in found] == [("Lovhjemler", 3, column)]
    assert message in found[0].message


def test_every_wrong_cell_of_every_row_is_named_at_once() -> None:
    found = faults(book(ROW | {"lov": None, "status": "?"}, OPEN_ROW | {"taushetsbelagt": 1}))
    assert [(fault.row, fault.column[0]) for fault in found] == [(2, "B"), (2, "I"), (3, "E")]


def without(name: str) -> tuple[str, ...]:
    return tuple(header for header in OLDER_FORM if header != name)


WHOLE: dict[str, tuple[Callable[[], BytesIO], str]] = {
    "a header missing": (lambda: book(ROW, headers=without("lov")), "Kolonnen lov mangler."),
    "an unknown header": (lambda: book(ROW, headers=(*OLDER_FORM, "pris")), "Ukjent kolonne: pris."),
    "a header twice": (lambda: book(ROW, headers=(*OLDER_FORM, "lov")), "Kolonnen lov står flere ganger."),
    "no header": (lambda: book(headers=()), "Kolonnen tjenesteomraade mangler."),
    "no row": (book, "Arket har ingen rader."),
    "two sheets": (
        lambda: spoilt(lambda sheet: sheet.parent and sheet.parent.create_sheet("Til")),
        "Arbeidsboken må ha ett ark, og bare ett.",
    ),
    "merged cells": (
        lambda: spoilt(lambda sheet: sheet.merge_cells("B2:B3")),
        "Cellene B2:B3 er slått sammen. Del dem opp.",
    ),
    "a cell as far out as there are": (
        lambda: spoilt(lambda sheet: sheet.cell(1, 16_384, "x")),
        "Arket er for bredt. Det kan ha høyst 50 kolonner.",
    ),
    "everything merged": (
        lambda: merged("A1:XFD1048576"),
        "Cellene A1:XFD1048576 er slått sammen. Del dem opp.",
    ),
    "the same row twice": (lambda: book(ROW, ROW), "Raden er den samme som rad 2."),
    "one basis with two contents": (
        lambda: book(OPEN_ROW, OPEN_ROW | {"tjenesteomraade": "BARNEHAGE", "opplysninger": "navn"}),
        "Rad 2 har samme lov, paragraf og merknad, men et annet innhold.",
    ),
    "50,000 rows": (lambda: book(*[OPEN_ROW] * 50_000), "Arket har for mange rader. Det kan ha høyst 5000."),
    "a zip bomb": (bomb, "Filen pakker ut til mer enn en lovhjemmelkatalog kan være."),
    "a large file": (lambda: BytesIO(bytes(2_000_001)), "Filen er for stor. Den kan være på høyst 2 MB."),
}


def merged(area: str) -> BytesIO:
    """A book whose sheet says so itself: no program would write it."""
    right, content = zipfile.ZipFile(book(OPEN_ROW)), BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in right.namelist():
            text = right.read(name)
            if name.startswith("xl/worksheets/"):
                said = f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>'
                text = text.replace(b"</sheetData>", said.encode())
            package.writestr(name, text)
    return content


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_is_no_catalogue_is_refused_with_the_reason(kind: str) -> None:
    make, message = WHOLE[kind]
    assert message in [fault.message for fault in faults(make())]


@pytest.mark.parametrize(("until", "wrong"), [("2026-01-01", True), ("2025-12-31", True), ("2026-01-02", False)])
def test_a_basis_ends_after_the_day_it_begins(until: str, wrong: bool) -> None:
    dated = OPEN_ROW | {"gyldig_fra": "2026-01-01", "gyldig_til": until}
    if not wrong:
        assert read(book(dated)).faults == ()
        return
    assert [(fault.row, fault.message) for fault in faults(book(dated))] == [
        (2, "Sluttdatoen må være etter startdatoen.")
    ]
