"""More at once than can be answered: a page that says so in time, and nothing logged that nobody got."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.faults.house import Caseworker, House
from tests.processes import answers
from tests.waiting import until

AT_ONCE = 120
#: Three on a machine of its own; here those who ask sit on it too.
WITHIN = 8


@pytest.fixture
def slow_register(small_house: House) -> Iterator[House]:
    small_house.slow_down("person", 1200)
    yield small_house
    small_house.slow_down("person", 0)


def timed(caseworker: Caseworker, path: str) -> tuple[httpx.Response, float]:
    begun = time.monotonic()
    return caseworker.open(path), time.monotonic() - begun


def test_whoever_cannot_be_answered_is_told_so_in_time(slow_register: House, caseworker: Caseworker) -> None:
    asked = slow_register.logged("lookup:person:asked")
    person = caseworker.search(number=slow_register.number_of("barn"))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        opened = [threads.submit(timed, caseworker, person) for _ in range(AT_ONCE)]
        alive = [answers(f"{slow_register.web}/healthz") for _ in range(5)]
        answered = [future.result() for future in opened]
    statuses = Counter(page.status_code for page, _ in answered)
    assert all(alive)
    assert set(statuses) == {200, 503}
    assert all(took < WITHIN for page, took in answered if page.status_code == 503)
    for page, _ in answered:
        if page.status_code == 503:
            assert "Mange bruker tjenesten akkurat nå" in page.text
            assert f'action="{person}"' in page.text
            assert int(page.headers["Retry-After"]) > 0
    assert slow_register.logged("lookup:person:asked") == asked + statuses[200]


def test_nothing_is_asked_or_logged_for_who_has_left(slow_register: House, caseworker: Caseworker) -> None:
    before = slow_register.logged("lookup:person:asked")
    person = caseworker.search(number=slow_register.number_of("barn"))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(caseworker.leave_at_once, [person] * AT_ONCE))
    until(lambda: caseworker.open("/oppslag/").status_code == 200)
    until(lambda: slow_register.logged("lookup:person:answered") == slow_register.logged("lookup:person:asked"))
    assert slow_register.logged("lookup:person:asked") <= before + AT_ONCE // 4
