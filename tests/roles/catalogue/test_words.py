"""The workbook has words beside its codes, and lists to choose from; the import takes words or codes."""

from collections.abc import Mapping
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue import words
from roles.catalogue.importing import export_catalogue
from roles.catalogue.sheet import COLUMNS
from roles.catalogue.sheetrows import parse_sheet
from roles.catalogue.spelling import one_spaced
from roles.catalogue.uploads import read_sheet
from roles.models import BasisKind, BasisStatus
from tests.roles.catalogue.books import OPEN_ROW, ROW, book

AREAS = {"BARNEHAGE": True}
NAMES = {"BARNEHAGE": ("Barnehage", "Barnehage", "Kindergarten")}


@pytest.mark.django_db
def test_the_export_has_words_beside_every_code() -> None:
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    sheet, choices = load_workbook(BytesIO(export_catalogue())).worksheets
    assert [cell.value for cell in sheet[1]][:2] == ["Tjenesteområde (tjenesteomraade)", "Lov (lov)"]
    row = next(row for row in sheet.iter_rows(values_only=True) if str(row[0]) == "BARNEHAGE")
    assert str(row[5]).startswith("Fødselsnummer eller d-nummer (identifikasjonsnummer); Navn (navn); ")
    assert row[8:11] == ("Forslag (proposal)", "Åpner taushetsbelagte opplysninger (opens-confidential)", "ja")
    assert choices.title == "Koder"


@pytest.mark.django_db
def test_every_column_with_a_choice_offers_it() -> None:
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    sheet, choices = load_workbook(BytesIO(export_catalogue())).worksheets
    assert {str(each.sqref)[0] for each in sheet.data_validations.dataValidation} == set("AEIJK")
    assert [cell.value for cell in choices["E"] if cell.value][1:] == [
        f"{kind.label} ({code})" for code, kind in words.KINDS.items()
    ]


IN_WORDS: Mapping[str, object] = {
    "tjenesteomraade": "kindergarten (opptak)",
    "taushetsbelagt": "Ja",
    "opplysninger": "NAVN; Fødsel (foedsel)\nFamilierelasjoner",
    "status": "Bekreftet",
}


def test_values_are_taken_in_words_or_codes() -> None:
    read = parse_sheet(read_sheet(book(ROW | IN_WORDS)), confidential_areas=AREAS, area_names=NAMES)
    row = read.rows[2]
    assert (row.area, row.note, row.confidential, row.status) == ("BARNEHAGE", "opptak", True, BasisStatus.CONFIRMED)
    assert row.elements == ("navn", "foedsel", "familierelasjon")


def test_headers_are_taken_in_words_or_codes() -> None:
    headers = {
        code: f"{name} ({code})" if at % 2 else str(name) for at, (code, name) in enumerate(words.HEADERS.items())
    }
    more = {"hjemmelstype": "opens-confidential", "lest": "ja", "sier": "Noe.", "utgave": None}
    rows = {headers[code]: value for code, value in (ROW | more).items()}
    read = parse_sheet(read_sheet(book(rows, headers=tuple(headers.values()))), confidential_areas=AREAS)
    assert read.faults == ()
    assert read.rows[2].reading is not None
    assert (read.rows[2].reading.kind, read.rows[2].reading.says) == (BasisKind.OPENS_CONFIDENTIAL, "Noe.")


WRONG = {
    "kind": ({"hjemmelstype": "kanskje"}, "hjemmelstype", "Skriv en av hjemmelstypene"),
    "no kind": ({"hjemmelstype": None}, "hjemmelstype", "Skriv en av hjemmelstypene"),
    "read": ({"lest": "kanskje"}, "lest", "Skriv ja eller nei."),
    "a number for what it says": ({"sier": 0}, "sier", "Cellen er et tall"),
    "a text without end": ({"utgave": "x" * 401}, "utgave", "høyst 400 tegn"),
    "confidential by a task": ({"hjemmelstype": "task"}, "taushetsbelagt", "Hjemmelstypen åpner ingen"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_columns_about_reading_must_have_their_form(wrong: str) -> None:
    change, column, message = WRONG[wrong]
    right = ROW | {"hjemmelstype": "opens-confidential", "lest": "ja", "sier": "Noe.", "utgave": "x"}
    faults = parse_sheet(read_sheet(book(right | change, headers=tuple(COLUMNS))), confidential_areas=AREAS).faults
    assert [(fault.row, fault.column.partition(" ")[2]) for fault in faults] == [(2, f"({column})")]
    assert message in faults[0].message


def test_every_spelling_leads_to_one_code() -> None:
    assert set(words.elements().values()) == set(ELEMENTS)
    assert words.elements()["name"] == words.elements()["namn"] == words.elements()["navn (navn)"] == "navn"


def test_a_name_with_a_comma_is_one_name() -> None:
    row = OPEN_ROW | {"opplysninger": "Navn; Tidligere nummer, navn og adresser\nkjoenn, foedsel"}
    assert parse_sheet(read_sheet(book(row)), confidential_areas={}).rows[2].elements == (
        *("navn", "foedsel", "kjoenn", "historikk"),
    )


@given(st.text(max_size=60))
def test_a_text_that_is_one_spaced_stays_as_it_is_and_shows_no_gap(text: str) -> None:
    once = one_spaced(text)
    assert one_spaced(once) == once
    assert "  " not in once
    assert once == once.strip()


@given(st.lists(st.text(alphabet="abcæøå§1-", min_size=1, max_size=5), min_size=1, max_size=4), st.data())
def test_whatever_stands_between_words_they_are_the_same(parts: list[str], data: st.DataObject) -> None:
    gaps = st.sampled_from([" ", "  ", "\u00a0", "\u2009", "\u202f", "\n", "\r\n", "\t", " \u200b ", "\u3000"])
    spaced = "".join(part + data.draw(gaps) for part in parts)
    assert one_spaced(spaced) == " ".join(parts)
