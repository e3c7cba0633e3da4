"""The register's moments as days in Norway. Pure.

A moment has 0 to 9 decimals in its seconds and usually an offset. When the register writes Z, midnight in Norway is 22
or 23 o'clock of the day before. Older data have only the date, or a moment without a zone.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[Tt ]([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d|60)(?:[.,]\d+)?)?)?"
    r"\s?(?:([Zz])|([+-])(\d\d):?(\d\d)?(?::?(\d\d))?)?"
    r"(?:\[[\w/+-]+\])?",
    re.ASCII,
)
_OSLO: Final = ZoneInfo("Europe/Oslo")
_WINTER: Final = timedelta(hours=1)
_SUMMER: Final = timedelta(hours=2)
#: A moment with one of these offsets is in Norwegian time already.
_NORWEGIAN: Final = frozenset({_WINTER, _SUMMER})

#: From this moment on all copies of the zone database agree about Oslo. For earlier years many have Berlin's time.
_ZONE_FROM: Final = datetime.fromisoformat("1970-01-01")
#: Norway's summer time before that, in UTC. Source: the zone database, its rules for Norway.
_SUMMERS: Final = tuple(
    (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
    for begins, ends in (
        ("1916-05-22T00", "1916-09-29T22"),
        ("1940-08-10T22", "1942-11-02T01"),
        ("1943-03-29T01", "1943-10-04T01"),
        ("1944-04-03T01", "1944-10-02T01"),
        ("1945-04-02T01", "1945-10-01T01"),
        ("1959-03-15T01", "1959-09-20T01"),
        ("1960-03-20T01", "1960-09-18T01"),
        ("1961-03-19T01", "1961-09-17T01"),
        ("1962-03-18T01", "1962-09-16T01"),
        ("1963-03-17T01", "1963-09-15T01"),
        ("1964-03-15T01", "1964-09-20T01"),
        ("1965-04-25T01", "1965-09-19T01"),
    )
)


def day_of(moment: str) -> date | None:
    """The day in Norway of a moment or date as the register writes it; None when the text is neither.

    For a moment without a zone, or in Norwegian time, it is the written day.
    """
    found = _MOMENT.fullmatch(moment.strip())
    try:
        return _parse_day(found) if found else None
    except ValueError:
        return None


def norwegian_day(moment: datetime) -> date:
    """The day in Norway at an aware datetime."""
    return moment.astimezone(_OSLO).date()


def _parse_day(found: re.Match[str]) -> date:
    written = date.fromisoformat(found[1])
    offset = _offset(found)
    if found[2] is None or offset is None or offset in _NORWEGIAN:
        return _after(written, timedelta(days=1)) if found[2] == "24" else written
    since_midnight = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return _in_norway(written, since_midnight - offset)


def _offset(found: re.Match[str]) -> timedelta | None:
    if found[5]:
        return timedelta()
    if not found[6]:
        return None
    size = timedelta(hours=int(found[7]), minutes=int(found[8] or 0), seconds=int(found[9] or 0))
    return -size if found[6] == "-" else size


def _in_norway(written: date, since_midnight: timedelta) -> date:
    """The day in Norway of a moment in UTC. since_midnight: the time since midnight UTC of the written day; it may be
    negative or more than a day."""
    try:
        moment = datetime.combine(written, time()) + since_midnight
        return (moment + _ahead(moment)).date()
    except OverflowError:
        # Outside the calendar. The first and last day stand for "always", so the written day is meant.
        return written


def _ahead(moment: datetime) -> timedelta:
    """How far Norway is ahead of UTC at this moment.

    Before 1895 each place had its own time, in Oslo 43 minutes ahead. One hour gives the same day for every midnight
    written in such a time.
    """
    if moment >= _ZONE_FROM:
        return moment.replace(tzinfo=UTC).astimezone(_OSLO).utcoffset() or _WINTER
    return _SUMMER if any(begins <= moment < ends for begins, ends in _SUMMERS) else _WINTER


def _after(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
