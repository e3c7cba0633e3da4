"""Dates in a workbook, which are numbers with the format of a date: which formats those are, and which day a number
is."""

import re
from datetime import date, timedelta
from typing import Final

from roles.catalogue.workbook.answers import Reason, Unreadable
from roles.catalogue.workbook.xmlparts import starts

#: The numbers of the built-in formats with a day or a month, also those of East Asia. 18-21 and 45-47 are times.
_DATES: Final = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
#: Text in quotes or brackets, or after a backslash, underscore or star, does not make a format a date.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_FIRST_DAY_1900: Final = date(1899, 12, 31)
_FIRST_DAY_1904: Final = date(1904, 1, 1)
_NO_SUCH_DAY: Final = 60  # 29 February 1900: Excel counts it, the calendar does not


def date_styles(content: bytes | None) -> frozenset[int]:
    """The numbers of the cell styles that show a date. content: the part with the styles. Raises Unreadable."""
    if content is None:
        return frozenset()
    found = starts(content, "numFmt", "xf")
    codes = {
        attributes.get("numFmtId"): attributes.get("formatCode", "")
        for _, name, attributes in found
        if name == "numFmt"
    }
    used = [
        attributes.get("numFmtId", "0") for around, name, attributes in found if (around, name) == ("cellXfs", "xf")
    ]
    return frozenset(number for number, used_format in enumerate(used) if _shows_a_date(used_format, codes))


def _shows_a_date(number: str, codes: dict[str | None, str]) -> bool:
    if number in codes:
        return re.search(r"[yd]", _LITERAL.sub("", codes[number]), re.IGNORECASE) is not None
    return number.isdecimal() and int(number) in _DATES


def day_of(serial: float, *, since_1904: bool) -> date | None:
    """The day of a number; None when it is no day (a time of day, 29 February 1900, out of range)."""
    days = int(serial // 1)
    try:
        if since_1904:
            return _FIRST_DAY_1904 + timedelta(days=days) if days >= 0 else None
        if days < 1 or days == _NO_SUCH_DAY:
            return None
        return _FIRST_DAY_1900 + timedelta(days=days - (days > _NO_SUCH_DAY))
    except OverflowError:
        return None


def styles_of(content: bytes | None) -> frozenset[int]:
    """date_styles(), or an empty set when the part cannot be read; a date then counts as a number."""
    try:
        return date_styles(content)
    except Unreadable as wrong:
        if any(problem.reason is not Reason.DAMAGED for problem in wrong.problems):
            raise
        return frozenset()
