"""A lookup page tells before a search whether the register answers."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from integrations.http.breaker import PartyState
from roles.disclosure import clients
from tests.lookup.pages import text_of
from tests.lookup.people import NOBODY, Caseworker
from tests.lookup.register import Register


@pytest.fixture(autouse=True)
def fresh_breaker() -> Iterator[None]:
    """The breaker's state from other tests does not count here, and this test's not in others."""
    for _turn in range(2):
        clients._breaker.cache_clear()
        clients.client.cache_clear()
        if not _turn:
            yield


def told(who: Caseworker) -> str:
    return text_of(who.client.get("/oppslag/"))


def test_of_a_register_that_answers_nothing_is_told(narrow: Caseworker, register: Register) -> None:
    narrow.look_up(NOBODY)
    assert "data-register" not in told(narrow)


def test_that_it_is_down_is_told_on_lookup_pages_to_whoever_asks_the_same_register(
    narrow: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    with register.failing("500"):
        failures = [narrow.look_up(NOBODY) for _ in range(5)]
    assert {answer.status_code for answer in failures} == {503}
    assert "Prøv igjen" in text_of(failures[0])
    for somebody in (narrow, neighbour):
        assert 'data-register="down"' in told(somebody)
    assert "data-register" not in text_of(narrow.client.get("/hjelp/"))


def test_that_it_answers_slowly_is_told(narrow: Caseworker, register: Register) -> None:
    narrow.look_up(NOBODY)
    breaker = clients._breaker(clients.door_of(narrow.role.organisation.organisation_number).address)
    for _ in range(9):
        breaker.succeeded(seconds=2.0)
    assert 'data-register="slow"' in told(narrow)


def test_where_no_register_is_set_nothing_is_told(settings: Settings) -> None:
    settings.FOLKEREGISTER_URL = ""
    assert clients.register_state("310000042") is PartyState.WELL
