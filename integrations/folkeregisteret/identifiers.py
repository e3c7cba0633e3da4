"""National identity numbers and D-numbers, checked by the register owner's own algorithm.

Source: Skatteetaten's published validator and its rules from 2032 ("nyttfnr2032"). Both rules hold side by side, since
nobody changes number and test numbers of the new kind exist. Neither sex nor date of birth is ever read out of a
number: from 2032 they are not in it, and a D-number may carry another date.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_K1_WEIGHTS: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_K2_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_K1_REMAINDERS_FROM_2032: Final = (1, 2, 3)


class Kind(StrEnum):
    FNR = "fnr"
    DNR = "dnr"


class Synthetic(StrEnum):
    """What the month says about who made the number.

    Month + 80: the tax administration, for testing. Month + 40: either NAV's Dolly, for testing, or a hospital, for a
    real patient whose number it did not have (an H-number). The number alone does not tell these two apart.
    """

    NONE = "none"
    SKATTEETATEN = "skatteetaten"
    DOLLY_OR_HEALTH = "dolly-or-health"


class Rule(StrEnum):
    """Which check digit rule it fits."""

    FROM_1964 = "1964"
    FROM_2032 = "2032"


class Reason(StrEnum):
    """Why a text is no identifier, in the order it is checked."""

    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    NOT_A_DATE = "not-a-date"
    CHECK_DIGITS = "check-digits"


class InvalidIdentifier(ValueError):
    """Carries the reason, never the text."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason.value


@dataclass(frozen=True, slots=True)
class Identifier:
    """number: 11 digits as text, out of sight in repr."""

    number: str = field(repr=False)
    kind: Kind
    synthetic: Synthetic
    rule: Rule


def parse(text: str) -> Identifier:
    """The identifier in this text, spaces tolerated. Raises InvalidIdentifier. Whether it is in use is not checked."""
    number = _digits(text)
    kind = Kind.DNR if number[0] in "4567" else Kind.FNR
    synthetic = _synthetic(int(number[2]))
    _check_date(number, kind, synthetic)
    return Identifier(number, kind, synthetic, _rule(number))


def _digits(text: str) -> str:
    number = "".join(text.split())
    # str.isdigit() alone also says yes to the digits of other scripts.
    if number and not (number.isascii() and number.isdigit()):
        raise InvalidIdentifier(Reason.NOT_DIGITS)
    if len(number) != 11:
        raise InvalidIdentifier(Reason.LENGTH)
    return number


def _synthetic(tens_of_month: int) -> Synthetic:
    if tens_of_month >= 8:
        return Synthetic.SKATTEETATEN
    return Synthetic.DOLLY_OR_HEALTH if tens_of_month in {4, 5} else Synthetic.NONE


_ADDED_TO_MONTH: Final = {Synthetic.NONE: 0, Synthetic.DOLLY_OR_HEALTH: 40, Synthetic.SKATTEETATEN: 80}


def _check_date(number: str, kind: Kind, synthetic: Synthetic) -> None:
    day = int(number[:2]) - (40 if kind is Kind.DNR else 0)
    month = int(number[2:4]) - _ADDED_TO_MONTH[synthetic]
    # The century is not in the number; the 21st makes 00 a leap year, as the register owner's validator does.
    year = 2000 + int(number[4:6])
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        raise InvalidIdentifier(Reason.NOT_A_DATE)


def _rule(number: str) -> Rule:
    first, second = _remainder(number[:10], _K1_WEIGHTS), _remainder(number, _K2_WEIGHTS)
    if second == 0 and first == 0:
        return Rule.FROM_1964
    if second == 0 and first in _K1_REMAINDERS_FROM_2032:
        return Rule.FROM_2032
    raise InvalidIdentifier(Reason.CHECK_DIGITS)


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
