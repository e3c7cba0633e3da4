"""When a session ends, as a table of cases; and the page's own questions about the time left."""

import time

import pytest
from django.test import Client

from roles.access.sessionlimits import end_of
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
