from datetime import date
from random import Random

import pytest

from integrations.simulator.population.numbers import NumberSeries
from integrations.simulator.population.places import Kommune
from integrations.simulator.population.population import populate

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def remainders(number: str) -> tuple[int, int]:
    """The two weighted sums modulo 11, control digits included: an account of its own, not the simulator's."""
    digits = [int(digit) for digit in number]
    return sum(w * d for w, d in zip(FIRST, digits, strict=False)) % 11, sum(
        w * d for w, d in zip(SECOND, digits, strict=True)
    ) % 11


def birthday(number: str) -> tuple[int, int, int]:
    """Day, month and year of two digits, with what marks a d-number and a synthetic one taken off."""
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    return day - 40 if day > 40 else day, month - 80, year


@pytest.mark.parametrize(
    ("number", "expected"),
    [("03851598730", (0, 0)), ("30908299902", (2, 0)), ("41819077302", (0, 0)), ("41819077906", (1, 0))],
)
def test_the_tests_own_account_agrees_with_the_register_owners_published_numbers(
    number: str, expected: tuple[int, int]
) -> None:
    assert remainders(number) == expected


def test_every_number_of_the_population_is_synthetic_and_has_right_check_digits() -> None:
    residents = list(populate("9", size=400, kommuner=("1870", "4640")).residents)
    for resident in residents:
        first, second = remainders(resident.number)
        assert (first in {0, 1, 2, 3}, second) == (True, 0)
    assert {remainders(resident.number)[0] for resident in residents} > {0}


def test_all_but_a_few_numbers_bear_the_birth_date() -> None:
    residents = list(populate("9", size=1000, kommuner=("1870", "4640")).residents)
    others = [resident for resident in residents if birthday(resident.number) != _date_in_number(resident.born)]
    assert 0 < len(others) < 20


def _date_in_number(born: date) -> tuple[int, int, int]:
    return born.day, born.month, born.year % 100


def test_no_number_is_issued_twice() -> None:
    numbers = NumberSeries(Random(1))
    day = date(1990, 5, 17)
    issued = [numbers.birth_number(day, woman=True) for _ in range(150)]
    issued += [numbers.d_number(day) for _ in range(150)]
    assert len(set(issued)) == 300


@pytest.mark.parametrize(
    ("year", "series"), [(1925, "01"), (1939, "01"), (1940, "234"), (1999, "234"), (2000, "6789"), (2026, "6789")]
)
def test_a_d_number_is_of_a_series_that_the_birth_year_may_have(year: int, series: str) -> None:
    numbers = NumberSeries(Random(1))
    assert {numbers.d_number(date(year, 3, 9))[6] for _ in range(100)} == set(series)


def test_a_day_without_free_numbers_is_an_error_not_a_wrong_number() -> None:
    numbers = NumberSeries(Random(1))
    with pytest.raises(RuntimeError):
        [numbers.birth_number(date(1990, 5, 17), woman=True) for _ in range(300)]


def test_a_number_of_the_old_rule_shows_the_century_and_the_sex() -> None:
    numbers = NumberSeries(Random(3))
    for year, low, high in ((1895, 500, 749), (1950, 0, 499), (2011, 500, 999)):
        woman = numbers.birth_number(date(year, 3, 1), woman=True)
        man = numbers.birth_number(date(year, 3, 1), woman=False)
        assert all(low <= int(number[6:9]) <= high for number in (woman, man))
        assert (int(woman[8]) % 2, int(man[8]) % 2) == (0, 1)


def test_a_number_of_the_rule_from_2032_starts_at_the_top_and_has_another_remainder() -> None:
    number = NumberSeries(Random(1)).birth_number(date(2001, 12, 31), woman=True, from_2032=True)
    assert number[6:8] == "99"
    assert remainders(number)[0] in {1, 2, 3}


def test_a_dwelling_is_handed_out_once() -> None:
    kommune = Kommune("1870")
    places = [str(kommune.home().place) for _ in range(2000)]
    assert len(set(places)) == 2000
