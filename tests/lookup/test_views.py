"""The lookup pages, through the gate, against the simulated register."""

import re
import time
from datetime import date

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS

from integrations.folkeregisteret.elements import ELEMENTS
from lookup.models import PersonReference
from roles.catalogue import openings
from roles.models import Role, RoleAssignment, Use
from tests.lookup.log import Log
from tests.lookup.pages import elements_of, text_of
from tests.lookup.people import NOBODY, OPEN, Caseworker
from tests.lookup.register import Register


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": "03851598731"}, "id_number"),
        ({"number": "0385159873a"}, "id_number"),
        ({"number": "0385159873"}, "id_number"),
        ({"number": "038515987301"}, "id_number"),
        ({"name": "Glad Fisk", "birth_date": "01.01.2999"}, "id_birth_date"),
        ({}, "id_text"),
        ({"text": "03851598731"}, "id_text"),
        ({"text": "Glad Fisk 31.02.1988"}, "id_text"),
    ],
)
def test_bad_input_is_said_at_the_field_before_the_register_is_asked(
    narrow: Caseworker, register: Register, typed: dict[str, str], field: str
) -> None:
    response = narrow.search(**typed)
    assert response.status_code == 422
    assert f'id="{field}_error"' in text_of(response)
    assert f'<a href="#{field}">' in text_of(response)
    for value in typed.values():
        assert f'value="{value}"' in text_of(response)
    assert register.asked() == []


def test_a_lookup_leads_to_a_page_whose_address_says_nothing(narrow: Caseworker, register: Register) -> None:
    number = register.number_of("vanlig-familie")
    response = narrow.search(number=number)
    assert response.status_code == 302
    assert number not in response.headers["Location"]
    assert register.asked() == []


def test_a_person_page_has_every_element_once_in_its_state(narrow: Caseworker, register: Register) -> None:
    shown = elements_of(narrow.look_up(register.number_of("vanlig-familie")))
    assert shown.keys() == ELEMENTS.keys()
    assert {key for key, element in shown.items() if element.state == "not-in-role"} == ELEMENTS.keys() - OPEN
    assert shown["navn"].state == shown["bostedsadresse"].state == "value"
    assert shown["doedsfall"].state == "empty"


def test_the_same_person_gives_two_caseworkers_different_pages(
    narrow: Caseworker, wide: Caseworker, register: Register
) -> None:
    number, child = register.number_of("vanlig-familie"), register.number_of("barn")
    less, more = narrow.look_up(number), wide.look_up(number)
    assert elements_of(less)["familierelasjon"].state == "not-in-role"
    assert child not in text_of(less)
    assert "Ikke i din rolle" in text_of(less)
    assert elements_of(more)["familierelasjon"].state == "value"
    assert child in text_of(more)
    assert "Ikke i din rolle" not in text_of(more)


def test_an_element_that_is_not_in_the_role_is_named_without_its_value(narrow: Caseworker, register: Register) -> None:
    openings.forget()
    shown = elements_of(narrow.look_up(register.number_of("vanlig-familie")))
    openings.forget()
    assert shown["familierelasjon"].text.split() == ["Familierelasjoner", "Ingen", "tjenesteområder"]


def test_an_element_that_is_not_in_the_role_has_the_service_areas_that_may_have_it(
    narrow: Caseworker, wide: Caseworker, register: Register
) -> None:
    openings.forget()
    page = narrow.look_up(register.number_of("vanlig-familie"))
    openings.forget()
    assert "Alle tjenesteområder" in elements_of(page)["familierelasjon"].text


