"""Kill -9 of the web process around a lookup: what may have been seen is logged, whether or not it was."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.faults.house import Caseworker, House
from tests.waiting import until

ASKED, ANSWERED = "lookup:person:asked", "lookup:person:answered"
PERSON_PAGE = r"/oppslag/person/[\w-]+/"


@pytest.fixture
def standing(small_house: House) -> Iterator[House]:
    """The house, with its own web process again afterwards."""
    small_house.forget_calls()
    yield small_house
    small_house.children["web"].kill()
    small_house.start("web")
    small_house.wait_for("web")


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool


def logged(site: House) -> tuple[int, int]:
    return site.logged(ASKED), site.logged(ANSWERED)


def nothing_came_of(page: "Future[httpx.Response]") -> bool:
    return isinstance(page.exception(timeout=10), httpx.TransportError)


def test_a_web_process_killed_while_the_register_thinks_has_logged_what_it_asked(
    standing: House, caseworker: Caseworker, elsewhere: ThreadPoolExecutor
) -> None:
    asked, answered = logged(standing)
    found = caseworker.search(number=standing.number_of("vanlig-familie"))
    with standing.failing("hang", operation="person"):
        page = elsewhere.submit(caseworker.open, found)
        until(lambda: standing.calls("person") == 1)
        standing.children["web"].kill()
        assert nothing_came_of(page)
    assert logged(standing) == (asked + 1, answered)
    standing.manage("verify_audit")


def test_a_web_process_killed_before_the_first_byte_has_logged_what_it_was_about_to_show(
    standing: House, caseworker: Caseworker, elsewhere: ThreadPoolExecutor, tmp_path: Path
) -> None:
    asked, answered = logged(standing)
    found = caseworker.search(number=standing.number_of("vanlig-familie"))
    standing.children["web"].kill()
    web = standing.start_holding_back(PERSON_PAGE, tmp_path / "held")
    page = elsewhere.submit(caseworker.open, found)
    until((tmp_path / "held").exists)
    assert not page.done()
    web.kill()
    assert nothing_came_of(page)
    assert logged(standing) == (asked + 1, answered + 1)
    standing.manage("verify_audit")
