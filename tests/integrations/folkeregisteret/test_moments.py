"""The register's moments are days in Norway."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.moments import day_of

OSLO = ZoneInfo("Europe/Oslo")
SINCE_1970 = st.datetimes(datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2200-01-01"))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-08-08T22:00:00Z", "2022-08-09"),
        ("2022-12-31T23:00:00Z", "2023-01-01"),
        ("2022-08-08T21:59:59.999999999Z", "2022-08-08"),
        ("2022-12-31T22:59:59Z", "2022-12-31"),
        ("2022-08-08T22:00:00z", "2022-08-09"),
        ("2022-08-08 22:00:00Z", "2022-08-09"),
        ("2022-08-08T22:00Z", "2022-08-09"),
        ("2022-08-08T22:00:00,5Z", "2022-08-09"),
        (" 2022-08-08T22:00:00Z ", "2022-08-09"),
    ],
)
def test_midnight_in_norway_is_not_the_day_that_stands_before_z(written: str, day: str) -> None:
    assert day_of(written) == date.fromisoformat(day)


@pytest.mark.parametrize("offset", ["+01:00", "+02:00", "+01", "+0200", "+01:00:00", ""])
@pytest.mark.parametrize("hour", ["00:00:00", "23:59:59.9999999", "12:00"])
@pytest.mark.parametrize("day", ["2022-01-15", "2022-07-15", "1890-03-01", "0001-01-01", "9999-12-31"])
def test_norwegian_time_and_time_without_a_zone_stay_the_day_that_is_written(day: str, hour: str, offset: str) -> None:
    assert day_of(f"{day}T{hour}{offset}") == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-06-30T23:30:00-05:00", "2022-07-01"),
        ("2022-07-01T01:30:00+05:30", "2022-06-30"),
        ("2022-07-01T00:00:00+00:00", "2022-07-01"),
        ("2022-06-30T22:00:00-00:00", "2022-07-01"),
        ("2022-07-01T00:00:00+02:00[Europe/Oslo]", "2022-07-01"),
        ("2022-12-31T24:00:00+01:00", "2023-01-01"),
        ("2022-12-31T24:00:00Z", "2023-01-01"),
        ("2016-12-31T22:59:60Z", "2016-12-31"),
    ],
)
def test_every_other_offset_is_brought_to_norway(written: str, day: str) -> None:
    assert day_of(written) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1890-05-05T00:00:00+00:43", "1890-05-05"),
        ("1890-05-05T00:00:00+00:53:28", "1890-05-05"),
        ("1890-05-04T23:17:00Z", "1890-05-05"),
        ("1890-05-04T23:00:00Z", "1890-05-05"),
        ("1916-06-30T22:00:00Z", "1916-07-01"),
        ("1942-01-14T22:00:00Z", "1942-01-15"),
        ("1942-12-14T22:00:00Z", "1942-12-14"),
        ("1947-06-30T22:00:00Z", "1947-06-30"),
        ("1962-06-30T22:00:00Z", "1962-07-01"),
        ("1966-06-30T22:00:00Z", "1966-06-30"),
        ("1969-12-31T23:00:00Z", "1970-01-01"),
        ("1975-06-30T22:59:59Z", "1975-06-30"),
        ("1980-06-30T22:00:00Z", "1980-07-01"),
    ],
)
def test_earlier_times_had_offsets_and_summers_of_their_own(written: str, day: str) -> None:
    assert day_of(written) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "day", ["2018-05-17", "2018-05-17Z", "2018-05-17+02:00", "2018-05-17-11:00", "0001-01-01", "9999-12-31"]
)
def test_a_date_is_the_day_it_is_whatever_zone_stands_behind(day: str) -> None:
    assert day_of(day) == date.fromisoformat(day[:10])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("0001-01-01T00:00:00Z", "0001-01-01"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01"),
        ("9999-12-31T23:59:59Z", "9999-12-31"),
        ("9999-12-31T23:59:59.999-12:00", "9999-12-31"),
        ("9999-12-31T24:00:00+01:00", "9999-12-31"),
    ],
)
def test_the_ends_of_the_calendar_stay_where_they_are(written: str, day: str) -> None:
    assert day_of(written) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "i går",
        "2018",
        "2018-05",
        "2018-5-1",
        "0000-00-00",
        "2018-02-30",
        "20180517",
        "17.05.2018",
        "2018-05-17T",
        "2018-05-17T25:00:00Z",
        "2018-05-17T10:61:00Z",
        "2018-05-17T10:00:00+1",
        "2018-05-17x",
        "1526508000000",
        "٢٠١٨-٠٥-١٧",
    ],
)
def test_a_text_that_is_no_moment_has_no_day(written: str) -> None:
    assert day_of(written) is None


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(SINCE_1970, ZONES, st.integers(0, 9))
def test_any_moment_is_the_day_that_it_is_in_oslo(moment: datetime, zone: timezone, digits: int) -> None:
    there = moment.replace(tzinfo=zone)
    fraction = "." + "129821871"[:digits] if digits else ""
    written = f"{there:%Y-%m-%dT%H:%M:%S}{fraction}{there.isoformat()[-6:]}"
    if zone.utcoffset(None) in (timedelta(hours=1), timedelta(hours=2)):
        assert day_of(written) == there.date()
    else:
        assert day_of(written) == there.astimezone(OSLO).date()


@given(SINCE_1970)
def test_midnight_in_oslo_written_in_utc_is_the_day_that_was_meant(moment: datetime) -> None:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=OSLO)
    assert day_of(f"{midnight.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z") == moment.date()


@given(st.text(max_size=40) | st.from_regex(r"\A\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)?)?\Z"))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(AssertionError):
        assert day_of(text) is not None
