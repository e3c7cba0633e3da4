"""Synthetic birth numbers and d-numbers: month + 80, so that none can be a real person's.

The rules are from Skatteetaten's description of the number and of the series from 2032. They are written a second time,
apart from the adapter's, so that the two check each other.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from typing import Final

_WEIGHTS_1: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTH: Final = 80
_D_NUMBER_DAY: Final = 40
_TODAYS_RULE: Final = (0,)
_RULE_FROM_2032: Final = (1, 2, 3)


def _weighed(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


#: What each serial adds to the two sums that give the check digits.
_SERIALS: Final = tuple(
    (f"{serial:03}", _weighed(f"{serial:03}", _WEIGHTS_1[6:]), _weighed(f"{serial:03}", _WEIGHTS_2[6:]))
    for serial in range(1000)
)


class NumberSeries:
    """Issues every number once. The same Random gives the same numbers."""

    def __init__(self, random: Random, issued: set[str] | None = None) -> None:
        """issued: the numbers of another series. Neither series issues them again."""
        self._random = random
        self._issued = set() if issued is None else issued

    def beside(self, random: Random) -> "NumberSeries":
        """A series with another Random. Neither issues the other's numbers."""
        return NumberSeries(random, self._issued)

    def birth_number(self, born: date, *, woman: bool, from_2032: bool = False) -> str:
        """An unused number of 11 digits. The rule from 2032 says nothing about sex and starts at 999."""
        digits = _date_digits(born, born.day)
        if from_2032:
            return self._first_free(numbers_from_2032(digits))
        return self._first_free(numbers_of(digits, self._serials(born.year, woman=woman)))

    def d_number(self, born: date) -> str:
        """An unused d-number: day + 40."""
        digits = _date_digits(born, born.day + _D_NUMBER_DAY)
        return self._first_free(numbers_of(digits, self._turned(_d_serials(born.year))))

    def _serials(self, year: int, *, woman: bool) -> Iterator[int]:
        start, end = (500, 750) if year < 1900 else (0, 500) if year < 2000 else (500, 1000)
        return self._turned(range(start + (0 if woman else 1), end, 2))

    def _turned(self, serials: range) -> Iterator[int]:
        """All serials once, from a random one on. That is cheaper than a shuffle."""
        offset = int(self._random.random() * len(serials))
        return (serials[(offset + step) % len(serials)] for step in range(len(serials)))

    def _first_free(self, numbers: Iterator[str]) -> str:
        for number in numbers:
            if number not in self._issued:
                self._issued.add(number)
                return number
        raise RuntimeError("No number is left for that day.")


def numbers_from_2032(date_digits: str) -> Iterator[str]:
    """Every number of a date that is valid only by the rule from 2032, from serial 999 downwards."""
    return numbers_of(date_digits, range(999, 499, -1), _RULE_FROM_2032)


def numbers_of(date_digits: str, serials: Iterable[int], remainders: tuple[int, ...] = _TODAYS_RULE) -> Iterator[str]:
    """The numbers of a date (its six digits as in the number) with these serials, in their order."""
    first_sum, second_sum = _weighed(date_digits, _WEIGHTS_1), _weighed(date_digits, _WEIGHTS_2)
    for serial in serials:
        digits, first_part, second_part = _SERIALS[serial]
        for remainder in remainders:
            first = (remainder - first_sum - first_part) % 11
            second = -(second_sum + second_part + first * _WEIGHTS_2[-1]) % 11
            if first < 10 and second < 10:
                yield f"{date_digits}{digits}{first}{second}"


def _d_serials(year: int) -> range:
    """The serials of a year's d-numbers since 2021. The register's own series overlap even more."""
    return range(200) if year < 1940 else range(200, 500) if year < 2000 else range(600, 1000)


def _date_digits(born: date, day: int) -> str:
    return f"{day:02}{born.month + _SYNTHETIC_MONTH:02}{born.year % 100:02}"