def test_the_page_says_how_long_it_may_be_used_and_is_fetched_again_for_the_same_purpose(
    trusted: Caseworker, register: Register, log: Log
) -> None:
    page = trusted.look_up(register.number_of("fortrolig"), purpose="2026/1234")
    assert "Siden kan brukes til klokken" in text_of(page)
    PersonReference.objects.update(expires_at=timezone.now())
    address = page.request["PATH_INFO"]
    over = trusted.client.get(address)
    assert f'action="{address}paa-nytt/"' in text_of(over)
    again = trusted.client.post(f"{address}paa-nytt/", follow=True)
    assert elements_of(again)["navn"].state == "value"
    assert {entry["purpose"] for entry in log.entries("lookup:person:answered")} == {"2026/1234"}


def test_nobody_fetches_a_colleagues_page_again(narrow: Caseworker, wide: Caseworker, register: Register) -> None:
    address = narrow.look_up(register.number_of("vanlig-familie")).request["PATH_INFO"]
    register.forget()
    assert wide.client.post(f"{address}paa-nytt/").status_code == 404
    assert register.asked() == []


def test_a_related_person_is_one_button_away(wide: Caseworker, register: Register) -> None:
    mother, child = register.number_of("vanlig-familie"), register.person("barn")
    page = wide.look_up(mother)
    response = wide.client.post(f"{page.request['PATH_INFO']}relatert/", {"number": child.number}, follow=True)
    assert response.status_code == 200
    assert child.number in elements_of(response)["identifikasjonsnummer"].text


def test_an_unknown_number_is_no_hit_and_is_logged(narrow: Caseworker, register: Register, log: Log) -> None:
    response = narrow.look_up(NOBODY)
    assert "Ingen treff" in text_of(response)
    assert log.outcomes("lookup:person:answered") == ["none"]


def test_a_lookup_is_logged_with_its_purpose_under_one_intent(
    trusted: Caseworker, register: Register, log: Log
) -> None:
    trusted.look_up(register.number_of("vanlig-familie"), purpose="2026/1234")
    asked, answered = log.entries("lookup:person:asked"), log.entries("lookup:person:answered")
    assert [entry["purpose"] for entry in (*asked, *answered)] == ["2026/1234"] * 2
    assert asked[0]["intent"] == answered[0]["intent"]


def test_a_confidential_address_is_opened_only_for_a_reason(trusted: Caseworker, register: Register, log: Log) -> None:
    page = trusted.look_up(register.number_of("fortrolig"), purpose="2026/1234")
    assert elements_of(page)["bostedsadresse"].state == "protected"
    assert "Adressen kan ikke vises" in elements_of(page)["bostedsadresse"].text
    address = f"{page.request['PATH_INFO']}begrunnelse/"
    assert "id_reason_error" in text_of(trusted.client.post(address, {"reason": "fordi"}))
    opened = trusted.client.post(address, {"reason": "Varsling etter forvaltningsloven"}, follow=True)
    assert elements_of(opened)["bostedsadresse"].state == "value"
    assert "confidential-address-reason" in str(log.entries("lookup:person:answered")[-1])


def test_a_confidential_address_stays_closed_to_a_role_without_the_right(wide: Caseworker, register: Register) -> None:
    page = wide.look_up(register.number_of("fortrolig"), reason="Varsling etter forvaltningsloven")
    assert elements_of(page)["bostedsadresse"].state == "protected"
    assert "Begrunnelse for å se fortrolig adresse" not in text_of(page)


def test_a_role_without_the_grading_cannot_tell_a_protected_address_from_none(
    narrow: Caseworker, register: Register
) -> None:
    page = narrow.look_up(register.number_of("fortrolig"))
    assert elements_of(page)["bostedsadresse"].state == "empty"
    assert "Adressen kan ikke vises" in elements_of(page)["bostedsadresse"].text
    assert "fortrolig" not in text_of(page).casefold()


