from datetime import date

from integrations.codelists import countries, country_name, fylke_name, fylker, kommune_name, kommuner


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
