"""The page Testpersoner, against the simulated register's Tenor."""

import importlib
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import clear_url_caches
from django.utils.translation import gettext_lazy

from fiksreg import urls
from integrations.http.transport import http_client
from integrations.tenor.search import TenorClient
from lookup.testpersons import asking
from lookup.testpersons.filters import FILTERS, Filter
from roles.maskinporten import tokens
from tests.lookup.log import Log
from tests.lookup.pages import elements_of, text_of
from tests.lookup.people import Caseworker
from tests.lookup.register import Register

PAGE = "/testpersoner/"
NOBODY_THERE = "http://127.0.0.1:9"


def numbers_on(response: HttpResponse) -> list[str]:
    """The numbers of the hits."""
    return re.findall(r'data-number="(\d{11})"', text_of(response))


def address_of(response: HttpResponse) -> dict[str, list[str]]:
    """The query of the address that the answer redirects to."""
    assert response.status_code == 302
    return parse_qs(urlsplit(response.headers["Location"]).query)


def test_before_a_search_the_named_test_persons_are_listed(narrow: Caseworker, register: Register) -> None:
    text = text_of(narrow.client.get(PAGE))
    assert register.number_of("vanlig-familie") in text
    assert text.count("data-case=") >= 40


def test_a_search_is_answered_with_an_address_that_finds_the_same_again(
    narrow: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    answer = narrow.client.post(PAGE, {"filter": ["doed", "kvinne"], "kql": "etternavn: *"})
    assert address_of(answer).keys() == {"filter", "kql", "seed"}
    found = narrow.client.get(answer.headers["Location"])
    assert numbers_on(found)
    assert len(re.findall(r'class="ds-tag"[^>]*>Død<', text_of(found))) == len(numbers_on(found))
    assert numbers_on(neighbour.client.get(answer.headers["Location"])) == numbers_on(found)


def test_a_search_for_nothing_leads_to_the_start(narrow: Caseworker, register: Register) -> None:
    assert narrow.client.post(PAGE, {"kql": "  "}).headers["Location"] == PAGE


def test_the_hits_come_page_by_page_in_one_order(narrow: Caseworker, register: Register) -> None:
    first = narrow.client.get(f"{PAGE}?filter=bosatt&seed=7")
    second = narrow.client.post(PAGE, {"filter": "bosatt", "seed": "7", "page": "2"}, follow=True)
    assert len(numbers_on(first)) == len(numbers_on(second)) == 20
    assert not set(numbers_on(first)) & set(numbers_on(second))
    assert numbers_on(narrow.client.get(f"{PAGE}?filter=bosatt&seed=7")) == numbers_on(first)
    assert "Viser 21 til 40" in text_of(second)
    assert address_of(narrow.client.post(PAGE, {"filter": "bosatt", "seed": "7", "page": "2"})) == {
        "filter": ["bosatt"],
        "page": ["2"],
        "seed": ["7"],
    }


def test_a_criterion_is_taken_out_by_its_chip(narrow: Caseworker, register: Register) -> None:
    sent = {"filter": ["doed", "kvinne"], "kql": "fornavn: A*", "seed": "7"}
    assert address_of(narrow.client.post(PAGE, {**sent, "remove": "doed"}))["filter"] == ["kvinne"]
    assert "kql" not in address_of(narrow.client.post(PAGE, {**sent, "remove": "kql"}))


@pytest.mark.parametrize("spelled", ["{0}", '"{0}"', "({0} OR 99999999999)"])
def test_a_search_that_holds_a_number_is_answered_without_an_address(
    narrow: Caseworker, register: Register, caplog: pytest.LogCaptureFixture, spelled: str
) -> None:
    number = register.number_of("vanlig-familie")
    answer = narrow.client.post(PAGE, {"kql": f"identifikator: {spelled.format(number)}"})
    assert answer.status_code == 200
    assert numbers_on(answer) == [number]
    assert "ingen lenke som kan deles" in text_of(answer)
    assert not re.search(rf'(href|action|data-copy)="[^"]*{number}', text_of(answer))
    assert "testpersoner/" in caplog.text
    assert number not in caplog.text


def test_a_number_in_an_address_is_neither_read_nor_repeated(narrow: Caseworker, register: Register) -> None:
    number = register.number_of("vanlig-familie")
    answer = narrow.client.get(PAGE, {"kql": f"identifikator: {number}"})
    assert 'id="id_kql_error"' in text_of(answer)
    assert number not in text_of(answer)


def test_a_query_tenor_cannot_read_is_said_at_the_field_with_its_place(narrow: Caseworker, register: Register) -> None:
    answer = narrow.client.post(PAGE, {"kql": "fornavn: (A* OR", "filter": "doed"}, follow=True)
    assert 'id="id_kql_error"' in text_of(answer)
    assert "fra tegn nummer 16" in text_of(answer)
    assert 'value="fornavn: (A* OR"' in text_of(answer)
    assert 'aria-invalid="true"' in text_of(answer)


@pytest.mark.parametrize(("filters", "place"), [([], 12), (["doed"], 12)])
def test_a_query_that_is_left_open_is_said_to_be_wrong_at_its_end(
    narrow: Caseworker, register: Register, filters: list[str], place: int
) -> None:
    answer = narrow.client.post(PAGE, {"kql": "fornavn: (A*", "filter": filters}, follow=True)
    assert f"fra tegn nummer {place + 1}" in text_of(answer)


def test_one_press_looks_the_person_up_in_the_role_of_the_reader(
    narrow: Caseworker, trusted: Caseworker, register: Register, log: Log
) -> None:
    number = register.number_of("vanlig-familie")
    for reader in (narrow, trusted):
        page = text_of(reader.client.get(PAGE))
        button = page[: page.index(f'value="{number}"')]
        sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', button[button.rindex("<form") :]))
        person = reader.look_up(number, purpose=sent["purpose"])
        assert elements_of(person)["navn"].state == "value"
    assert [entry["purpose"] for entry in log.entries("lookup:person:answered")] == ["Testpersoner"] * 2


def test_a_protected_address_stands_on_no_list(narrow: Caseworker, register: Register) -> None:
    answer = narrow.client.post(PAGE, {"filter": ["fortrolig", "strengt-fortrolig"]}, follow=True)
    rows = re.findall(r"<tr data-number=.*?</tr>", text_of(answer), re.DOTALL)
    assert rows
    assert all("Adressen kan ikke vises" in row for row in rows)


@pytest.fixture
def unanswered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Tenor that does not answer."""
    with http_client() as http, override_settings(TENOR_URL=NOBODY_THERE):
        client = TenorClient(address=NOBODY_THERE, tokens=tokens(), http=http)
        monkeypatch.setattr(asking, "_tenor", lambda: client)
        yield


@pytest.mark.parametrize("query", ["", "?filter=doed&seed=7"])
def test_a_glance_at_the_headers_asks_nobody(
    narrow: Caseworker, register: Register, unanswered: None, query: str
) -> None:
    answer = narrow.client.head(PAGE + query)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("query", ["", "?filter=doed&seed=7"])
def test_a_tenor_that_does_not_answer_is_said_in_words(
    narrow: Caseworker, register: Register, unanswered: None, query: str
) -> None:
    answer = narrow.client.get(PAGE + query)
    assert answer.status_code == 503
    assert "kan ikke hentes akkurat nå" in text_of(answer)
    assert 'name="filter"' in text_of(answer)


def test_a_filter_that_tenor_does_not_know_is_no_fault_of_the_readers(
    narrow: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FILTERS, "doed", Filter("doed", gettext_lazy("Død"), "finnesIkke: ja"))
    answer = narrow.client.get(f"{PAGE}?filter=doed&seed=7")
    assert answer.status_code == 503
    assert "id_kql_error" not in text_of(answer)


@pytest.fixture
def without_tenor() -> Iterator[None]:
    """An installation without Tenor, as in production."""
    with override_settings(TENOR_URL=""):
        _read_urls_anew()
        yield
    _read_urls_anew()


def _read_urls_anew() -> None:
    importlib.reload(urls)
    clear_url_caches()


def test_where_there_is_no_tenor_there_is_no_page_and_no_way_to_one(narrow: Caseworker, without_tenor: None) -> None:
    assert narrow.client.get(PAGE).status_code == 404
    assert narrow.client.post(PAGE, {"filter": "doed"}).status_code == 404
    assert "Testpersoner" not in text_of(narrow.client.get("/oppslag/"))


def test_where_there_is_one_the_menu_leads_to_it(narrow: Caseworker, register: Register) -> None:
    assert f'href="{PAGE}"' in text_of(narrow.client.get("/oppslag/"))
    assert 'aria-current="page">Testpersoner' in text_of(narrow.client.get(PAGE))
