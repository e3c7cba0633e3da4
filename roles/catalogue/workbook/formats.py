"""Which numbers are dates, by the format they are shown in; and which day a number is."""

import re
from datetime import date, timedelta
from typing import Final

from roles.catalogue.workbook.answers import Reason, Unreadable
from roles.catalogue.workbook.xmlparts import starts

#: Formats every program knows by number: days and months; those of East Asia among them. 18-21 and 45-47 are times.
_DATES: Final = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
#: What stands in quotes, brackets, or behind a backslash, underscore or star says nothing of the kind.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_FIRST_DAY_1900: Final = date(1899, 12, 31)
_FIRST_DAY_1904: Final = date(1904, 1, 1)
_NO_SUCH_DAY: Final = 60  # 29 February 1900: Excel counts it, the calendar does not


def date_styles(content: bytes | None) -> frozenset[int]:
    """The numbers of the cell styles that show a date. content: the part with the styles."""
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
    """The day a number stands for, or None where it stands for none (a time of day, 29 February 1900, too far)."""
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
    """date_styles, or none where the part cannot be read: a date then stands as a number, and is told as one."""
    try:
        return date_styles(content)
    except Unreadable as wrong:
        if any(problem.reason is not Reason.DAMAGED for problem in wrong.problems):
            raise
        return frozenset()
