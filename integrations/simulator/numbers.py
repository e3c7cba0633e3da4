"""Synthetic birth numbers and d-numbers: month + 80, so that none can belong to a living person.

Source of the rules: Skatteetaten's description of the number and of the series from 2032. Written apart from the
adapter, so that the two check each other.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTH = 80
_D_NUMBER_DAY = 40


class NumberSeries:
    """Issues every number once; the same Random gives the same numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._issued: set[str] = set()

    def birth_number(self, born: date, *, woman: bool, from_2032: bool = False) -> str:
        """An unused number of 11 digits. The rule from 2032 says nothing about sex and starts at 999."""
        serials = range(999, 499, -1) if from_2032 else self._serials(born.year, woman=woman)
        remainders = (1, 2, 3) if from_2032 else (0,)
        return self._first_free(_date_digits(born, born.day), iter(serials), remainders)

    def d_number(self, born: date) -> str:
        """An unused d-number: day + 40."""
        return self._first_free(_date_digits(born, born.day + _D_NUMBER_DAY), self._turned(range(1000)), (0,))

    def _serials(self, year: int, *, woman: bool) -> Iterator[int]:
        start, end = (500, 750) if year < 1900 else (0, 500) if year < 2000 else (500, 1000)
        return self._turned(range(start + (0 if woman else 1), end, 2))

    def _turned(self, serials: range) -> Iterator[int]:
        """All serials once, beginning at a random one: cheaper than a shuffle."""
        offset = int(self._random.random() * len(serials))
        return (serials[(offset + step) % len(serials)] for step in range(len(serials)))

    def _first_free(self, digits: str, serials: Iterator[int], remainders: tuple[int, ...]) -> str:
        for serial in serials:
            for remainder in remainders:
                number = _with_check_digits(f"{digits}{serial:03}", remainder)
                if number and number not in self._issued:
                    self._issued.add(number)
                    return number
        raise RuntimeError("No number is left for that day.")


def _date_digits(born: date, day: int) -> str:
    return f"{day:02}{born.month + _SYNTHETIC_MONTH:02}{born.year % 100:02}"


def _with_check_digits(nine: str, remainder: int) -> str:
    """The number, or "" when no single digit brings the sums to the remainder and to nought."""
    values = [int(digit) for digit in nine]
    first = (remainder - sum(w * v for w, v in zip(_WEIGHTS_1, values, strict=True))) % 11
    second = -sum(w * v for w, v in zip(_WEIGHTS_2, [*values, first], strict=True)) % 11
    return "" if first == 10 or second == 10 else f"{nine}{first}{second}"
