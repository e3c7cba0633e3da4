"""Rows out of records: pure, on records as the gate lets them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenlists.building import pipeline
from citizenlists.building.pipeline import Chunk, Households, Row
from citizenlists.building.residents import Resident
from citizenlists.content.columns import columns_for, listable
from citizenlists.content.criteria import ListCriteria
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList
from integrations.folkeregisteret.documents import decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import Cell
from roles.disclosure import ManyDisclosed
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import PermittedRecord, restrict

CRITERIA = ListCriteria("1870", 2018, 2020)
CHILD = b"""{
 "identifikasjonsnummer": [
   {"foedselsEllerDNummer": "41810112345", "status": "opphoert", "erGjeldende": false},
   {"foedselsEllerDNummer": "01812012345", "status": "iBruk", "erGjeldende": true}],
 "navn": [{"erGjeldende": true, "fornavn": "LITEN", "mellomnavn": "LUN", "etternavn": "LAERK"},
          {"erGjeldende": false, "fornavn": "LAERK*JENTE", "etternavn": "LAERK"}],
 "foedsel": [{"erGjeldende": true, "foedselsdato": "2020-01-01", "foedselsaar": "2020"}],
 "status": [{"erGjeldende": true, "status": "bosatt"}],
 "bostedsadresse": [{"erGjeldende": true, "adressegradering": "ugradert", "skolekrets": 7, "grunnkrets": 103,
   "vegadresse": {"kommunenummer": "1870", "adressenavn": "Storgata",
     "adressenummer": {"husnummer": "5", "husbokstav": "B"}, "coAdressenavn": "c/o Trost",
     "poststed": {"postnummer": "0840", "poststedsnavn": "SORTLAND"}}}],
 "foreldreansvar": [{"erGjeldende": true, "ansvar": "felles", "ansvarlig": "01818012345"},
                    {"erGjeldende": true, "ansvar": "felles", "ansvarlig": "01818112345"}],
 "statsborgerskap": [{"erGjeldende": true, "statsborgerskap": "NOR"}, {"erGjeldende": true, "statsborgerskap": "SWE"}]
}"""


def permitted(document: bytes = CHILD, elements: frozenset[str] = frozenset(ELEMENTS)) -> PermittedRecord:
    return restrict(decode_person(document), elements=elements, protection=UNPROTECTED)


def disclosed(*records: PermittedRecord) -> ManyDisclosed:
    return ManyDisclosed(records, 0, frozenset())


def file_of(chunks: list[Chunk], order: CitizenList, households: Households) -> list[list[Cell]]:
    sheet = sheet_of(order)
    return list(pipeline.sheet_rows(pipeline.lines(chunks, sheet, households), sheet))


def listed(record: PermittedRecord, *elements: str) -> dict[str, str | None]:
    """The one row of a list with these elements, by header."""
    columns = columns_for(elements)
    (row,) = pipeline.rows(disclosed(record), columns, CRITERIA)
    return dict(zip((column.sheet.header for column in columns), row.cells, strict=True))


def test_the_number_in_use_is_listed_and_not_an_earlier_one() -> None:
    assert listed(permitted(), "identifikasjonsnummer") == {"Fødselsnummer eller d-nummer": "01812012345"}


def test_a_name_has_a_column_for_each_part() -> None:
    assert listed(permitted(), "navn") == {"Fornavn": "LITEN", "Mellomnavn": "LUN", "Etternavn": "LAERK"}


def test_an_address_is_what_a_letter_needs() -> None:
    assert listed(permitted(), "bostedsadresse") == {
        "Adresse": "c/o Trost, Storgata 5B",
        "Postnummer": "0840",
        "Poststed": "SORTLAND",
        "Kommune": "Sortland (1870)",
    }


def test_several_values_at_once_stand_in_one_cell() -> None:
    assert listed(permitted(), "foreldreansvar")["Foresatte"] == "01818012345, 01818112345"
    assert listed(permitted(), "statsborgerskap") == {"Statsborgerskap": "Norge, Sverige"}


def test_codes_are_words() -> None:
    assert listed(permitted(), "foreldreansvar")["Foreldreansvar"] == "Felles"


def test_an_element_not_in_the_role_is_empty_even_if_a_column_asks_for_it() -> None:
    record = permitted(elements=frozenset({"navn"}))
    assert set(listed(record, "identifikasjonsnummer", "foreldreansvar", "bostedsadresse").values()) == {None}


@pytest.mark.parametrize(
    ("before", "after"),
    [(b'"bosatt"', b'"doed"'), (b'"kommunenummer": "1870"', b'"kommunenummer": "4640"'), (b'"2020"}', b'"2021"}')],
    ids=["died", "moved", "other year"],
)
def test_a_person_who_no_longer_meets_the_criteria_is_not_listed(before: bytes, after: bytes) -> None:
    assert before in CHILD
    assert (
        list(pipeline.rows(disclosed(permitted(CHILD.replace(before, after))), columns_for(["navn"]), CRITERIA)) == []
    )


def test_criteria_the_role_does_not_show_decide_nothing() -> None:
    record = permitted(elements=frozenset({"navn"}))
    assert len(list(pipeline.rows(disclosed(record), columns_for(["navn"]), ListCriteria("4640", 1900, 1901)))) == 1


def test_a_household_protected_in_another_chunk_loses_its_address_and_nothing_else() -> None:
    order = CitizenList(elements=["navn", "bostedsadresse", "bostedsadresse.kretser"])
    (row,) = pipeline.rows(disclosed(permitted()), columns_for(order.elements), CRITERIA)
    chunks = [Chunk((Row(row.cells, ("home",)), Row(row.cells, ("elsewhere",))), frozenset(), frozenset())]
    hidden, shown = file_of(chunks, order, Households(frozenset({"home"}), tells=True))
    assert hidden == ["LITEN", "LUN", "LAERK", *[None] * 8]
    assert shown == [*row.cells]


@given(st.lists(st.integers(0, 4321), max_size=6))
def test_the_lookups_cover_every_identifier_once_a_thousand_at_most(sizes: list[int]) -> None:
    parts = list(pipeline.slices(enumerate(sizes)))
    assert [part.number for part in parts] == list(range(len(parts)))
    assert all(part.size <= 1000 for part in parts)
    assert [part.batch for part in parts if part.size == 0] == [batch for batch, size in enumerate(sizes) if size == 0]
    covered = [(part.batch, index) for part in parts for index in range(part.start, part.stop)]
    assert covered == [(batch, index) for batch, size in enumerate(sizes) for index in range(size)]


def test_every_column_belongs_to_an_element_of_the_vocabulary_and_headers_are_unique() -> None:
    columns = columns_for(ELEMENTS)
    assert {column.element for column in columns} <= set(ELEMENTS)
    assert len({column.sheet.header for column in columns}) == len(columns)
    assert "adressebeskyttelse" not in listable(ELEMENTS)


@pytest.mark.parametrize(("year", "belongs"), [(2017, False), (2018, True), (2020, True), (2021, False)])
def test_both_years_of_birth_are_included(year: int, belongs: bool) -> None:
    record = permitted(CHILD.replace(b'"foedselsaar": "2020"', f'"foedselsaar": "{year}"'.encode()))
    assert CRITERIA.admits(record) is belongs


def test_a_person_with_a_date_of_death_is_not_listed_even_if_the_status_lags_behind() -> None:
    dead = CHILD[:-1] + b', "doedsfall": {"erGjeldende": true, "doedsdato": "2026-11-01"}}'
    assert not CRITERIA.admits(permitted(dead))
    assert CRITERIA.admits(permitted(dead, frozenset({"navn", "status"})))


@pytest.mark.parametrize("elsewhere", [b'"4640"', b'"0301"'])
def test_a_resident_of_another_kommune_is_not_listed_but_one_of_an_unknown_kommune_is(elsewhere: bytes) -> None:
    assert not CRITERIA.admits(permitted(CHILD.replace(b'"1870"', elsewhere)))
    assert CRITERIA.admits(permitted(CHILD.replace(b'"kommunenummer": "1870",', b"")))


def test_the_extract_is_asked_for_residents_of_the_kommune_born_in_these_years() -> None:
    assert CRITERIA.extract().given() == {
        "personstatustyper": ("bosatt",),
        "bostedskommunenummer": "1870",
        "foedselsaarFraOgMed": 2018,
        "foedselsaarTilOgMed": 2020,
    }


def test_for_a_role_without_gradings_the_household_of_a_protected_person_has_no_row() -> None:
    order = CitizenList(elements=["navn", "bostedsadresse"])
    (row,) = pipeline.rows(disclosed(permitted()), columns_for(order.elements), CRITERIA)
    chunks = [Chunk((Row(row.cells, ("home",)), Row(row.cells, ("elsewhere",))), frozenset(), frozenset())]
    for tells, expected in ((True, 2), (False, 1)):
        assert len(file_of(chunks, order, Households(frozenset({"home"}), tells=tells))) == expected


def test_a_chunk_kept_for_downloads_has_no_cell_and_every_mark() -> None:
    (row,) = pipeline.rows(disclosed(permitted()), columns_for(["navn"]), CRITERIA)
    chunk = Chunk((Row(row.cells, ("home",)),), frozenset({"a"}), frozenset({"b"}), residents={"c": Resident("d", ())})
    assert pipeline.without_cells(chunk) == Chunk(
        (Row((), ("home",)),), frozenset({"a"}), frozenset({"b"}), residents=chunk.residents
    )