def test_an_address_is_opened_where_it_stands_and_the_reason_is_shown(trusted: Caseworker, register: Register) -> None:
    page = trusted.look_up(register.number_of("fortrolig"), purpose="2026/1")
    assert "Vis skjermet adresse" in text_of(page)
    address = f"{page.request['PATH_INFO']}begrunnelse/"
    refused = trusted.client.post(address, {"reason": ""})
    assert 'id="id_reason_error"' in text_of(refused)
    way = trusted.client.post(address, {"reason": "Varsling etter barnevernsloven"})
    assert way.headers["Location"].endswith("#adresse")
    opened = trusted.client.get(way.headers["Location"])
    assert elements_of(opened)["bostedsadresse"].state == "value"
    assert "Varsling etter barnevernsloven" in text_of(opened)
    assert "Vis skjermet adresse" not in text_of(opened)


def test_nobody_is_offered_an_address_that_no_reason_opens(trusted: Caseworker, register: Register) -> None:
    assert "Vis skjermet adresse" in text_of(trusted.look_up(register.number_of("klientadresse-opphold"), purpose="1"))
    for case in ("strengt-fortrolig", "vanlig-familie", "ukjent-bosted"):
        page = trusted.look_up(register.number_of(case), purpose="2026/1")
        assert "Vis skjermet adresse" not in text_of(page), case


def test_a_role_without_lookup_says_so_on_the_way_from_a_person_and_offers_the_others(
    narrow: Caseworker, register: Register
) -> None:
    page = narrow.look_up(register.number_of("vanlig-familie"))
    lists = Role.objects.create(
        organisation=narrow.role.organisation,
        name="Bare lister",
        service_area=narrow.role.service_area,
        uses=[Use.CITIZEN_LIST],
        elements=["navn"],
    )
    lists.legal_bases.set(narrow.role.legal_bases.all())
    RoleAssignment.objects.create(role=lists, employee=narrow.employee)
    register.forget()
    sent = {"role": str(lists.pk), "next": f"{page.request['PATH_INFO']}rolle/"}
    said = narrow.client.post(reverse("choose-role"), sent, follow=True)
    assert said.status_code == 403
    assert "Rollen gir ikke tilgang til denne siden" in text_of(said)
    assert f'href="{reverse("choose-role")}"' in text_of(said)
    assert register.asked() == []


def test_a_name_and_a_date_of_birth_give_hits_to_choose_from(wide: Caseworker, register: Register, log: Log) -> None:
    person = register.person("vanlig-familie")
    born = _born(wide, person.number)
    hits = wide.client.post("/oppslag/", {"name": person.name, "birth_date": born}, follow=True)
    assert person.number in text_of(hits)
    (address,) = set(re.findall(r'href="(/oppslag/person/[^"]+/)"', hits.content.decode()))
    chosen = wide.client.get(address)
    assert person.number in elements_of(chosen)["identifikasjonsnummer"].text
    assert log.outcomes("lookup:search:answered") == ["delivered"]


def _born(caseworker: Caseworker, number: str) -> str:
    text = elements_of(caseworker.look_up(number))["foedsel"].text
    found = re.search(r"(\d+\.) (\w+) (\d{4})", text)
    assert found, text
    day, month, year = found.groups()
    return f"{day}{next(key for key, name in MONTHS.items() if name == month)}.{year}"


@pytest.mark.parametrize(("persons", "shown", "more"), [(200, 200, False), (201, 200, True)])
def test_a_hit_list_shows_at_most_two_hundred_and_says_when_there_are_more(
    narrow: Caseworker, register: Register, persons: int, shown: int, *, more: bool
) -> None:
    born = date(1961, 1, persons - 190)
    register.namesakes(persons, born=born)
    page = narrow.client.post("/oppslag/", {"name": "Tallrik Flokk", "birth_date": f"{born:%d.%m.%Y}"}, follow=True)
    assert text_of(page).count("TALLRIK FLOKK</strong>") == shown
    assert ("flere treff enn de 200" in text_of(page)) is more
    assert PersonReference.objects.count() == shown


