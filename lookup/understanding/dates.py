"""Parses when somebody was born: a day, a year, a range of years, or an age.

A year of two digits is in the century in which the person would be alive. When that is true of both centuries, the
later one is taken and the result has the other. A day that does not exist, such as 31.02, is reported and never moved
to another day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

#: The oldest person known in Norway became 114, so nobody alive is older than this.
OLDEST: Final = 120
EARLIEST_YEAR: Final = 1850

_NAMES: Final = (
    *(("januar", "january", "jan"), ("februar", "february", "febr", "feb"), ("mars", "march", "mar")),
    *(("april", "apr"), ("mai", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"), ("august", "aug")),
    *(("september", "sept", "sep"), ("oktober", "october", "okt", "oct"), ("november", "nov")),
    ("desember", "december", "des", "dec"),
)
_MONTHS: Final = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}


class Doubt(StrEnum):
    """The reasons why a piece of text is no day and no year."""

    NO_SUCH_DAY = "no-such-day"
    NO_YEAR = "no-year"
    UNCLEAR_YEAR = "unclear-year"
    FUTURE = "future"
    LONG_AGO = "long-ago"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Born:
    """What a piece of text says about a birth: a day, a range of years, or a doubt.

    other: the same day in the century before, when the person could be alive then too. written: the piece as it stood.
    """

    day: date | None = None
    other: date | None = None
    years: tuple[int, int] | None = None
    doubt: Doubt | None = None
    written: str = ""


NOTHING: Final = Born()


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A birth and where it stands in the text."""

    born: Born
    start: int
    end: int


_LABEL: Final = (
    r"(?:(?<!\w)(?:f(?:ø|oe)dsels?-?(?:dato|dag|år|nr)?|f\.?\s?dato|f(?:ø|oe)dt|f(?:ø|oe)dd|born|dob|f\.\s?d\.|fd\.?|f\.?|\*)"
    r"\s?[:=.]*\s?(?:(?:den|i|on|in|ca\.?)\s)?)"
)
_BEFORE, _BEHIND = r"(?<![\w/.\-])", r"(?:[ t]\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?)?(?!\w|[./\-]\d)"
_BETWEEN: Final = r"(?:\s?[./\-]\s?|\s)"
_YEAR: Final = r"'?(?P<year>\d{4}|\d{2})"
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_ORDINAL: Final = r"(?:\.|st|nd|rd|th)?"


def _pattern(body: str, *, labelled: bool = False) -> re.Pattern[str]:
    before = _LABEL if labelled else f"(?:{_LABEL}|{_BEFORE})"
    return re.compile(f"{before}{body}{_BEHIND}", re.IGNORECASE)


def parse_birth(text: str, today: date) -> Found | None:
    """The first birth in the text; None when there is none. text: as plain() returns it."""
    for pattern, read in _READINGS:
        if found := pattern.search(text):
            return Found(read(found, today), found.start(), found.end())
    return None


def _parse_day(found: re.Match[str], today: date) -> Born:
    month = found["month"].lower().rstrip(".")
    number = _MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    return _day(int(found["day"]), number, found["year"], today, found[0])


def _parse_digits(found: re.Match[str], today: date) -> Born:
    """Eight or six digits: DDMMYYYY or DDMMYY; YYYYMMDD when the first is no day. No text is a day of our time in both
    ways."""
    digits = found["digits"]
    read = _day(int(digits[:2]), int(digits[2:4]), digits[4:], today, found[0])
    if read.doubt and len(digits) == 8:
        turned = _day(int(digits[6:]), int(digits[4:6]), digits[:4], today, found[0])
        return read if turned.doubt else turned
    return read


