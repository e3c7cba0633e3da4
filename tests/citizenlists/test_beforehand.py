"""What an order will give is said before it is placed, and nobody is looked up for it."""

from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from citizenlists.models import CitizenList, State
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.test_views import FORM

pytestmark = pytest.mark.django_db

ADDRESS = "/innbyggerlister/bestill/se-over/"


def told(of: Caseworker, **changed: object) -> str:
    answer = of.client.post(ADDRESS, {**FORM, **changed})
    assert answer.status_code == 200
    return " ".join(body(answer).decode().split())


def test_it_says_the_columns_and_that_the_number_is_unknown_and_orders_nothing(school: Caseworker) -> None:
    before = AuditEntry.objects.count()
    shown = told(school, elements=["navn", "bostedsadresse"], layout="letter", sorting="postal-code")
    assert "Ukjent: rollen har ingen ferdig liste" in shown
    assert "Navn, c/o, Adresselinje 1" in shown
    assert "Postnummer </dd>" in shown
    assert "Listen blir stor" not in shown
    assert not CitizenList.objects.exists()
    assert AuditEntry.objects.count() == before


def test_it_says_about_how_many_from_an_earlier_list(school: Caseworker) -> None:
    finished(school, rows=123)
    assert "Omtrent 130 personer." in told(school)
    assert "Høyst omtrent 130 personer." in told(school, sex="kvinne")


def test_a_list_of_as_many_as_is_configured_is_called_large(school: Caseworker, settings: Settings) -> None:
    finished(school, rows=200)
    settings.FIKSREG_LARGE_LIST = 201
    assert "Listen blir stor" not in told(school)
    settings.FIKSREG_LARGE_LIST = 200
    assert "lister med 200 personer eller flere regnes" in told(school)


def test_a_list_of_unknown_size_is_called_large_by_its_years(school: Caseworker) -> None:
    assert "Listen gjelder 29 fødselsår" not in told(school, born_from="1988")
    assert "Listen gjelder 30 fødselsår" in told(school, born_from="1987")


def test_what_was_filled_in_stays_and_can_be_ordered_once(school: Caseworker) -> None:
    form = school.client.post(ADDRESS, {**FORM, "form_id": str(uuid4())}).context["form"]
    sent = {**FORM, "form_id": form["form_id"].value(), "elements": form["elements"].value()}
    assert form["purpose"].value() == FORM["purpose"]
    for _press in range(2):
        assert school.client.post("/innbyggerlister/bestill/", sent).status_code == 302
    assert CitizenList.objects.count() == 1


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_foretold(school: Caseworker) -> None:
    answer = school.client.post(ADDRESS, {**FORM, "born_from": "tolv"})
    assert answer.status_code == 422
    assert "Skriv et årstall" in body(answer).decode()
    assert "Dette får du" not in body(answer).decode()


def finished(by: Caseworker, *, rows: int) -> None:
    order = by.order(born=(2015, 2016))
    CitizenList.objects.filter(pk=order.pk).update(state=State.READY, rows=rows, ended_at=timezone.now())
