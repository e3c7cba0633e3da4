"""Names of kommuner and countries."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from roles.vocabulary.places import as_country, as_kommune, known_country, with_its_number


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def test_a_kommune_has_the_name_of_the_day() -> None:
    assert as_kommune("0716", date(1990, 1, 1)) == "Våle"
    assert with_its_number("0716", date(1990, 1, 1)) == "Våle (0716)"
    assert with_its_number(" 1870 ") == "Sortland (1870)"


def test_a_kommune_nobody_knows_is_said_to_be_unknown() -> None:
    assert as_kommune("9999") == "Ukjent kommune"
    assert with_its_number("9999") == "Ukjent kommune (9999)"


@pytest.mark.parametrize(("language", "name"), [("nb", "Sverige"), ("en", "Sweden")])
@pytest.mark.parametrize("code", ["SE", "SWE", "se"])
def test_a_country_has_its_name_in_the_language_of_the_page(language: str, name: str, code: str) -> None:
    with translation.override(language):
        assert as_country(code) == known_country(code) == name


def test_a_country_nobody_has_is_said_to_be_unknown() -> None:
    assert (as_country("QQ"), known_country("QQ")) == ("Ukjent land", "")
