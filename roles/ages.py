"""How old somebody is. Pure."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Whole years on this day, negative before birth.

    Who was born on 29 February gets a year older on the last day of February where that is the 28th: a term of years
    ends on the day of the same number, or on the month's last where it has none (domstolloven § 148, first paragraph).
    """
    return day.year - born.year - ((day.month, day.day) < _birthday(born, day.year))


def _birthday(born: date, year: int) -> tuple[int, int]:
    try:
        born.replace(year=year)
    except ValueError:
        return 2, 28
    return born.month, born.day
