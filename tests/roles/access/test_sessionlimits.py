"""When a session ends, as a table of cases; and the page's own questions about the time left."""

import time
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from roles.access.sessionlimits import end_of, is_worth_noting, merge
from roles.models import Employee

NOW = 1_800_000_000.0
MINUTE, HOUR = 60, 3600

TABLE = [
    ({}, 30 * MINUTE, True),
    ({"opened_at": NOW, "seen_at": NOW}, 30 * MINUTE, True),
    ({"opened_at": NOW - HOUR, "seen_at": NOW - 29 * MINUTE}, MINUTE, True),
    ({"opened_at": NOW - HOUR, "seen_at": NOW - 30 * MINUTE + 0.1}, 1, True),
    ({"opened_at": NOW - HOUR, "seen_at": NOW - 30 * MINUTE}, 0, True),
    ({"opened_at": NOW - HOUR, "seen_at": NOW - HOUR}, 0, True),
    ({"opened_at": NOW - 9.5 * HOUR, "seen_at": NOW}, 30 * MINUTE, False),
    ({"opened_at": NOW - 10 * HOUR + 5, "seen_at": NOW}, 5, False),
    ({"opened_at": NOW - 10 * HOUR, "seen_at": NOW}, 0, False),
    ({"opened_at": NOW - HOUR, "seen_at": NOW, "ends_at": NOW + 5}, 5, False),
    ({"opened_at": NOW - HOUR, "seen_at": NOW, "ends_at": NOW + 2 * HOUR}, 30 * MINUTE, True),
    ({"opened_at": NOW - HOUR, "seen_at": NOW, "ends_at": NOW}, 0, False),
]


@pytest.mark.parametrize(("session", "seconds", "can_be_extended"), TABLE)
def test_a_session_lasts_half_an_hour_from_what_was_done_last_and_ten_hours_at_most(
    session: dict[str, float], seconds: int, can_be_extended: bool
) -> None:
    end = end_of(session, NOW)
    assert (end.seconds_left, end.can_be_extended) == (seconds, can_be_extended)


@pytest.mark.parametrize(
    ("session", "at", "latest"),
    [
        ({"opened_at": NOW - HOUR, "seen_at": NOW - MINUTE}, NOW + 29 * MINUTE, NOW + 9 * HOUR),
        ({"opened_at": NOW - 9.75 * HOUR, "seen_at": NOW}, NOW + 15 * MINUTE, NOW + 15 * MINUTE),
        ({"opened_at": NOW - HOUR, "seen_at": NOW, "ends_at": NOW + HOUR}, NOW + 30 * MINUTE, NOW + HOUR),
    ],
)
def test_the_page_is_told_when_it_ends_unused_and_when_it_ends_in_any_case(
    session: dict[str, float], at: float, latest: float
) -> None:
    end = end_of(session, NOW)
    assert (end.at, end.latest) == (datetime.fromtimestamp(at, UTC), datetime.fromtimestamp(latest, UTC))


@pytest.mark.parametrize(
    ("read", "noted", "result"),
    [
        ({"role": "a", "seen_at": NOW}, {"role": "b", "seen_at": NOW - 1}, {"role": "b", "seen_at": NOW}),
        ({"role": "a", "seen_at": NOW - 1}, {"seen_at": NOW}, {"role": "a", "seen_at": NOW}),
        ({"seen_at": NOW}, {"role": "b"}, {"role": "b", "seen_at": NOW}),
        ({"role": "a"}, {"seen_at": NOW}, {"role": "a", "seen_at": NOW}),
        ({"role": "a"}, {}, {"role": "a"}),
    ],
)
def test_what_another_window_has_written_counts_but_for_the_later_use(
    read: dict[str, object], noted: dict[str, object], result: dict[str, object]
) -> None:
    assert merge(read, noted) == result


def test_the_last_use_is_written_once_in_a_while(settings: Settings) -> None:
    seconds = settings.FIKSREG_SESSION_REFRESH_SECONDS
    assert is_worth_noting({}, NOW)
    assert is_worth_noting({"seen_at": NOW - seconds - 1}, NOW)
    assert not is_worth_noting({"seen_at": NOW - seconds}, NOW)


@pytest.fixture
def logged_in(client: Client, db: None) -> Client:
    employee = Employee.objects.create_employee(issuer="https://idp.example", subject="s", display_name="Ansatt")
    client.force_login(employee)
    return client


def used(client: Client, *, seconds_ago: float, opened: float = HOUR) -> None:
    session = client.session
    session["seen_at"], session["opened_at"] = time.time() - seconds_ago, time.time() - opened
    session.save()


def asked(client: Client) -> tuple[int, bool]:
    """The answer to the page's own question: the seconds left, and whether the session can be extended."""
    answer = client.get("/okt/", headers={"HX-Request": "true"}).json()
    return answer["seconds"], answer["extendable"]


def test_asking_how_long_it_lasts_does_not_make_it_last(logged_in: Client) -> None:
    used(logged_in, seconds_ago=29 * MINUTE)
    assert asked(logged_in) == (MINUTE, True)
    used(logged_in, seconds_ago=31 * MINUTE)
    assert asked(logged_in) == (0, False)


def test_answering_the_warning_begins_the_half_hour_anew(logged_in: Client) -> None:
    used(logged_in, seconds_ago=29 * MINUTE)
    assert logged_in.post("/okt/").json() == {"seconds": 30 * MINUTE, "extendable": True}
    assert asked(logged_in) == (30 * MINUTE, True)


def test_it_is_extended_to_the_second_also_right_after_something_was_done(logged_in: Client) -> None:
    used(logged_in, seconds_ago=50)
    assert logged_in.post("/okt/").json()["seconds"] == 30 * MINUTE


def test_nothing_makes_it_last_past_its_tenth_hour(logged_in: Client) -> None:
    used(logged_in, seconds_ago=0, opened=10 * HOUR - 100)
    answer = logged_in.post("/okt/").json()
    assert 95 <= answer["seconds"] <= 100
    assert answer["extendable"] is False


def test_a_session_that_is_over_cannot_be_extended(logged_in: Client) -> None:
    used(logged_in, seconds_ago=31 * MINUTE)
    assert logged_in.post("/okt/").json()["seconds"] == 0
    assert logged_in.get("/rolle/").headers["Location"].startswith("/logg-inn/")


def test_the_page_of_an_ended_session_names_no_employee_and_offers_login(client: Client, db: None) -> None:
    page = client.get("/okt/utlopt/").content.decode()
    assert "Økten er utløpt" in page
    assert "Logg inn på nytt" in page
