from datetime import date
from itertools import pairwise

import pytest

from integrations.codelists import Area, countries, country_name, fylke_name, fylker, kommune_name, kommuner
from integrations.codelists.kommuner import _areas


def test_every_current_kommune_is_there_once() -> None:
    numbers = [kommune.number for kommune in kommuner()]
    assert len(numbers) == len(set(numbers)) == 357


def test_every_current_kommune_lies_in_a_current_fylke() -> None:
    assert {kommune.number[:2] for kommune in kommuner()} == {fylke.number for fylke in fylker()}
    assert len(fylker()) == 15


def test_a_kommune_that_is_no_more_keeps_its_name_but_is_not_offered() -> None:
    assert kommune_name("1420") == "Sogndal"
    assert "1420" not in {kommune.number for kommune in kommuner()}


def test_the_kommuner_of_a_day_are_those_valid_on_it() -> None:
    then = {kommune.number for kommune in kommuner(date(2022, 6, 1))}
    assert {"1507", "3024", "5401"} <= then
    assert not {"1508", "3201", "5501"} & then


def test_two_kommuner_never_carry_the_same_name_on_the_same_day() -> None:
    names = [kommune.name for kommune in kommuner()]
    assert len(names) == len(set(names))


def test_an_unknown_number_has_no_name() -> None:
    assert (kommune_name("9999"), fylke_name("99"), country_name("QQ")) == (None, None, None)


def test_a_country_has_one_name_by_either_code() -> None:
    assert country_name("NO") == country_name("NOR") == "Norge"
    assert len({country.alpha3 for country in countries()}) == len(countries()) > 240


def test_every_country_has_a_name_in_each_language() -> None:
    assert [country_name("NOR", language) for language in ("nb", "nn", "en")] == ["Norge", "Noreg", "Norway"]
    assert all(country.name_nb and country.name_nn and country.name_en for country in countries())


def test_the_registers_own_special_codes_have_names() -> None:
    assert [country_name(code) for code in ("XXX", "XUK", "XXK", "YY")] == ["Statsløs", "Ukjent", "Kosovo", "Ukjent"]


@pytest.mark.parametrize(
    ("number", "name"),
    [("0219", "Bærum"), ("0602", "Drammen"), ("2003", "Vadsø"), ("0106", "Fredrikstad"), ("1102", "Sandnes"),
     ("0710", "Sandefjord"), ("1504", "Ålesund"), ("0706", "Sandefjord"), ("0720", "Stokke"), ("1723", "Mosvik"),
     ("0914", "Tvedestrand"), ("5004", "Steinkjer"), ("1601", "Trondheim"), ("0835", "Rauland"), ("1301", "Bergen"),
     ("2111", "Spitsbergen")],
)  # fmt: skip
def test_a_former_kommune_keeps_its_name(number: str, name: str) -> None:
    assert kommune_name(number) == name


@pytest.mark.parametrize(
    ("number", "day", "name"),
    [
        ("0716", "1990-01-01", "Våle"),
        ("0716", "2010-01-01", "Re"),
        ("0701", "1950-01-01", "Svelvik"),
        ("0701", "1999-01-01", "Borre"),
        ("0701", "2015-01-01", "Horten"),
        ("0712", "1950-01-01", "Skoger"),
        ("0712", "2019-06-01", "Larvik"),
        ("1806", "1950-01-01", "Svolvær"),
        ("1806", "1990-01-01", "Narvik"),
        ("1601", "1920-01-01", "Trondhjem"),
        ("1601", "2010-01-01", "Trondheim"),
        ("4640", "1990-01-01", "Sogndal"),
    ],
)
def test_a_number_that_is_used_again_has_the_name_of_its_day(number: str, day: str, name: str) -> None:
    assert kommune_name(number, date.fromisoformat(day)) == name


def test_no_kommune_has_two_names_on_one_day() -> None:
    every = sorted(former_kommuner(), key=lambda area: (area.number, area.valid_from or date.min))
    for before, after in pairwise(every):
        if before.number == after.number:
            assert before.valid_to is not None
            assert after.valid_from is not None
            assert before.valid_to < after.valid_from, before


def former_kommuner() -> tuple[Area, ...]:
    return _areas("former_kommuner.csv")


@pytest.mark.parametrize(
    "code",
    ["SCG", "YUG", "SUN", "CSK", "DDR", "ANT", "ZAR", "BUR", "TMP", "ROM", "RHO", "YMD", "VDR", "HVO", "DHY", "BYS",
     "XXA", "XXB", "XXC", "WAK", "GBD", "GBN", "UNO", "UK", "EL"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_was_a_country_or_stands_in_a_passport_has_a_name(code: str, language: str) -> None:
    name = country_name(code, language)
    assert name
    assert name != code


def test_serbia_and_montenegro_is_called_so() -> None:
    assert [country_name("scg", language) for language in ("nb", "en")] == [
        "Serbia og Montenegro",
        "Serbia and Montenegro",
    ]


def test_what_is_no_country_any_more_cannot_be_chosen() -> None:
    assert not {"SCG", "ZAR", "GBD"} & {country.alpha3 for country in countries()}
