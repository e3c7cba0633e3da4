"""A register that is away or answers badly, met at a browser: a page that says so in time, and nothing half shown."""

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.faults.house import Caseworker, House
from tests.waiting import until

PERSON_WITHIN, HITS_WITHIN, WELL_AGAIN_WITHIN = 3, 8, 10
ANSWERED = {"person": "lookup:person:answered", "hits": "lookup:search:answered"}


@pytest.fixture(autouse=True)
def well(small_house: House, caseworker: Caseworker) -> Iterator[None]:
    """Before the test all is well, and soon after it is again by itself."""
    until(lambda: shows_somebody(small_house, caseworker), seconds=WELL_AGAIN_WITHIN)
    yield
    until(lambda: shows_somebody(small_house, caseworker), seconds=WELL_AGAIN_WITHIN)


def shows_somebody(site: House, caseworker: Caseworker) -> bool:
    page = caseworker.open(caseworker.search(number=site.number_of("barn")))
    return page.status_code == 200 and 'data-state="value"' in page.text


def opened_in_time(caseworker: Caseworker, path: str, seconds: float) -> httpx.Response:
    begun = time.monotonic()
    page = caseworker.open(path)
    assert time.monotonic() - begun <= seconds
    return page


def warm(caseworker: Caseworker) -> None:
    """Has each process answer something: a page's time is not the start's."""
    for _ in range(8):
        caseworker.open("/oppslag/").raise_for_status()


def failed(site: House, kind: str) -> int:
    """How many questions of this kind the log says came to nothing."""
    return site.logged(ANSWERED[kind], outcome="failed")


def says_it_went_wrong(page: httpx.Response) -> bool:
    """In words, with the reference that stands in the log too, and without a single element or number."""
    in_words = "Folkeregisteret svar" in page.text or "noe vi ikke forstår" in page.text
    reference = f"data-reference>{page.headers['X-Request-ID']}<" in page.text
    return page.status_code in {502, 503} and in_words and reference and "data-element" not in page.text


@pytest.mark.parametrize(
    ("kind", "operation"),
    [
        ("drip", "person"),
        ("half", "person"),
        ("empty", "person"),
        ("redirect", "person"),
        ("hang", "token"),
        ("html", "token"),
        ("hang", "bulk"),
        ("drip", "bulk"),
        ("truncated", "bulk"),
        ("wrong-type", "bulk"),
    ],
)
def test_a_person_is_shown_whole_or_not_at_all(
    small_house: House, caseworker: Caseworker, kind: str, operation: str
) -> None:
    number, before = small_house.number_of("barn"), failed(small_house, "person")
    found = caseworker.search(number=number)
    if operation == "token":
        small_house.forget_tokens()
        warm(caseworker)
    with small_house.failing(kind, operation=operation):
        page = opened_in_time(caseworker, found, PERSON_WITHIN)
    assert says_it_went_wrong(page)
    assert number not in page.text
    assert failed(small_house, "person") == before + 1


@pytest.mark.parametrize(("kind", "operation"), [("drip", "search"), ("hang", "bulk"), ("half", "bulk")])
def test_hits_are_shown_whole_or_not_at_all(
    small_house: House, caseworker: Caseworker, kind: str, operation: str
) -> None:
    before = failed(small_house, "hits")
    found = caseworker.search(name="Glad", birth_date="05.03.2018")
    with small_house.failing(kind, operation=operation):
        page = opened_in_time(caseworker, found, HITS_WITHIN)
    assert says_it_went_wrong(page)
    assert failed(small_house, "hits") == before + 1


def test_a_register_that_is_down_is_a_page_at_once_and_works_again_when_it_is_up(
    small_house: House, caseworker: Caseworker
) -> None:
    found = caseworker.search(number=small_house.number_of("barn"))
    small_house.children["simulator"].kill()
    page = opened_in_time(caseworker, found, PERSON_WITHIN)
    small_house.start("simulator", FIKSREG_SIMULATOR_SIZE="20")
    small_house.wait_for("simulator")
    assert says_it_went_wrong(page)