def _day(day: int, month: int, year: str, today: date, written: str) -> Born:
    days = [found for full in _full_years(year, today) if (found := _date(full, month, day))]
    living = [found for found in days if _is_living(found, today)] if len(year) == 2 else days
    if not living:
        return Born(doubt=Doubt.FUTURE if days else Doubt.NO_SUCH_DAY, written=written)
    if doubt := _out_of_time(living[0], today):
        return Born(doubt=doubt, written=written)
    return Born(day=living[0], other=living[1] if len(living) > 1 else None, written=written)


def _full_years(year: str, today: date) -> list[int]:
    """The full years that a written year may stand for, the latest first."""
    if len(year) == 4:
        return [int(year)]
    century = today.year // 100 * 100
    return [century + int(year), century - 100 + int(year)]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_living(day: date, today: date) -> bool:
    return day <= today and day.year > today.year - OLDEST


def _out_of_time(day: date, today: date) -> Doubt | None:
    if day > today:
        return Doubt.FUTURE
    return Doubt.LONG_AGO if day.year < EARLIEST_YEAR else None


def _parse_without_year(found: re.Match[str], today: date) -> Born:
    del today
    return Born(doubt=Doubt.NO_YEAR, written=found[0])


def _parse_years(found: re.Match[str], today: date) -> Born:
    first, last = sorted((int(found["first"]), int(found["last"])))
    is_ours = EARLIEST_YEAR <= first <= today.year
    return Born(years=(first, min(last, today.year)), written=found[0]) if is_ours else _unclear(found)


def _parse_year(found: re.Match[str], today: date) -> Born:
    years = [year for year in _full_years(found["year"], today) if may_be_birth_year(year, today)]
    return Born(years=(years[0], years[0]), written=found[0]) if len(years) == 1 else _unclear(found)


def may_be_birth_year(year: int, today: date) -> bool:
    """Whether a living person may be born in this year."""
    return today.year - OLDEST < year <= today.year


def _unclear(found: re.Match[str]) -> Born:
    return Born(doubt=Doubt.UNCLEAR_YEAR, written=found[0])


def _parse_age(found: re.Match[str], today: date) -> Born:
    """The two years in which a person of this age was born."""
    year = today.year - int(found["age"])
    return Born(years=(year - 1, year), written=found[0]) if int(found["age"]) < OLDEST else _unclear(found)


_Reading = tuple[re.Pattern[str], Callable[[re.Match[str], date], Born]]


def _readings() -> Iterator[_Reading]:
    """Each pattern with its parser, the most certain first: a text that fits two patterns is read by the longer one."""
    yield _pattern(r"(?P<year>\d{4})[./\-](?P<month>\d{1,2})[./\-](?P<day>\d{1,2})"), _parse_day
    yield (
        _pattern(rf"(?P<day>\d{{1,2}}){_ORDINAL}[ \-]?(?:of\s)?{_MONTH}\.?,?[ \-]?{_YEAR}"),
        _parse_day,
    )
    yield _pattern(rf"{_MONTH}\.?\s(?P<day>\d{{1,2}}){_ORDINAL},?\s(?P<year>\d{{4}})"), _parse_day
    yield _pattern(rf"(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}{_YEAR}"), _parse_day
    yield _pattern(r"(?P<digits>\d{8}|\d{6})"), _parse_digits
    yield _pattern(r"(?:mellom\s)?(?P<first>\d{4})\s?(?:-|til|og|to)\s?(?P<last>\d{4})"), _parse_years
    yield _pattern(rf"\d{{1,2}}{_ORDINAL}\s?{_MONTH}\.?"), _parse_without_year
    yield _pattern(r"\d{1,2}[./]\s?\d{1,2}\.?", labelled=True), _parse_without_year
    yield _pattern(r"\d{1,2}\.\s?\d{1,2}\.?"), _parse_without_year
    yield _pattern(_YEAR, labelled=True), _parse_year
    yield _pattern(r"(?:ca\.?\s)?(?P<age>\d{1,3})\s?(?:år(?:\sgammel|\sgammal)?|åring|years?(?:\sold)?)"), _parse_age


_READINGS: Final = tuple(_readings())
