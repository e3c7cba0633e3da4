"""For a role that may not see gradings, the page of a protected person equals that of a person with an unknown
residence."""

import re
from collections.abc import Iterator

import pytest

from tests.lookup.pages import text_of
from tests.lookup.people import Caseworker
from tests.roles.disclosure.asking import Simulated
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.disclosure.test_lookalikes import put

#: The parts of a page that belong to the request or are the person's number.
_OWN = re.compile(
    r'value="[A-Za-z0-9]{64}"|/oppslag/person/[\w-]+|\d{6} ?\d{5}|\d\d[.:]\d\d\b|nonce="[^"]+"|data-left="\d+"'
)


@pytest.fixture
def simulated(simulator: str, db: None) -> Iterator[Simulated]:
    simulated = Simulated(simulator)
    yield simulated
    simulated.close()


def bare(page: str) -> str:
    return _OWN.sub("~", page)


def test_the_pages_differ_in_nothing_but_the_number(narrow: Caseworker, simulated: Simulated) -> None:
    people = put(simulated, "SIDEHAV")
    pages = {kind: bare(text_of(narrow.look_up(number_of(someone)))) for kind, someone in people.items()}
    assert "Adressen kan ikke vises" in pages["unknown"]
    assert "SOGNDAL" not in pages["unknown"].upper()
    assert all(page == pages["unknown"] for page in pages.values())


def test_the_rows_of_a_hit_list_differ_in_nothing_but_the_number(narrow: Caseworker, simulated: Simulated) -> None:
    people = put(simulated, "RADHAV")
    page = text_of(narrow.client.post("/oppslag/", {"name": "RADHAV", "birth_date": "03.02.1931"}, follow=True))
    rows = re.findall(r"<tr>.*?</tr>|<li>.*?</li>", page, re.DOTALL)
    ours = [bare(row) for row in rows if "RADHAV" in row.upper()]
    assert len(ours) == len(people)
    assert len(set(ours)) == 1


@pytest.mark.parametrize("grade", ["fortrolig", "strengtFortrolig"])
@pytest.mark.parametrize("who", ["narrow", "wide", "trusted"])
@pytest.mark.parametrize("typed", [{"text": "{}, 6856 Sogndal"}, {"name": "{}", "kommune": "4640", "earlier": "on"}])
def test_an_address_search_that_meets_a_protected_person_is_the_page_of_nobody(
    simulated: Simulated, request: pytest.FixtureRequest, typed: dict[str, str], who: str, grade: str
) -> None:
    caseworker: Caseworker = request.getfixturevalue(who)
    simulated.put(resident("LØYNDHAV", grade=grade))
    pages = []
    for surname in ("KARI LØYNDHAV", "KARI INGENHAV"):
        sent = {name: value.format(surname) for name, value in typed.items()}
        page = caseworker.client.post("/oppslag/", {**sent, "purpose": "2026/1"}, follow=True)
        assert "Ingen treff" in text_of(page)
        without_words = bare(text_of(page)).replace(surname, "~")
        pages.append(re.sub(r"/oppslag/treff/[\w-]+", "~", without_words))
    assert pages[0] == pages[1]
