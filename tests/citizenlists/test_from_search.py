"""A list of a search's hits: through the gate, with the search sealed from the page to the worker."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from citizenlists import tasks
from citizenlists.building import checkpoints
from citizenlists.models import CitizenList, Schedule, State
from citizenlists.orders import lifecycle
from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.folkeregisteret.errors import TooManyHits
from integrations.http.errors import Cause
from roles.audit.models import AuditEntry
from roles.disclosure import extracts, searchslips
from roles.disclosure.searchslips import slip_of
from roles.models import Use
from roles.policy.addressprotection import PROTECTION_ELEMENT
from tests.citizenlists.caseworkers import Caseworker, body, caseworker, table
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

ADDRESS = "/innbyggerlister/fra-soek/"
NUMBER = "Fødselsnummer eller d-nummer"
ELEMENTS_ASKED = ["identifikasjonsnummer", "navn", "bostedsadresse"]


def form(who: Caseworker, search: SearchCriteria) -> dict[str, object]:
    """The form as it is sent when the button is pressed."""
    slip = slip_of(who.access(), search)
    return {
        "slip": slip,
        "template": "fritt-utvalg",
        "elements": ELEMENTS_ASKED,
        "purpose": "Sak 2026/17",
        "order": "1",
    }


def ordered(who: Caseworker, search: SearchCriteria) -> CitizenList:
    answer = who.client.post(ADDRESS, form(who, search))
    assert answer.status_code == 302, body(answer).decode()
    return CitizenList.objects.latest("ordered_at")


def built(order: CitizenList) -> CitizenList:
    tasks.build(str(order.pk))
    order.refresh_from_db()
    return order


def named(register: Register) -> tuple[str, str]:
    """A family name that several residents of the kommune have, and a number of one of them."""
    for number in register.unprotected("1870", (1980, 1990)):
        person = next(one for one in register.everybody() if number in str(one["identifikasjonsnummer"]))
        name = str(person["navn"][0]["etternavn"])
        if name.isalpha():
            return name, number
    raise AssertionError("nobody with a plain name")


def test_the_hits_of_a_search_lead_to_an_order_and_a_list_of_them(school: Caseworker, register: Register) -> None:
    name, number = named(register)
    found = school.client.post("/oppslag/", {"name": name, "born": "", "purpose": "Sak 2026/17"}, follow=True)
    slip = re.search(r'name="slip" value="([^"]+)"', body(found).decode())
    assert slip is not None, body(found).decode()
    shown = body(school.client.post(ADDRESS, {"slip": slip[1]})).decode()
    assert "Treffene i et søk" in shown
    assert 'name="kommune"' not in shown
    assert name not in shown.split('id="order-form"')[1]
    sent = {**form(school, SearchCriteria(navn=name)), "slip": slip[1]}
    assert school.client.post(ADDRESS, sent).status_code == 302
    order = built(CitizenList.objects.get())
    assert (order.state, order.kommune) == (State.READY, "")
    rows = table(body(school.download(order.pk)))
    assert number in {row[NUMBER] for row in rows}
    assert name in {row["Etternavn"] for row in rows}
    page = body(school.status(order.pk)).decode()
    assert "Treffene i et søk" in page
    assert "Treffene i et søk" in body(school.client.get("/innbyggerlister/")).decode()


def test_the_search_stands_in_clear_nowhere_and_is_gone_when_the_order_has_ended(
    school: Caseworker, register: Register
) -> None:
    order = ordered(school, SearchCriteria(navn="Hemmeligsen"))
    row = CitizenList.objects.filter(pk=order.pk).values().get()
    assert row["searched_by"] == ["navn"]
    assert "Hemmeligsen" not in str(row)
    assert b"Hemmeligsen" not in bytes(row["sealed_search"])
    built(order)
    assert not [entry for entry in AuditEntry.objects.all() if "hemmeligsen" in entry.body.lower()]
    lifecycle.delete_list(access=school.access(), order=order)
    order.refresh_from_db()
    assert bytes(order.sealed_search) == b""


def test_a_slip_is_its_owners_in_its_role_and_for_a_while(
    school: Caseworker, office: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = form(school, SearchCriteria(navn="Engsyre"))
    for who, slip in ((office, sent["slip"]), (school, "noe annet"), (school, "")):
        answer = who.client.post(ADDRESS, {**sent, "slip": slip}, follow=True)
        assert "Søk på nytt" in body(answer).decode()
    monkeypatch.setattr(searchslips, "LASTS", -1)
    assert "Søk på nytt" in body(school.client.post(ADDRESS, sent, follow=True)).decode()
    assert not CitizenList.objects.exists()


def test_a_role_that_may_not_search_any_more_gets_no_list(school: Caseworker, register: Register) -> None:
    order = ordered(school, SearchCriteria(navn="Engsyre"))
    school.role.uses = [Use.CITIZEN_LIST]
    school.role.save()
    assert built(order).failure == "right-withdrawn"


def test_a_criterion_the_role_may_not_search_by_gives_no_list(school: Caseworker, register: Register) -> None:
    without = caseworker("Uten", organisation=school.role.organisation, elements=set(ELEMENTS) - {"kjoenn"})
    order = ordered(without, SearchCriteria(navn="Engsyre", kjoenn="mann"))
    assert built(order).failure == "role-changed"


class Overflowing:
    """A register in which more persons fit than it returns."""

    def search(self, *_question: object) -> list[str]:
        raise TooManyHits(Cause.STATUS, 400)


def test_a_search_with_too_many_hits_fails_at_once_and_the_orderer_is_told_to_narrow_it(
    school: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ordered(school, SearchCriteria(navn="Engsyre"))
    monkeypatch.setattr(extracts, "client", lambda _organisation: Overflowing())
    built(order)
    assert (order.state, order.failure) == (State.FAILED, "too-many-hits")
    page = body(school.status(order.pk)).decode()
    assert "Søket har for mange treff. Gjør søket smalere og bestill på nytt." in page
    assert "Lag listen på nytt" not in page


@pytest.mark.parametrize("sees_gradings", [True, False])
def test_a_search_by_address_lists_nobody_whose_address_is_hidden(
    school: Caseworker, register: Register, sees_gradings: bool
) -> None:
    elements = set(ELEMENTS) if sees_gradings else set(ELEMENTS) - {PROTECTION_ELEMENT}
    who = caseworker("Saksbehandler", organisation=school.role.organisation, elements=elements)
    search = SearchCriteria(kommunenummer="1870", foedselsaarFraOgMed=1980, foedselsaarTilOgMed=1990)
    before = table(body(who.download(built(ordered(who, search)).pk)))
    homes = [(row["Adresse"], row["Postnummer"]) for row in before]
    assert all(street for street, _code in homes)
    shared = next(home for home in homes if homes.count(home) > 1)
    protected, *others = (str(row[NUMBER]) for row in before if (row["Adresse"], row["Postnummer"]) == shared)
    register.protect(protected)
    after = {str(row[NUMBER]) for row in table(body(who.download(built(ordered(who, search)).pk)))}
    assert after.isdisjoint({protected, *others})
    assert len(after) == len(before) - 1 - len(others)


def test_a_list_from_a_search_is_ordered_again_by_searching_again(school: Caseworker, register: Register) -> None:
    order = built(ordered(school, SearchCriteria(navn="Engsyre")))
    assert school.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/").status_code == 404
    assert school.client.post(f"/innbyggerlister/{order.pk}/gjenta/").status_code == 404
    assert school.client.post(f"/innbyggerlister/{order.pk}/tidsplan/", {"every": "month"}).status_code != 302
    assert not Schedule.objects.exists()
    assert "Lages av seg selv" not in body(school.status(order.pk)).decode()
    assert "Gjenta bestillingen" not in body(school.status(order.pk)).decode()
    CitizenList.objects.filter(pk=order.pk).update(state=State.FAILED, failure="fault", ended_at=timezone.now())
    assert "Lag listen på nytt" not in body(school.status(order.pk)).decode()
    school.client.post(f"/innbyggerlister/{order.pk}/lag-paa-nytt/")
    order.refresh_from_db()
    assert order.state == State.FAILED


def test_a_worker_that_comes_after_a_kill_does_not_search_again(school: Caseworker, register: Register) -> None:
    order = ordered(school, SearchCriteria(navn="Engsyre"))
    built(order)
    assert len(register.asked("search")) == 1
    assert checkpoints.batches_kept(order) == 1
    lifecycle.withdraw_file(order=order)
    assert built(order).state == State.READY
    assert len(register.asked("search")) == 1


def test_a_damaged_list_of_a_search_is_searched_for_anew_since_its_search_is_gone(
    school: Caseworker, register: Register, files: Path
) -> None:
    order = built(ordered(school, SearchCriteria(navn=named(register)[0])))
    (files / str(order.pk) / order.file_name).unlink()
    answer = school.download(order.pk)
    assert answer.status_code == 410
    said = body(answer).decode()
    assert "Søk på nytt for å bestille listen" in said
    assert "lag-paa-nytt" not in said
