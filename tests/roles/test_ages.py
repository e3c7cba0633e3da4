"""The age of a person."""

from datetime import date

import pytest

from roles.ages import age_on


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2008-02-29", "2026-03-01", 18),
        ("2020-02-29", "2026-02-28", 6),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("1896-02-29", "1900-02-28", 4),
        ("2096-02-29", "2100-02-28", 4),
        ("1996-02-29", "2000-02-28", 3),
        ("2008-02-28", "2026-02-27", 17),
        ("2008-03-01", "2026-02-28", 17),
        ("2008-12-31", "2026-12-30", 17),
        ("2008-12-31", "2026-12-31", 18),
        ("2026-11-30", "2026-11-30", 0),
    ],
)
def test_a_year_is_full_on_the_day_of_the_same_number_or_the_last_of_a_month_without_it(
    born: str, day: str, age: int
) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age