@pytest.mark.parametrize("kind", ["hang", "500", "html"])
def test_a_search_the_register_does_not_answer_is_a_page_and_no_list(
    narrow: Caseworker, register: Register, kind: str
) -> None:
    found = narrow.search(name="Tallrik Flokk", birth_date="05.03.1961").headers["Location"]
    with register.failing(kind, operation="search"):
        begun = time.monotonic()
        response = narrow.client.get(found)
        took = time.monotonic() - begun
    assert response.status_code in {502, 503}
    assert took <= 8
    assert "data-reference" in text_of(response)


def test_a_name_nobody_has_is_no_hit(wide: Caseworker, register: Register) -> None:
    response = wide.client.post("/oppslag/", {"name": "Ingen Slik", "birth_date": "05.03.2018"}, follow=True)
    assert "Ingen treff" in text_of(response)


def test_an_expired_reference_is_said_in_words(narrow: Caseworker, register: Register) -> None:
    address = narrow.search(number=register.number_of("vanlig-familie")).headers["Location"]
    PersonReference.objects.update(expires_at=timezone.now())
    response = narrow.client.get(address)
    assert response.status_code == 410
    assert "Oppslaget er utløpt" in text_of(response)
    assert 'href="/oppslag/"' in text_of(response)
    assert register.asked() == []


@pytest.mark.parametrize("who", ["wide", "neighbour"])
def test_somebody_elses_reference_leads_nowhere(
    narrow: Caseworker, register: Register, request: pytest.FixtureRequest, who: str
) -> None:
    other: Caseworker = request.getfixturevalue(who)
    address = narrow.search(number=register.number_of("vanlig-familie")).headers["Location"]
    assert other.client.get(address).status_code == 404
    assert other.client.post(f"{address}relatert/", {"number": NOBODY}).status_code == 404
    assert register.asked() == []


def test_a_role_that_is_withdrawn_in_the_middle_ends_the_lookup(narrow: Caseworker, register: Register) -> None:
    address = narrow.search(number=register.number_of("vanlig-familie")).headers["Location"]
    RoleAssignment.objects.update(valid_to=timezone.now())
    assert narrow.client.get(address).status_code == 403
    assert register.asked() == []


def test_nobody_looks_up_without_logging_in(db: None) -> None:
    assert Client().get("/oppslag/").status_code == 302
    assert Client().get("/oppslag/person/abc/").status_code == 302


def test_person_pages_are_kept_by_no_browser(narrow: Caseworker, register: Register) -> None:
    assert "no-store" in narrow.look_up(register.number_of("vanlig-familie")).headers["Cache-Control"]


def test_a_person_page_costs_few_queries(wide: Caseworker, register: Register) -> None:
    address = wide.search(number=register.number_of("vanlig-familie")).headers["Location"]
    wide.client.get(address)
    with CaptureQueriesContext(connections["default"]) as queries:
        wide.client.get(address)
    # Ten for the page, and five that read the right again after the register has answered.
    assert len(queries) <= 15, [query["sql"][:120] for query in queries.captured_queries]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("hang", 503),
        ("latency", 503),
        ("500", 503),
        ("reset", 503),
        ("429", 503),
        ("html", 502),
        ("truncated", 502),
        ("wrong-type", 502),
    ],
)
def test_a_failing_register_is_a_page_with_a_reference_and_nothing_half_shown(
    narrow: Caseworker, register: Register, log: Log, kind: str, status: int
) -> None:
    number = register.number_of("vanlig-familie")
    address = narrow.search(number=number).headers["Location"]
    with register.failing(kind, milliseconds=5000):
        begun = time.monotonic()
        response = narrow.client.get(address)
        took = time.monotonic() - begun
    assert response.status_code == status
    assert took <= 3
    assert response.headers["X-Request-ID"] in text_of(response)
    assert "data-element" not in text_of(response)
    assert number not in text_of(response)
    assert log.outcomes("lookup:person:answered") == ["failed"]


def test_a_chosen_language_changes_the_page(narrow: Caseworker) -> None:
    narrow.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en"' in text_of(narrow.client.get("/oppslag/"))
