"""The one field that takes any text, on every page of a lookup and on the front page."""

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.utils import timezone

from integrations.folkeregisteret.errors import TooManyHits
from integrations.http.errors import Cause
from lookup import lastsearch
from lookup.models import LIFETIME, PersonReference, SearchReference
from roles.audit.models import AuditEntry
from roles.disclosure import searching
from roles.models import Organisation, Role, RoleAssignment
from tests.lookup.log import Log
from tests.lookup.pages import elements_of, text_of
from tests.lookup.people import EVERYTHING, NOBODY, OPEN, Caseworker, caseworker
from tests.lookup.register import Register

ONE_FIELD = re.compile(r'<input [^>]*name="text"[^>]*>')


def asked_for(page: HttpResponse, name: str) -> str:
    """The value of the field with this name."""
    field = re.search(rf'<input [^>]*name="{name}"[^>]*>', text_of(page))
    value = field and re.search(r'value="([^"]*)"', field[0])
    return value[1] if value else ""


def test_the_front_page_asks_who_may_search_and_nobody_else(narrow: Caseworker, nordvaag: Organisation) -> None:
    assert ONE_FIELD.search(text_of(narrow.client.get("/")))
    without = caseworker("Bestiller", organisation=nordvaag, elements=OPEN)
    Role.objects.filter(pk=without.role.pk).update(uses=["CITIZEN_LIST"])
    assert not ONE_FIELD.search(text_of(without.client.get("/")))
    RoleAssignment.objects.filter(role=narrow.role).delete()
    assert not ONE_FIELD.search(text_of(narrow.client.get("/")))


@pytest.mark.parametrize("written", ["{}", "fnr: {}.", "{} Glad Fisk", "\u202a{}\u202c"])
def test_a_number_in_any_writing_leads_to_the_person(narrow: Caseworker, register: Register, written: str) -> None:
    number = register.number_of("vanlig-familie")
    page = narrow.client.post("/oppslag/", {"text": written.format(number)}, follow=True)
    assert number in elements_of(page)["identifikasjonsnummer"].text
    assert asked_for(page, "text") == ""


def test_a_name_and_a_date_find_whom_they_name_and_stay_in_the_form(narrow: Caseworker, register: Register) -> None:
    person = register.person("vanlig-familie")
    first = narrow.look_up(person.number)
    born = re.search(r"(\d{1,2})\. (\w+) (\d{4})", elements_of(first)["foedsel"].text)
    assert born
    family, given = person.name.split()[-1], " ".join(person.name.split()[:-1])
    text = f"{family}, {given} {born[0]}"
    page = narrow.client.post("/oppslag/", {"text": text}, follow=True)
    assert person.number in text_of(page)
    assert asked_for(page, "text") == asked_for(page, "read") == text
    assert "Slik forsto vi det" in text_of(page)
    again = narrow.client.get(page.request["PATH_INFO"])
    assert asked_for(again, "text") == text


def test_who_goes_back_to_the_search_page_finds_the_search_there_and_nobody_else_does(
    narrow: Caseworker, wide: Caseworker, register: Register
) -> None:
    RoleAssignment.objects.create(role=wide.role, employee=narrow.employee)
    narrow.client.post("/rolle/", {"role": str(narrow.role.pk)})
    narrow.client.post("/oppslag/", {"text": "Glad Fisk 170188", "dead": "on"}, follow=True)
    back = narrow.client.get("/oppslag/")
    assert asked_for(back, "text") == "Glad Fisk 170188"
    assert asked_for(back, "name") == "Glad Fisk"
    assert asked_for(wide.client.get("/oppslag/"), "text") == ""
    assert "Glad Fisk" not in str(dict(narrow.client.session))
    narrow.client.post("/rolle/", {"role": str(wide.role.pk)})
    assert asked_for(narrow.client.get("/oppslag/"), "text") == ""


def test_a_search_stays_no_longer_than_its_reference_and_a_number_not_at_all(
    narrow: Caseworker, register: Register
) -> None:
    narrow.look_up(register.number_of("vanlig-familie"))
    assert asked_for(narrow.client.get("/oppslag/"), "text") == ""
    access, session, now = narrow.access(), narrow.client.session, timezone.now()
    lastsearch.keep_search(session=session, access=access, typed={"text": "Glad Fisk"}, now=now)
    assert lastsearch.last_search(session, access, now) == {"text": "Glad Fisk"}
    assert lastsearch.last_search(session, access, now + LIFETIME) == {}
    session["lookup-search"] = session["lookup-search"][:-4] + "AAA="
    assert lastsearch.last_search(session, access, now) == {}


