"""National identity numbers and D-numbers, checked by the register owner's own algorithm.

Source: Skatteetaten's published validator and its rules from 2032 ("nyttfnr2032"). Both rules hold side by side, since
nobody changes number and test numbers of the new kind exist. Neither sex nor date of birth is ever read out of a
number: from 2032 they are not in it, and a D-number may carry another date.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from integrations.folkeregisteret.typedtext import plain

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


_DIGITS: Final = re.compile(r"\d+")
_ALL_SCRIPTS_DIGITS: Final = re.compile(r"[\d\u2070-\u209f\u00b2\u00b3\u00b9\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]")
#: Between the digits of one number: a few signs, and no letter. Tight: as people write a number in two pieces.
_GAP: Final = re.compile(r"[^0-9A-Za-z\u00c0-\U0010ffff]{0,3}")
_TIGHT: Final = re.compile(r"[ .\-]{0,3}")


#: Seven digits in a row are most of somebody's number already, and a wildcard may stand for any of the rest.
_MOST_OF_ONE: Final = re.compile(r"(?:\d[*?]*){7}|(?:\d[\s.,*?\-]*){11}")


def is_eleven_digits(text: str) -> bool:
    """Whether the text has the form of a number and nothing else: what the register may be asked for."""
    return len(text) == 11 and text.isascii() and text.isdigit()


def looks_like_a_number(text: str, *, also_in_part: bool = False) -> bool:
    """Whether somebody's number may stand in the text, in whichever digits, pieces and signs between them.

    Eleven digits in one piece or in six and five are one, also with a slip of the finger in them; in other pieces they
    are one where the date and the check digits are right. More digits in one piece are somebody's case, not a person.
    also_in_part: in a query, where the most of a number finds the person, so does the number with a wildcard in it.
    """
    if also_in_part and _MOST_OF_ONE.search(plain(text)):
        return True
    return _may_hold_one(text) and next(numbers_in(plain(text)), None) is not None


def without_numbers(text: str, instead: str) -> str:
    """The text as it is where nothing in it looks like a number; else in plain signs, with `instead` for each."""
    if not looks_like_a_number(text):
        return text
    shown, pieces, at = plain(text), [], 0
    for start, end in numbers_in(shown):
        pieces += [shown[at:start], instead]
        at = end
    return "".join([*pieces, shown[at:]])


def _may_hold_one(text: str) -> bool:
    """Quick, since nearly every text does not."""
    return len(text) >= 11 and len(_ALL_SCRIPTS_DIGITS.findall(text)) >= 11


def numbers_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each that looks like a number begins and ends. text: plain, else a sign nobody sees hides one."""
    groups, first = list(_DIGITS.finditer(text)), 0
    while first < len(groups):
        last = _last_of_number(text, groups, first)
        if last is not None:
            yield groups[first].start(), groups[last].end()
        first = first + 1 if last is None else last + 1


def _last_of_number(text: str, groups: Sequence["re.Match[str]"], first: int) -> int | None:
    digits, gaps = "", []
    for place in range(first, len(groups)):
        if place > first:
            gaps.append(text[groups[place - 1].end() : groups[place].start()])
            if not _GAP.fullmatch(gaps[-1]):
                return None
        digits += groups[place][0]
        if len(digits) >= 11:
            is_one = len(digits) == 11 and (_is_in_usual_pieces(groups[first][0], gaps) or _is_right(digits))
            return place if is_one else None
    return None


def _is_in_usual_pieces(beginning: str, gaps: Sequence[str]) -> bool:
    return not gaps or (len(gaps) == 1 and len(beginning) == 6 and _TIGHT.fullmatch(gaps[0]) is not None)


def _is_right(digits: str) -> bool:
    try:
        parse(digits)
    except InvalidIdentifier:
        return False
    return True
