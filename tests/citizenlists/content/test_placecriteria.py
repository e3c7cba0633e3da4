"""Criteria about where somebody lives never tell of an address that is hidden."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenlists.building import pipeline
from citizenlists.building.pipeline import Chunk, Households
from citizenlists.content.criteria import ListCriteria, Narrowing
from citizenlists.content.placecriteria import STAY
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList
from integrations.folkeregisteret.documents import PersonRecord, decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import Cell
from roles.disclosure import ManyDisclosed
from roles.disclosure.together import restricted_together
from roles.policy.addressprotection import is_protected, shows_residence, verdict
from tests.citizenlists.building.test_pipeline import permitted

SHEET = sheet_of(CitizenList(elements=["identifikasjonsnummer", "bostedsadresse", "bostedsadresse.kretser"]))
NUMBER, POSTAL_CODE, DISTRICT = 0, 2, 5
KEY = b"k" * 32
Rows = dict[str, list[Cell]]


def home(**changed: object) -> dict[str, object]:
    street = {"adressenavn": "Storgata", "adressenummer": {"husnummer": "5"}, "kommunenummer": "1870"}
    place = {"poststed": {"postnummer": "8400", "poststedsnavn": "SORTLAND"}}
    return {
        "erGjeldende": True,
        "adressegradering": "ugradert",
        "flyttedato": "2025-03-01",
        "skolekrets": 7,
        "grunnkrets": 103,
        "vegadresse": street | place,
    } | changed


def resident(**properties: object) -> bytes:
    return json.dumps({"bostedsadresse": [home()], **properties}).encode()


@pytest.mark.parametrize(
    ("narrowing", "belongs"),
    [
        (Narrowing(postal_codes=("8400",)), True),
        (Narrowing(postal_codes=("8401", "8400")), True),
        (Narrowing(postal_codes=("8401",)), False),
        (Narrowing(district="skolekrets", district_numbers=("7",)), True),
        (Narrowing(district="skolekrets", district_numbers=("007", "9")), True),
        (Narrowing(district="skolekrets", district_numbers=("103",)), False),
        (Narrowing(district="grunnkrets", district_numbers=("103",)), True),
        (Narrowing(district="kirkekrets", district_numbers=("7",)), False),
        (Narrowing(moved_since=date(2025, 3, 1)), True),
        (Narrowing(moved_since=date(2025, 3, 2)), False),
    ],
)
def test_a_place_is_compared_with_the_residence(narrowing: Narrowing, belongs: bool) -> None:
    assert narrowing.is_by_place
    assert narrowing.admits(permitted(resident())) is belongs
    assert not narrowing.admits(permitted(resident(), frozenset({"navn"})))
    assert not narrowing.admits(permitted(resident(bostedsadresse=[])))


@pytest.mark.parametrize(
    ("stays", "belongs"), [("1870", True), ("4640", False), (None, False)], ids=["here", "elsewhere", "nowhere"]
)
def test_a_list_by_place_of_stay_has_those_who_stay_in_the_kommune(stays: str | None, belongs: bool) -> None:
    criteria = ListCriteria("1870", 1900, 2026, Narrowing(kommune_by=STAY))
    assert criteria.extract().given().keys() >= {"oppholdskommunenummer"}
    assert "bostedskommunenummer" not in criteria.extract().given()
    stay = {"erGjeldende": True, "adressegradering": "ugradert", "vegadresse": {"kommunenummer": stays}}
    document = resident(oppholdsadresse=[stay] if stays else [])
    assert criteria.admits(permitted(document)) is belongs
    assert not criteria.admits(permitted(document, frozenset({"bostedsadresse"})))


@pytest.mark.parametrize(
    ("narrowing", "belongs"),
    [
        (Narrowing(born_month=2), True),
        (Narrowing(born_month=3), False),
        (Narrowing(age_from=16, age_on=date(2026, 2, 28)), False),
        (Narrowing(age_from=16, age_on=date(2026, 3, 1)), True),
        (Narrowing(age_to=15, age_on=date(2026, 2, 28)), True),
        (Narrowing(age_to=15, age_on=date(2026, 3, 1)), False),
        (Narrowing(age_from=15, age_to=15, age_on=date(2025, 3, 1)), True),
        (Narrowing(age_to=0, age_on=date(2010, 12, 31)), True),
    ],
)
def test_a_birth_is_compared_by_month_and_by_the_age_on_a_day(narrowing: Narrowing, belongs: bool) -> None:
    day = "2010-02-28" if narrowing.born_month else "2010-03-01"
    document = resident(foedsel=[{"erGjeldende": True, "foedselsdato": day, "foedselsaar": "2010"}])
    assert narrowing.admits(permitted(document)) is belongs
    assert not narrowing.is_by_place


def test_somebody_born_on_a_leap_day_is_a_year_older_from_the_first_of_march() -> None:
    document = resident(foedsel=[{"erGjeldende": True, "foedselsdato": "2008-02-29", "foedselsaar": "2008"}])
    adult = [Narrowing(age_from=18, age_on=date(2026, *day)) for day in ((2, 28), (3, 1))]
    assert [narrowing.admits(permitted(document)) for narrowing in adult] == [False, True]


# --- What must never happen ---

HOMES = st.builds(
    lambda house, code, district, moved, grade: home(
        vegadresse={
            "kommunenummer": "1870",
            "adressenavn": "Storgata",
            "adressenummer": {"husnummer": str(house)},
            "poststed": {"postnummer": code, "poststedsnavn": "SORTLAND"},
        },
        skolekrets=district,
        flyttedato=moved,
        adressegradering=grade,
    ),
    st.integers(1, 4),
    st.sampled_from(["8400", "8401"]),
    st.integers(1, 2),
    st.sampled_from(["2025-03-01", "2026-03-01"]),
    st.sampled_from(["ugradert", "ugradert", "klientadresse"]),
)
PEOPLE = st.lists(
    st.tuples(
        st.one_of(st.none(), HOMES), st.sampled_from(["", "", "fortrolig", "strengtFortrolig"]), st.integers(0, 2)
    ),
    max_size=9,
)
FILTERS = st.sampled_from(
    [
        Narrowing(postal_codes=("8400",)),
        Narrowing(postal_codes=("8400", "8401")),
        Narrowing(district="skolekrets", district_numbers=("1",)),
        Narrowing(moved_since=date(2026, 1, 1)),
    ]
)


@given(PEOPLE, FILTERS, st.booleans())
def test_a_filter_by_place_lists_those_whose_shown_address_meets_it_and_nobody_else(
    people: Sequence[tuple[Any, str, int]], narrowing: Narrowing, tells: bool
) -> None:
    documents = [(_person(place, *one[:2]), one[2]) for place, one in enumerate(people)]
    everybody = _listed(documents, Narrowing(), tells=tells)
    filtered = _listed(documents, narrowing, tells=tells)
    assert filtered.keys() <= {number for number, row in everybody.items() if row[POSTAL_CODE]}
    assert all(filtered[number] == everybody[number] for number in filtered)
    if narrowing.postal_codes:
        meeting = {number for number, row in everybody.items() if row[POSTAL_CODE] in narrowing.postal_codes}
        assert filtered.keys() == meeting
    if narrowing.district:
        assert filtered.keys() == {number for number, row in everybody.items() if row[DISTRICT] == "1"}


@given(PEOPLE, FILTERS)
def test_somebody_hidden_by_another_part_of_the_list_is_listed_by_no_filter(
    people: Sequence[tuple[Any, str, int]], narrowing: Narrowing
) -> None:
    documents = [(_person(place, *one[:2]), one[2]) for place, one in enumerate(people)]
    hidden = {number for number, row in _listed(documents, Narrowing(), tells=True).items() if not row[POSTAL_CODE]}
    assert hidden.isdisjoint(_listed(documents, narrowing, tells=True))


def _person(place: int, residence: dict[str, object] | None, grade: str) -> PersonRecord:
    document: dict[str, object] = {
        "identifikasjonsnummer": [
            {"erGjeldende": True, "status": "iBruk", "foedselsEllerDNummer": f"018120{place:05}"}
        ],
        "bostedsadresse": [residence] if residence else [],
    }
    if grade:
        document["adressebeskyttelse"] = [{"erGjeldende": True, "graderingsnivaa": grade}]
    return decode_person(json.dumps(document).encode())


def _listed(people: Sequence[tuple[PersonRecord, int]], narrowing: Narrowing, *, tells: bool) -> Rows:
    """The rows of the list by number. Each person comes with the number of the bulk lookup they are in."""
    criteria = ListCriteria("1870", 1900, 2026, narrowing)
    chunks = [_chunk([person for person, own in people if own == part], criteria, tells=tells) for part in range(3)]
    protected = frozenset[str]().union(*(chunk.protected for chunk in chunks))
    households = Households(protected, tells, narrowing.is_by_place)
    rows = pipeline.sheet_rows(pipeline.lines(chunks, SHEET, households), SHEET)
    return {str(row[NUMBER]): row for row in rows}


def _chunk(people: Sequence[PersonRecord], criteria: ListCriteria, *, tells: bool) -> Chunk:
    """As the gate and the worker make it of one bulk lookup."""
    out = [person for person in people if _is_out(person, tells=tells)]
    shown = [person for person in people if not _is_out(person, tells=tells)]
    together = restricted_together(shown, elements=frozenset(ELEMENTS), marks_key=KEY, hiding=out)
    return Chunk(
        tuple(pipeline.rows(ManyDisclosed(together.records, 0, frozenset()), SHEET.stored, criteria)),
        together.protecting,
        frozenset(),
    )


def _is_out(person: PersonRecord, *, tells: bool) -> bool:
    return is_protected(person) or not (tells or shows_residence(person, verdict(person, may_open=False)))
