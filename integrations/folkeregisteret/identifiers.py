"""National identity numbers and D-numbers, checked by the register owner's own algorithm.

Source: Skatteetaten's published validator and its rules from 2032 ("nyttfnr2032"). Both rules are valid at the same
time, because existing numbers stay and test numbers of the new kind exist. We never read sex or date of birth from a
number: from 2032 they are not in it, and a D-number may have another date.
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
    """The issuer of a number that is not a real one, by its month.

    Month + 80: the tax administration, for testing. Month + 40: either NAV's Dolly, for testing, or a hospital, for a
    real patient whose number was not known (an H-number). The number alone does not distinguish these two.
    """

    NONE = "none"
    SKATTEETATEN = "skatteetaten"
    DOLLY_OR_HEALTH = "dolly-or-health"


class Rule(StrEnum):
    """The check digit rule that a number fits."""

    FROM_1964 = "1964"
    FROM_2032 = "2032"


class Reason(StrEnum):
    """Why a text is no identifier, in the order of the checks."""

    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    NOT_A_DATE = "not-a-date"
    CHECK_DIGITS = "check-digits"


class InvalidIdentifier(ValueError):
    """The text is no identifier. It has the reason, but never the text."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason.value


@dataclass(frozen=True, slots=True)
class Identifier:
    """A valid identifier. number: 11 digits as text, hidden in repr."""

    number: str = field(repr=False)
    kind: Kind
    synthetic: Synthetic
    rule: Rule


def parse(text: str) -> Identifier:
    """The identifier in the text, which may hold spaces. Raises InvalidIdentifier. Does not check that it is in use."""
    number = _digits(text)
    kind = Kind.DNR if number[0] in "4567" else Kind.FNR
    synthetic = _synthetic(int(number[2]))
    _check_date(number, kind, synthetic)
    return Identifier(number, kind, synthetic, _rule(number))


def _digits(text: str) -> str:
    number = "".join(text.split())
    # str.isdigit() alone is also True for digits of other scripts.
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
#: What may separate the digits of one number: a few characters, but no letter. _TIGHT: as people write a number in two
#: pieces.
_GAP: Final = re.compile(r"[^0-9A-Za-z\u00c0-\U0010ffff]{0,3}")
_TIGHT: Final = re.compile(r"[ .\-]{0,3}")


#: Matches most of a number (seven digits in a row) or eleven digits with separators, both also with wildcards.
_MOST_OF_ONE: Final = re.compile(r"(?:\d[*?]*){7}|(?:\d[\s.,*?\-]*){11}")


def is_eleven_digits(text: str) -> bool:
    """Whether the text is exactly eleven digits, which is what the register accepts."""
    return len(text) == 11 and text.isascii() and text.isdigit()


def looks_like_a_number(text: str, *, also_in_part: bool = False) -> bool:
    """Whether the text may contain a person's number, in any script and with any separators.

    Eleven digits in one piece, or in pieces of six and five, count as a number, also with a typing error. In other
    pieces they count if the date and the check digits are right. More digits in one piece are a case number.
    also_in_part: also True for most of a number, or a number with wildcards; for queries, where that finds the person.
    """
    if also_in_part and _MOST_OF_ONE.search(plain(text)):
        return True
    return _may_hold_one(text) and next(numbers_in(plain(text)), None) is not None


def without_numbers(text: str, instead: str) -> str:
    """The text unchanged if nothing in it looks like a number; else in plain characters, with `instead` for each
    number."""
    if not looks_like_a_number(text):
        return text
    shown, pieces, at = plain(text), [], 0
    for start, end in numbers_in(shown):
        pieces += [shown[at:start], instead]
        at = end
    return "".join([*pieces, shown[at:]])


def _may_hold_one(text: str) -> bool:
    """A quick check, because nearly no text holds a number."""
    return len(text) >= 11 and len(_ALL_SCRIPTS_DIGITS.findall(text)) >= 11


def numbers_in(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each number in a plain text; an invisible sign hides a number."""
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
