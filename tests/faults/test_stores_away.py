"""PostgreSQL or Valkey away: a page that says so and loses nothing, and everything again as soon as they are back."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import httpx
import psutil
import pytest

from tests.faults.house import Caseworker, House
from tests.processes import answers
from tests.waiting import until

WELL_AGAIN_WITHIN = 10
_FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@contextmanager
def postgres_away(site: House) -> Iterator[None]:
    """Killed; back at the end, on the same port."""
    site.kill_postgres()
    yield
    site.start_postgres_again()


@pytest.fixture
def whole(small_house: House, caseworker: Caseworker) -> Iterator[House]:
    yield small_house
    until(lambda: caseworker.open("/oppslag/").status_code == 200, seconds=WELL_AGAIN_WITHIN)


def says_it_is_away(page: httpx.Response) -> bool:
    in_words = "Tjenesten har midlertidige problemer" in page.text and "Ingenting er gått tapt" in page.text
    return page.status_code == 503 and in_words and "Prøv igjen" in page.text and "Retry-After" in page.headers


def test_a_page_says_the_database_is_away_and_what_was_typed_is_sent_again(
    whole: House, caseworker: Caseworker
) -> None:
    typed = {"number": whole.number_of("barn"), "purpose": "Sak 2026/17"}
    token = caseworker.token_on("/oppslag/")
    with postgres_away(whole):
        pages = [caseworker.open(path) for path in ("/oppslag/", "/innbyggerlister/", "/admin/", "/rolle/")]
        sent = caseworker.send_with(token, "/oppslag/", typed)
        assert answers(f"{whole.web}/healthz")
        assert all(says_it_is_away(page) for page in [*pages, sent])
    again = {name: unescape(value) for name, value in _FIELD.findall(sent.text)}
    assert again == {"csrfmiddlewaretoken": token, **typed}
    until(lambda: caseworker.open("/oppslag/").status_code == 200, seconds=WELL_AGAIN_WITHIN)
    found = caseworker.send_with(again.pop("csrfmiddlewaretoken"), "/oppslag/", again)
    assert found.status_code == 200
    assert 'data-state="value"' in found.text


def test_a_web_process_that_starts_meanwhile_lives_and_answers_when_the_database_is_back(
    whole: House, caseworker: Caseworker
) -> None:
    launcher = psutil.Process(whole.children["web"].pid)
    with postgres_away(whole):
        before = launcher.children()
        for process in before:
            os.kill(process.pid, signal.SIGKILL)
        until(lambda: len({*launcher.children()} - {*before}) == len(before), seconds=20)
        until(lambda: answers(f"{whole.web}/healthz"), seconds=20)
        assert says_it_is_away(caseworker.open("/oppslag/"))
    until(lambda: caseworker.open("/oppslag/").status_code == 200, seconds=WELL_AGAIN_WITHIN)
    assert whole.children["web"].is_running()


def test_without_valkey_persons_are_looked_up_all_the_same(whole: House, caseworker: Caseworker) -> None:
    person = caseworker.search(number=whole.number_of("barn"))
    valkey = whole.kill_valkey()
    pages = [caseworker.open(path) for path in (person, "/oppslag/", "/innbyggerlister/", "/innbyggerlister/bestill/")]
    whole.start_valkey_again(valkey)
    assert [page.status_code for page in pages] == [200] * 4
