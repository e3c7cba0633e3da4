import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from integrations.folkeregisteret.criteria import ExtractCriteria, InvalidCriteria, SearchCriteria
from integrations.simulator.register.criteria import search_criteria


def test_a_search_is_asked_with_what_is_given_and_nothing_else() -> None:
    criteria = SearchCriteria(navn="RAD FURE", foedselsdato=date(2015, 5, 3), soekFonetisk=True, maksTreff=51)
    assert criteria.query() == (
        ("foedselsdato", "20150503"),
        ("maksTreff", "51"),
        ("navn", "RAD FURE"),
        ("soekFonetisk", "true"),
    )


def test_every_criterion_of_the_register_can_be_asked_with_and_goes_by_its_name() -> None:
    every: dict[str, Any] = {
        "navn": "RAD FURE",
        "kjoenn": "kvinne",
        "foedselsdato": date(2015, 5, 3),
        "foedselsaarFraOgMed": 2014,
        "foedselsaarTilOgMed": 2016,
        "adressenavn": "Storgata",
        "husnummer": "12B",
        "postnummer": "8340",
        "kommunenummer": "1870",
        "fylkesnummer": "18",
        "inkluderOppholdsadresse": True,
        "soekFonetisk": True,
        "inkluderDoede": True,
        "opplysningsgrunnlag": "historisk",
        "maksTreff": 51,
    }
    asked = dict(SearchCriteria(**every).query())
    assert asked.keys() == every.keys() == {field.name for field in fields(SearchCriteria)}
    assert search_criteria(asked).words == ["rad", "fure"]


def test_an_extract_keeps_the_kommune_in_an_object_of_its_own_and_years_as_texts() -> None:
    criteria = ExtractCriteria(
        personstatustyper=("bosatt",), bostedskommunenummer="1870", foedselsaarFraOgMed=2018, foedselsaarTilOgMed=2019
    )
    assert json.loads(criteria.body()) == {
        "personstatustyper": ["bosatt"],
        "kommunenummer": {"bostedskommunenummer": "1870"},
        "foedselsaarFraOgMed": "2018",
        "foedselsaarTilOgMed": "2019",
    }


def test_criteria_name_themselves_without_their_values() -> None:
    criteria = SearchCriteria(navn="RAD FURE", kommunenummer="1870")
    assert repr(criteria) == "<SearchCriteria: kommunenummer, navn>"
    assert set(criteria.given()) == {"navn", "kommunenummer"}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "no criterion"),
        ({"soekFonetisk": True, "maksTreff": 5}, "no criterion"),
        ({"navn": "RAD", "maksTreff": 0}, "maksTreff"),
        ({"navn": "RAD", "maksTreff": 10_001}, "maksTreff"),
        ({"adressenavn": "Ly "}, "adressenavn"),
        ({"postnummer": "84"}, "postnummer"),
        ({"kommunenummer": "187O"}, "kommunenummer"),
        ({"fylkesnummer": "018"}, "fylkesnummer"),
        ({"foedselsaarFraOgMed": 18}, "foedselsaarFraOgMed"),
        ({"foedselsaarFraOgMed": 1990, "foedselsaarTilOgMed": 1980}, "foedselsaarTilOgMed"),
        ({"navn": "RAD", "kjoenn": "KVINNE"}, "kjoenn"),
        ({"adressenavn": "Storgata", "husnummer": "B1"}, "husnummer"),
        ({"adressenavn": "Storgata", "husnummer": "12 B"}, "husnummer"),
        ({"navn": "RAD", "opplysningsgrunnlag": "alt"}, "opplysningsgrunnlag"),
    ],
)
def test_a_search_the_register_cannot_answer_is_refused_before_it_is_asked(given: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidCriteria, match=f"^{named}$"):
        SearchCriteria(**given)


def test_an_extract_takes_one_kommune_by_residence_or_by_stay() -> None:
    with pytest.raises(InvalidCriteria, match=r"^kommunenummer$"):
        ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870", oppholdskommunenummer="4640")


@pytest.mark.parametrize("types", [(), ("forsvunnet",), ("bosatt", "annet")])
def test_an_extract_takes_only_the_status_types_the_register_extracts_by(types: tuple[str, ...]) -> None:
    with pytest.raises(InvalidCriteria, match=r"^personstatustyper$"):
        ExtractCriteria(personstatustyper=types)
