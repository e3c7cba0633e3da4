"""An organisation asks for a service area that is missing, the central administrator answers, and both see it."""

import pytest
from django.test import Client

from fiksreg.demo.data import ADMINISTRATOR, CENTRAL_ADMINISTRATOR, NEIGHBOURS_ADMINISTRATOR, PRIVACY_OFFICER
from roles.audit.models import AuditEntry
from roles.catalogue.requests import answer_request, ask_for_area
from roles.models import Employee, RequestState, ServiceArea, ServiceAreaRequest
from roles.violations import PolicyViolation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
WISHES = "/admin/roles/servicearearequest/"
AREAS = "/admin/roles/servicearea/"


def account(label: str) -> Employee:
    return Employee.objects.get(display_name=label)


def browser(label: str) -> Client:
    client = Client()
    client.force_login(account(label))
    return client


def wish(label: str = ADMINISTRATOR) -> ServiceAreaRequest:
    by = account(label)
    assert by.organisation is not None
    return ask_for_area(organisation=by.organisation, name="Havn", statute="Havneloven § 5", reason="Gebyr", by=by)


def page(row: ServiceAreaRequest) -> str:
    return f"{WISHES}{row.pk}/change/"


def test_a_wish_is_made_granted_with_a_new_area_and_seen_by_who_asked() -> None:
    asking, central = browser(ADMINISTRATOR), browser(CENTRAL_ADMINISTRATOR)
    organisation = account(ADMINISTRATOR).organisation_id
    sent = {"organisation": str(organisation), "name": "Havn", "statute": "Havneloven § 5", "reason": "Gebyr"}
    assert asking.post(f"{WISHES}add/", sent).status_code == 302
    row = ServiceAreaRequest.objects.get()
    names = {"name_nb": "Havn", "name_nn": "Hamn", "name_en": "Harbour"}
    assert central.post(f"{AREAS}add/", {"code": "HAVN", **names}).status_code == 302
    answer = {"state": "GRANTED", "service_area": "HAVN", "answer": "Den er på plass."}
    assert central.post(page(row), answer).status_code == 302
    seen = asking.get(page(row)).content.decode()
    for text in ("Innvilget", "Den er på plass.", "Sentral administrator"):
        assert text in seen
    assert "HAVN" in asking.get("/admin/roles/role/add/").content.decode()


def test_both_sides_stand_in_the_organisations_log() -> None:
    row = wish()
    answer_request(
        request=row, state=RequestState.REFUSED, answer="Teknisk", service_area=None, by=account(CENTRAL_ADMINISTRATOR)
    )
    entries = AuditEntry.objects.of_organisation(row.organisation_id)
    assert [entry.event for entry in entries][-2:] == ["role:area:asked-for", "role:area:answered"]


WRONG_ANSWERS = {
    "no answer": ({"state": "ASKED"}, "Velg om ønsket innvilges eller avslås."),
    "granted without an area": ({"state": "GRANTED"}, "Et ønske som innvilges, får et tjenesteområde"),
    "refused without a reason": ({"state": "REFUSED"}, "Skriv hvorfor ønsket avslås."),
    "refused with an area": (
        {"state": "REFUSED", "service_area": "HELSE", "answer": "Nei"},
        "ett som avslås, får ikke noe",
    ),
}


@pytest.mark.parametrize("kind", WRONG_ANSWERS)
def test_an_answer_that_is_none_is_said_on_the_form_and_loses_nothing(kind: str) -> None:
    sent, message = WRONG_ANSWERS[kind]
    row = wish()
    shown = browser(CENTRAL_ADMINISTRATOR).post(page(row), sent)
    assert shown.status_code == 200
    assert message in shown.content.decode()
    row.refresh_from_db()
    assert row.state == RequestState.ASKED


def test_a_wish_is_answered_once() -> None:
    row, central = wish(), account(CENTRAL_ADMINISTRATOR)
    answer_request(request=row, state=RequestState.REFUSED, answer="Nei", service_area=None, by=central)
    helse = ServiceArea.objects.get(code="HELSE")
    with pytest.raises(PolicyViolation, match="besvart"):
        answer_request(request=row, state=RequestState.GRANTED, answer="", service_area=helse, by=central)


