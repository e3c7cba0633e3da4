"""A search among living persons by their current names, widened to the dead and to earlier names."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord
from lookup.models import SearchReference
from roles import disclosure
from roles.models import Organisation
from roles.violations import PolicyViolation
from tests.lookup.log import Log
from tests.lookup.pages import text_of
from tests.lookup.people import OPEN, Caseworker, caseworker
from tests.roles.disclosure.asking import Simulated
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import named, status

DAY = date(1948, 10, 7)
TYPED = {"birth_date": "07.10.1948"}
NOT_SEARCHED = "Det er ikke søkt blant døde, og ikke i tidligere navn."
PRESS = "Søk også blant døde og i tidligere navn"


@pytest.fixture
def people(simulator: str) -> Iterator[Simulated]:
    people = Simulated(simulator)
    yield people
    people.close()


def dead(surname: str) -> PersonRecord:
    return resident(surname, born_on=DAY, status=(status("doed"),))


def renamed(before: str, now: str) -> PersonRecord:
    return resident(now, born_on=DAY, navn=(named(now), named(before, current=False)))


def search(who: Caseworker, name: str, **typed: str) -> HttpResponse:
    return who.client.post("/oppslag/", {"name": name, **TYPED, **typed}, follow=True)


def ways_of(page: HttpResponse) -> list[str]:
    return re.findall(r'name="way"\s+value="([^"]+)"', text_of(page))


def press(who: Caseworker, page: HttpResponse, way: str = "everywhere") -> HttpResponse:
    return who.client.post(f"{page.request['PATH_INFO']}flere/", {"way": way}, follow=True)


@pytest.mark.parametrize("person", [dead("SLEDESPOR"), renamed("SLEDESPOR", "NYNAVN")], ids=["dead", "renamed"])
def test_nobody_found_is_not_said_of_the_whole_register_until_all_of_it_was_searched(
    narrow: Caseworker, people: Simulated, person: PersonRecord
) -> None:
    people.put(person)
    first = search(narrow, "Kari Sledespor")
    assert "Ingen treff" in text_of(first)
    assert NOT_SEARCHED in text_of(first)
    assert "Ingen i Folkeregisteret passer" not in text_of(first)
    second = press(narrow, first)
    assert number_of(person) in text_of(second)
    assert PRESS not in text_of(second)
    assert "ikke søkt" not in text_of(second)


def test_nobody_in_the_whole_register_is_said_when_all_of_it_was_searched(
    narrow: Caseworker, people: Simulated
) -> None:
    page = press(narrow, search(narrow, "Ingen Slik"))
    assert "Ingen i Folkeregisteret passer" in text_of(page)
    assert "heller ikke døde og tidligere navn" in text_of(page)


def test_who_found_somebody_may_search_on_too_and_the_dead_are_marked(narrow: Caseworker, people: Simulated) -> None:
    people.put(resident("SLEDESPOR", born_on=DAY), dead("SLEDESPOR"))
    first = search(narrow, "Kari Sledespor")
    assert text_of(first).count("KARI SLEDESPOR</strong>") == 1
    assert NOT_SEARCHED in text_of(first)
    second = press(narrow, first)
    assert text_of(second).count("KARI SLEDESPOR</strong>") == 2
    assert text_of(second).count(">Død<") == 1


def test_the_wider_search_is_the_same_act_with_the_same_purpose(
    trusted: Caseworker, people: Simulated, log: Log
) -> None:
    press(trusted, search(trusted, "Kari Sledespor", purpose="2026/77"))
    first, second = log.entries("lookup:search:asked")
    assert first["purpose"] == second["purpose"] == "2026/77"
    assert first["intent"] == second["intent"]
    assert second["criteria"].keys() - first["criteria"].keys() == {"inkluderDoede", "opplysningsgrunnlag"}


ROLES: list[tuple[set[str], dict[str, Any], str]] = [
    ({"navn", "foedsel", "status", "historikk"}, {"inkluderDoede": True, "opplysningsgrunnlag": "historisk"}, ""),
    (
        {"navn", "foedsel", "doedsfall"},
        {"inkluderDoede": True},
        "Det er ikke søkt i tidligere navn. Rollen din gir ikke det.",
    ),
    (
        {"navn", "foedsel", "historikk"},
        {"opplysningsgrunnlag": "historisk"},
        "Det er ikke søkt blant døde. Rollen din gir ikke det.",
    ),
]


@pytest.mark.parametrize(("elements", "reach", "said"), ROLES)
def test_a_role_searches_no_further_than_what_it_opens(
    nordvaag: Organisation, people: Simulated, elements: set[str], reach: dict[str, Any], said: str
) -> None:
    who = caseworker("Smal", organisation=nordvaag, elements=elements)
    first = search(who, "Ingen Slik")
    page = press(who, first, ways_of(first)[0])
    assert said in text_of(page)
    assert PRESS not in text_of(page)
    assert not {"everywhere", "dead", "earlier"} & set(ways_of(page))
    plain = SearchCriteria(navn="Ingen Slik", foedselsdato=DAY)
    assert disclosure.widened(who.access(), plain).given() == plain.given() | reach


def test_a_role_that_opens_neither_is_offered_nothing_and_learns_nothing(
    nordvaag: Organisation, people: Simulated
) -> None:
    people.put(dead("SLEDESPOR"), renamed("SLEDESPOR", "NYNAVN"))
    who = caseworker("Smalest", organisation=nordvaag, elements={"navn", "foedsel"})
    first = search(who, "Kari Sledespor")
    assert PRESS not in text_of(first)
    assert "Rollen din gir ikke det." in text_of(first)
    assert not {"everywhere", "dead", "earlier"} & set(ways_of(first))
    assert {press(who, first, way).status_code for way in ("everywhere", "dead", "earlier")} == {410}
    assert press(who, first, "somewhere").status_code == 404


def test_each_way_further_is_one_press_and_stays_in_the_form(narrow: Caseworker, people: Simulated) -> None:
    people.put(somebody := resident("CATTUGLE", born_on=DAY), older := resident("KATTUGLE", born_on=date(1950, 1, 1)))
    first = search(narrow, "Kari Kattugle")
    assert "Ingen treff" in text_of(first)
    assert set(ways_of(first)) == {"everywhere", "dead", "earlier", "similar", "without-date"}
    similar, dateless = press(narrow, first, "similar"), press(narrow, first, "without-date")
    assert number_of(somebody) in text_of(similar)
    assert number_of(older) in text_of(dateless)
    assert re.search(r'name="similar"[^>]* checked', text_of(similar))
    assert 'value="07.10.1948"' in text_of(similar)
    assert 'value="07.10.1948"' not in text_of(dateless)
    assert 'value="Kari Kattugle"' in text_of(dateless)


@pytest.mark.parametrize(
    "reach",
    [
        *({"inkluderDoede": True}, {"opplysningsgrunnlag": "historisk"}, {"inkluderOppholdsadresse": True}),
        *({"kjoenn": "mann"}, {"foedselsaarFraOgMed": 1990}, {"foedselsaarTilOgMed": 1990}, {"fylkesnummer": "46"}),
        *({"adressenavn": "Skjulestien"}, {"husnummer": "1"}, {"postnummer": "6856"}, {"kommunenummer": "4640"}),
    ],
)
def test_the_gate_refuses_a_search_beyond_the_role_whoever_asks(
    nordvaag: Organisation, people: Simulated, reach: dict[str, Any]
) -> None:
    who = caseworker("Smalest", organisation=nordvaag, elements={"navn"})
    people.forget()
    with pytest.raises(PolicyViolation):
        disclosure.search(who.access(), SearchCriteria(navn="Kari", **reach))
    assert people.asked() == []


def test_somebody_elses_search_is_not_widened(narrow: Caseworker, neighbour: Caseworker, people: Simulated) -> None:
    page = search(narrow, "Ingen Slik")
    before = SearchReference.objects.count()
    assert neighbour.client.post(f"{page.request['PATH_INFO']}flere/").status_code == 404
    assert narrow.client.get(f"{page.request['PATH_INFO']}flere/").status_code == 404
    assert SearchReference.objects.count() == before


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", "Kari Čáhppe-Åse O'Måke"),
        "\ufeffKari \u200bČáhppe\u2011Åse O\u2019Måke\u202c",
        "Čáhppe-Åse O\u02bcMåke, Kari",
        "kari\u00a0čáhppe\u2013åse\u3000o`måke",
    ],
)
def test_a_name_pasted_from_elsewhere_finds_who_is_meant(narrow: Caseworker, people: Simulated, typed: str) -> None:
    people.put(somebody := resident("ČÁHPPE-ÅSE O'MÅKE", born_on=DAY))
    assert number_of(somebody) in text_of(search(narrow, typed))


@pytest.mark.parametrize("elements", [OPEN, OPEN - {"identifikasjonsnummer"}], ids=["with", "without"])
def test_a_hit_list_shows_the_number_to_a_role_that_has_it_and_to_no_other(
    nordvaag: Organisation, people: Simulated, elements: frozenset[str]
) -> None:
    people.put(somebody := resident("SLEDESPOR", born_on=DAY))
    who = caseworker("Søker", organisation=nordvaag, elements=elements)
    page = search(who, "Kari Sledespor")
    assert "KARI SLEDESPOR" in text_of(page)
    assert (number_of(somebody) in text_of(page)) is ("identifikasjonsnummer" in elements)


def test_a_person_opened_from_a_hit_list_is_looked_up_for_the_same_purpose_in_the_same_act(
    trusted: Caseworker, people: Simulated, log: Log
) -> None:
    people.put(resident("SLEDESPOR", born_on=DAY))
    page = search(trusted, "Kari Sledespor", purpose="2026/78", reason="Varsling etter forvaltningsloven")
    (path,) = {hit for hit in text_of(page).split('"') if hit.startswith("/oppslag/person/")}
    assert trusted.client.get(path).status_code == 200
    searched, opened = log.entries("lookup:search:asked")[0], log.entries("lookup:person:asked")[0]
    for key in ("purpose", "intent", "role", "organisation", "use"):
        assert searched[key] == opened[key], key
    assert opened["purpose"] == "2026/78"
    assert opened["details"] == searched["details"] == {"reason": "Varsling etter forvaltningsloven"}
