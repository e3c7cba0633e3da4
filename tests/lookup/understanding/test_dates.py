"""Birth dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookup.understanding.dates import Born, Doubt, parse_birth

TODAY = date(2026, 11, 30)
DAY = date(1988, 1, 17)


def born(text: str) -> Born:
    found = parse_birth(text, TODAY)
    return found.born if found else Born()


@pytest.mark.parametrize(
    "written",
    [
        *("170188", "17011988", "19880117", "17.01.88", "17.1.88", "17.01.1988", "17. 01. 1988", "17. 1. 88"),
        *(
            "17/1-1988",
            "17/1-88",
            "17/01/1988",
            "17/1 1988",
            "17/1 88",
            "17-01-1988",
            "17-1-88",
            "17.1-88",
            "17.01-1988",
        ),
        *("17 01 1988", "17 1 88", "1988-01-17", "1988-1-17", "1988.01.17", "1988/01/17"),
        *("1988-01-17 00:00:00", "1988-01-17T00:00", "17.01.1988 12:30", "17.01.1988 00.00"),
        *("17 januar 1988", "17. januar 1988", "17. jan. 88", "17 jan 88", "17.jan.1988", "17. JANUAR 1988"),
        *("17-jan-1988", "17jan1988", "17. januar, 1988", "17. januar '88", "17 January 1988", "17th January 1988"),
        *("17th of January 1988", "January 17, 1988", "Jan 17 1988", "f. 17.01.88", "f.17.01.88", "f 170188"),
        *(
            "født 17 januar 1988",
            "Født: 17.01.1988",
            "født den 17. januar 1988",
            "fødd 17. januar 1988",
            "foedt 170188",
        ),
        *("fødselsdato 17.01.1988", "Fødselsdato: 17.01.1988", "f.dato 17.01.88", "fdato: 170188", "born 17.01.1988"),
        *("born on 17 January 1988", "f.d. 17.01.88", "*17.01.1988", "17.01.1988.", "(17.01.1988)"),
    ],
)
def test_a_day_is_the_same_however_it_is_written(written: str) -> None:
    assert born(written).day == DAY
    assert born(f"Sindig Sildestim {written}").day == DAY
    assert born(f"{written} Sindig Sildestim").day == DAY
    assert not born(written).other


@pytest.mark.parametrize(
    ("month", "number"),
    [
        *(("januar", 1), ("februar", 2), ("febr", 2), ("mars", 3), ("april", 4), ("mai", 5), ("may", 5), ("juni", 6)),
        *(
            ("juli", 7),
            ("aug", 8),
            ("sept", 9),
            ("okt", 10),
            ("october", 10),
            ("nov", 11),
            ("des", 12),
            ("december", 12),
        ),
    ],
)
def test_every_month_has_its_names(month: str, number: int) -> None:
    assert born(f"5. {month} 2001").day == born(f"5 {month.upper()}. 01").day == date(2001, number, 5)


@pytest.mark.parametrize(
    ("written", "day", "other"),
    [
        ("17.01.88", date(1988, 1, 17), None),
        ("17.01.27", date(1927, 1, 17), None),
        ("17.01.18", date(2018, 1, 17), date(1918, 1, 17)),
        ("170107", date(2007, 1, 17), date(1907, 1, 17)),
        ("170106", date(2006, 1, 17), None),
        ("30.11.26", date(2026, 11, 30), date(1926, 11, 30)),
        ("01.12.26", date(1926, 12, 1), None),
        ("290200", date(2000, 2, 29), None),
        ("29.02.08", date(2008, 2, 29), date(1908, 2, 29)),
        ("17.01.1918", date(1918, 1, 17), None),
        ("17.01.2018", date(2018, 1, 17), None),
    ],
)
def test_two_digits_are_of_the_century_that_makes_a_living_person(written: str, day: date, other: date | None) -> None:
    assert (born(written).day, born(written).other) == (day, other)


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        *(("31.02.1988", Doubt.NO_SUCH_DAY), ("310288", Doubt.NO_SUCH_DAY), ("31. februar 1988", Doubt.NO_SUCH_DAY)),
        *(("31/4-88", Doubt.NO_SUCH_DAY), ("00.01.1988", Doubt.NO_SUCH_DAY), ("17.13.1988", Doubt.NO_SUCH_DAY)),
        *(("29.02.1900", Doubt.NO_SUCH_DAY), ("29.02.2023", Doubt.NO_SUCH_DAY), ("1988-02-31", Doubt.NO_SUCH_DAY)),
        *(("31021988", Doubt.NO_SUCH_DAY), ("99999999", Doubt.NO_SUCH_DAY), ("01.01.0000", Doubt.NO_SUCH_DAY)),
        *(
            ("17. januar", Doubt.NO_YEAR),
            ("17.01.", Doubt.NO_YEAR),
            ("født 17/1", Doubt.NO_YEAR),
            ("17.01", Doubt.NO_YEAR),
        ),
        *(("f. 15", Doubt.UNCLEAR_YEAR), ("født 1700", Doubt.UNCLEAR_YEAR), ("født 2099", Doubt.UNCLEAR_YEAR)),
        *(("200 år", Doubt.UNCLEAR_YEAR), ("1700-1710", Doubt.UNCLEAR_YEAR)),
        *(("01.12.2026", Doubt.FUTURE), ("17.01.2099", Doubt.FUTURE), ("17.01.1700", Doubt.LONG_AGO)),
    ],
)
def test_what_is_no_day_and_no_year_is_told_and_never_moved_to_another(written: str, doubt: Doubt) -> None:
    told = born(f"Sindig Sildestim {written}")
    assert (told.doubt, told.day, told.years) == (doubt, None, None)
    assert told.written.strip("f.ødt ") in written


@pytest.mark.parametrize(
    ("written", "years"),
    [
        *(
            ("f. 1988", (1988, 1988)),
            ("født i 1988", (1988, 1988)),
            ("f. 88", (1988, 1988)),
            ("født '88", (1988, 1988)),
        ),
        *(("fødselsår 1988", (1988, 1988)), ("født 1980-1990", (1980, 1990)), ("1980 - 1990", (1980, 1990))),
        *(("mellom 1980 og 1990", (1980, 1990)), ("1990 til 1980", (1980, 1990)), ("2020-2099", (2020, 2026))),
        *(("38 år", (1987, 1988)), ("38 år gammel", (1987, 1988)), ("ca 38 år", (1987, 1988)), ("0 år", (2025, 2026))),
        ("38 years old", (1987, 1988)),
    ],
)
def test_years_and_ages_are_years_from_and_to(written: str, years: tuple[int, int]) -> None:
    assert born(f"Sindig Sildestim {written}").years == years


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sindig Sildestim",
        "Mai Juni",
        "August April",
        "Storgata 12 B, 0155 Oslo",
        "Storgata 12",
        "2026/1234",
        "12/3",
    ],
)
def test_what_tells_of_no_birth_is_none(text: str) -> None:
    assert parse_birth(text, TODAY) is None


_WAYS = ["%d%m%Y", "%d.%m.%Y", "%d/%m-%Y", "%Y-%m-%d", "%d %m %Y", "%Y%m%d"]


@given(st.dates(date(1850, 1, 1), TODAY), st.sampled_from(_WAYS))
def test_every_day_with_a_whole_year_is_that_day(day: date, way: str) -> None:
    assert born(day.strftime(way)) == Born(day=day, written=day.strftime(way))


@given(st.dates(date(1907, 1, 1), TODAY), st.sampled_from(["%d%m%y", "%d.%m.%y", "%d/%m-%y"]))
def test_every_day_of_two_digits_is_the_day_or_the_other_one_that_is_told(day: date, way: str) -> None:
    read = born(day.strftime(way))
    assert day in (read.day, read.other)


@given(st.text(alphabet="0123456789./- fødtjanuar", max_size=30), st.dates(date(1990, 1, 1), date(2120, 1, 1)))
def test_no_text_on_no_day_makes_it_fail_or_tell_of_a_day_to_come(text: str, today: date) -> None:
    found = parse_birth(text, today)
    assert not found or not found.born.day or found.born.day <= today