@pytest.mark.parametrize("label", [ADMINISTRATOR, NEIGHBOURS_ADMINISTRATOR, PRIVACY_OFFICER])
def test_only_the_central_administrator_answers(label: str) -> None:
    row = wish()
    with pytest.raises(PolicyViolation):
        answer_request(request=row, state=RequestState.REFUSED, answer="Nei", service_area=None, by=account(label))
    browser(label).post(page(row), {"state": "REFUSED", "answer": "Nei"})
    row.refresh_from_db()
    assert row.state == RequestState.ASKED


def test_nobody_asks_for_another_organisation() -> None:
    neighbours = account(NEIGHBOURS_ADMINISTRATOR).organisation
    assert neighbours is not None
    with pytest.raises(PolicyViolation):
        ask_for_area(organisation=neighbours, name="Havn", statute="§", reason="x", by=account(ADMINISTRATOR))
    sent = {"organisation": str(neighbours.pk), "name": "Havn", "statute": "§", "reason": "x"}
    assert browser(ADMINISTRATOR).post(f"{WISHES}add/", sent).status_code == 200
    assert browser(PRIVACY_OFFICER).post(f"{WISHES}add/", sent).status_code == 403
    assert browser(CENTRAL_ADMINISTRATOR).post(f"{WISHES}add/", sent).status_code == 403
    assert not ServiceAreaRequest.objects.exists()


def test_the_neighbours_wish_is_not_there() -> None:
    theirs, client = wish(NEIGHBOURS_ADMINISTRATOR), browser(ADMINISTRATOR)
    unknown = f"{WISHES}00000000-0000-4000-8000-000000000000/change/"
    foreign = client.get(page(theirs), follow=True)
    assert foreign.redirect_chain == client.get(unknown, follow=True).redirect_chain
    assert "Havn" not in client.get(WISHES).content.decode()
    assert "Havn" in browser(CENTRAL_ADMINISTRATOR).get(WISHES).content.decode()


AREA = {"code": "HAVN", "name_nb": "Havn", "name_nn": "Hamn", "name_en": "Harbour"}


def test_an_area_has_a_code_of_its_own_in_capital_letters() -> None:
    client = browser(CENTRAL_ADMINISTRATOR)
    for code, message in (("havn", "store bokstaver"), ("HELSE", "finnes alt")):
        shown = client.post(f"{AREAS}add/", AREA | {"code": code})
        assert shown.status_code == 200
        assert message in shown.content.decode()
    assert ServiceArea.objects.count() == 21


@pytest.mark.parametrize("label", [ADMINISTRATOR, PRIVACY_OFFICER])
def test_only_the_central_administrator_adds_an_area_and_everybody_sees_them(label: str) -> None:
    client = browser(label)
    assert "HELSE" in client.get(AREAS).content.decode()
    assert client.post(f"{AREAS}add/", AREA).status_code == 403
    assert ServiceArea.objects.count() == 21


def test_the_log_tells_which_area_a_wish_was_granted_with() -> None:
    row = wish()
    helse = ServiceArea.objects.get(code="HELSE")
    by = account(CENTRAL_ADMINISTRATOR)
    answer_request(request=row, state=RequestState.GRANTED, answer="", service_area=helse, by=by)
    asked, granted = list(AuditEntry.objects.of_organisation(row.organisation_id))[-2:]
    assert (asked.fields.get("service_area"), granted.fields.get("service_area")) == (None, "HELSE")


@pytest.mark.parametrize("left_out", ["name", "statute", "reason"])
def test_a_wish_says_what_is_missing_by_which_law_and_why(left_out: str) -> None:
    by = account(ADMINISTRATOR)
    assert by.organisation is not None
    said = {"name": "Havn", "statute": "Havneloven § 5", "reason": "Gebyr", left_out: " "}
    with pytest.raises(PolicyViolation, match="hvilken lov"):
        ask_for_area(organisation=by.organisation, by=by, **said)
    assert not ServiceAreaRequest.objects.exists()
