"""The age of a person. Pure."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """The age in whole years on this day; negative before birth.

    A person born on 29 February has their birthday on 28 February in other years: a term of years ends on the day with
    the same number, or on the last of the month when that does not exist (domstolloven § 148, first paragraph).
    """
    return day.year - born.year - ((day.month, day.day) < _birthday(born, day.year))


def _birthday(born: date, year: int) -> tuple[int, int]:
    try:
        born.replace(year=year)
    except ValueError:
        return 2, 28
    return born.month, born.day