@pytest.mark.parametrize("text", ["Glad Fisk 31.02.1988", "Glad Fisk 170118", "038515 98731", "Glad Fisk, Våler"])
def test_what_cannot_be_asked_is_said_before_anything_is_sealed_logged_or_asked(
    narrow: Caseworker, register: Register, text: str
) -> None:
    before = AuditEntry.objects.count()
    page = narrow.client.post("/oppslag/", {"text": text})
    assert 'id="id_text_error"' in text_of(page)
    assert asked_for(page, "text") == text
    assert (PersonReference.objects.count(), SearchReference.objects.count()) == (0, 0)
    assert AuditEntry.objects.count() == before
    assert register.asked() == []


def test_the_purpose_stays_chosen_until_it_is_changed(
    trusted: Caseworker, wide: Caseworker, register: Register
) -> None:
    number = register.number_of("vanlig-familie")
    person = trusted.look_up(number, purpose="2026/1")
    assert asked_for(person, "purpose") == "2026/1"
    trusted.look_up(number, purpose="2026/2")
    page = trusted.client.get("/oppslag/")
    assert asked_for(page, "purpose") == "2026/2"
    assert re.findall(r'<option value="(2026/\d)">', text_of(page)) == ["2026/2", "2026/1"]
    assert asked_for(wide.client.get("/oppslag/"), "purpose") == ""
    assert "2026/2" not in str(dict(trusted.client.session))


def test_a_purpose_of_one_role_is_nothing_to_another(trusted: Caseworker, wide: Caseworker, register: Register) -> None:
    RoleAssignment.objects.create(role=wide.role, employee=trusted.employee)
    trusted.look_up(register.number_of("vanlig-familie"), purpose="2026/1")
    trusted.client.post("/rolle/", {"role": str(wide.role.pk)})
    assert asked_for(trusted.client.get("/oppslag/"), "purpose") == ""
    trusted.client.post("/rolle/", {"role": str(trusted.role.pk)})
    assert asked_for(trusted.client.get("/oppslag/"), "purpose") == "2026/1"


def test_a_form_of_the_role_before_is_refused_in_words_and_nothing_is_logged(
    narrow: Caseworker, wide: Caseworker, register: Register, log: Log
) -> None:
    RoleAssignment.objects.create(role=wide.role, employee=narrow.employee)
    narrow.client.post("/rolle/", {"role": str(narrow.role.pk)})
    shown_in = asked_for(narrow.client.get("/oppslag/"), "role")
    narrow.client.post("/rolle/", {"role": str(wide.role.pk)})
    typed = {"text": register.number_of("vanlig-familie"), "role": shown_in}
    page = narrow.client.post("/oppslag/", typed)
    assert "Du har byttet rolle siden skjemaet ble vist" in text_of(page)
    assert log.entries("lookup:person:asked") == []
    assert asked_for(page, "text") == typed["text"]
    assert asked_for(page, "role") == str(wide.role.pk)


def test_who_switches_role_on_a_person_page_looks_the_person_up_in_the_new_role(
    narrow: Caseworker, wide: Caseworker, register: Register, log: Log
) -> None:
    RoleAssignment.objects.create(role=wide.role, employee=narrow.employee)
    narrow.client.post("/rolle/", {"role": str(narrow.role.pk)})
    page = narrow.look_up(register.number_of("vanlig-familie"), purpose="2026/9")
    assert elements_of(page)["familierelasjon"].state == "not-in-role"
    way = f"{page.request['PATH_INFO']}rolle/"
    assert asked_for(page, "next") == way
    other = narrow.client.post("/rolle/", {"role": str(wide.role.pk), "next": way}, follow=True)
    assert elements_of(other)["familierelasjon"].state == "value"
    first, second = log.entries("lookup:person:asked")
    assert (first["role"], second["role"]) == (str(narrow.role.pk), str(wide.role.pk))
    assert first["purpose"] == second["purpose"] == "2026/9"
    assert first["intent"] != second["intent"]


