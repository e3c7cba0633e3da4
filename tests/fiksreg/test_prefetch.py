"""A prefetch and a HEAD request ask the register nothing."""

import pytest

from tests.lookup.conftest import log, narrow, neighbour, nordvaag, register, soerdal
from tests.lookup.log import Log
from tests.lookup.people import NOBODY, Caseworker
from tests.lookup.register import Register

__all__ = ["log", "narrow", "neighbour", "nordvaag", "register", "soerdal"]

AHEAD = [
    {"Sec-Purpose": "prefetch"},
    {"Sec-Purpose": "prefetch;prerender"},
    {"Sec-Purpose": "prefetch;anonymous-client-ip"},
    {"Purpose": "prefetch"},
    {"X-Purpose": "preview"},
    {"X-Moz": "Prefetch"},
]


@pytest.mark.parametrize("headers", AHEAD)
def test_a_page_made_ahead_of_time_asks_and_logs_nothing(
    narrow: Caseworker, register: Register, log: Log, headers: dict[str, str]
) -> None:
    address = narrow.search(number=NOBODY).headers["Location"]
    for path in (address, "/oppslag/", "/innbyggerlister/", "/admin/"):
        response = narrow.client.get(path, headers=headers)
        assert response.status_code == 503
        assert "no-store" in response.headers["Cache-Control"]
    assert register.asked() == log.entries("lookup:person:asked") == []
    assert narrow.client.get(address).status_code == 200


@pytest.mark.parametrize("headers", AHEAD)
def test_open_pages_may_be_made_ahead_of_time(narrow: Caseworker, headers: dict[str, str]) -> None:
    assert narrow.client.get("/hjelp/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "typed", [{"number": NOBODY}, {"name": "Ingen Slik", "birth_date": "05.03.2018"}], ids=["person", "hits"]
)
def test_the_head_of_a_page_is_logged_as_that_and_asks_nothing(
    narrow: Caseworker, neighbour: Caseworker, register: Register, log: Log, typed: dict[str, str]
) -> None:
    address = narrow.search(purpose="2026/7", **typed).headers["Location"]
    response = narrow.client.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert register.asked() == log.entries("lookup:person:asked") == log.entries("lookup:search:asked") == []
    (checked,) = log.entries("lookup:reference:checked")
    assert (checked["actor"]["id"], checked["purpose"]) == (str(narrow.employee.pk), "2026/7")
    assert neighbour.client.head(address).status_code == 404
    assert len(log.entries("lookup:reference:checked")) == 1