def test_nobody_takes_over_a_lookup_of_somebody_else_by_switching_role(
    narrow: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    address = narrow.search(number=register.number_of("vanlig-familie")).headers["Location"]
    assert neighbour.client.get(f"{address}rolle/").status_code == 404
    assert register.asked() == []


def test_the_wrong_person_is_said_to_the_log_at_once(
    narrow: Caseworker, neighbour: Caseworker, register: Register, log: Log
) -> None:
    number = register.number_of("vanlig-familie")
    page = narrow.look_up(number, purpose="2026/3")
    path = f"{page.request['PATH_INFO']}feil-person/"
    assert neighbour.client.post(path).status_code == 404
    assert "merket som feil person" in text_of(narrow.client.post(path, follow=True))
    (marked,), (opened,) = log.entries("lookup:person:mistaken"), log.entries("lookup:person:asked")
    assert {key: marked[key] for key in ("intent", "role", "purpose")} == {
        key: opened[key] for key in ("intent", "role", "purpose")
    }
    about = AuditEntry.objects.about(narrow.role.organisation_id, number).order_by("seq")
    assert [entry.event for entry in about][-1] == "lookup:person:mistaken"


def test_an_address_finds_who_lives_there_in_a_role_that_opens_addresses_and_in_no_other(
    nordvaag: Organisation, wide: Caseworker, register: Register, log: Log
) -> None:
    found = wide.client.post("/oppslag/", {"kommune": "4640", "name": "finnes ikke"}, follow=True)
    assert "Sogndal" in text_of(found)
    blind = caseworker("Uten adresse", organisation=nordvaag, elements=EVERYTHING - {"bostedsadresse"})
    before = len(log.entries("lookup:search:asked"))
    page = blind.client.post("/oppslag/", {"text": "Storgata 12, 6856 Sogndal"})
    assert "Rollen din kan ikke søke på alt dette" in text_of(page)
    assert len(log.entries("lookup:search:asked")) == before


class Overflowing:
    """A register that has more hits than it returns."""

    def search(self, *_question: object) -> list[str]:
        raise TooManyHits(Cause.STATUS, 400)


def test_a_search_that_too_many_fit_is_said_with_the_form_to_narrow_it(
    narrow: Caseworker, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "client", lambda _organisation: Overflowing())
    page = narrow.client.post("/oppslag/", {"text": "Kari"}, follow=True)
    assert "For mange treff" in text_of(page)
    assert "Flere enn 10 000 passer" in text_of(page)
    assert asked_for(page, "text") == "Kari"
    assert 'name="way"' not in text_of(page)
    assert log.outcomes("lookup:search:answered") == ["too-many"]


def test_nobody_has_no_hit_and_may_search_on_at_once(narrow: Caseworker) -> None:
    page = narrow.client.post("/oppslag/", {"text": NOBODY}, follow=True)
    assert "Ingen treff" in text_of(page)
    assert asked_for(page, "text") == NOBODY


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["without htmx", "with htmx"])
def test_an_organisation_may_have_the_only_hit_of_an_exact_search_opened_at_once(
    narrow: Caseworker, register: Register, log: Log, headers: dict[str, str]
) -> None:
    register.namesakes(1, born=date(1961, 3, 5))
    typed = {"text": "Tallrik Flokk 050361"}
    assert "Slik forsto vi det" in text_of(narrow.client.post("/oppslag/", typed, follow=True, headers=headers))
    Organisation.objects.filter(pk=narrow.role.organisation_id).update(opens_single_hit=True)
    page = narrow.client.post("/oppslag/", typed, follow=True, headers=headers)
    assert "TALLRIK FLOKK" in elements_of(page)["navn"].text
    events = [entry.event for entry in AuditEntry.objects.order_by("seq") if entry.event.startswith("lookup:")]
    assert events[-4:] == [f"lookup:{what}" for what in _SEARCHED_AND_OPENED]
    searched, opened = log.entries("lookup:search:asked")[-1], log.entries("lookup:person:asked")[-1]
    assert searched["intent"] == opened["intent"]


_SEARCHED_AND_OPENED = ("search:asked", "search:answered", "person:asked", "person:answered")


@pytest.mark.parametrize("text", ["Flokk 050361", "Tallrik Flokk 1961", "Tallrik Flokk"])
def test_a_search_that_is_not_exact_or_finds_several_stays_a_list(
    narrow: Caseworker, register: Register, text: str
) -> None:
    Organisation.objects.filter(pk=narrow.role.organisation_id).update(opens_single_hit=True)
    register.namesakes(1, born=date(1961, 3, 5))
    assert "Slik forsto vi det" in text_of(narrow.client.post("/oppslag/", {"text": text}, follow=True))
    register.namesakes(2, born=date(1961, 3, 6))
    several = narrow.client.post("/oppslag/", {"text": "Tallrik Flokk 060361"}, follow=True)
    assert text_of(several).count("TALLRIK FLOKK</strong>") == 2
