"""Ta i bruk in the administration, and the page that other employees get until all steps are taken."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from citizenlists.models import CitizenList
from roles.granting.assignments import give_role
from roles.granting.roles import change_role
from roles.models import AdministratorKind, Administratorship, Employee, OnboardingStep, Step, Use
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
#: A page that takes no POST answers one as if it were not there.
REFUSALS = {403, 404}
TODAY = timezone.localdate().isoformat()
TERMS = {"step": "TERMS", "TERMS-done_on": TODAY}
AGREEMENT = {
    "step": "AGREEMENT",
    "AGREEMENT-done_on": TODAY,
    "AGREEMENT-document": "Tjenesteavtale",
    "AGREEMENT-version": "2",
    "AGREEMENT-signer": "Kari Direktør",
}


@pytest.fixture
def nord() -> Tenant:
    made = tenant("Nord")
    OnboardingStep.objects.all().delete()
    change_role(role=made.role, by=made.administrator, uses=[Use.SEARCH, Use.CITIZEN_LIST])
    give_role(role=made.role, employee=made.caseworker, by=made.administrator)
    Administratorship.objects.create(
        employee=made.administrator, organisation=made.organisation, kind=AdministratorKind.ORGANISATION
    )
    return made


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def page(where: Tenant) -> str:
    return reverse("admin:roles_organisation_onboarding", args=[where.organisation.pk])


def test_the_steps_are_taken_on_the_page_one_by_one_and_then_the_search_opens(nord: Tenant) -> None:
    theirs, mine = browser(nord.caseworker), browser(nord.administrator)
    refused = theirs.get("/oppslag/")
    assert refused.status_code == 403
    assert "Nord kommune har ikke tatt Fiksreg i bruk ennå" in refused.content.decode()
    for sent in (TERMS, AGREEMENT):
        assert mine.post(page(nord), sent).status_code == 302
    assert "Kari Direktør" in mine.get(page(nord)).content.decode()
    assert theirs.get("/oppslag/").status_code == 200


def test_no_list_is_seen_or_ordered_either(nord: Tenant) -> None:
    theirs = browser(nord.caseworker)
    for address in ("/innbyggerlister/", "/innbyggerlister/bestill/"):
        for response in (theirs.get(address), theirs.post(address)):
            assert response.status_code in REFUSALS, address
    assert not CitizenList.objects.exists()


def test_the_page_names_the_missing_steps_and_who_takes_them_and_no_others(nord: Tenant) -> None:
    browser(nord.administrator).post(page(nord), TERMS)
    said = browser(nord.caseworker).get("/oppslag/").content.decode()
    assert "Tjenesteavtale" in said
    assert "Kommunedirektøren" in said
    assert "RF-1514" not in said


def test_a_step_is_taken_back_with_a_reason(nord: Tenant) -> None:
    mine = browser(nord.administrator)
    mine.post(page(nord), TERMS)
    assert mine.post(page(nord), {"step": "TERMS", "back": "yes", "TERMS-back-reason": ""}).status_code == 200
    assert nord.organisation.onboarding_steps.count() == 1
    assert mine.post(page(nord), {"step": "TERMS", "back": "yes", "TERMS-back-reason": "Feil"}).status_code == 302
    assert nord.organisation.onboarding_steps.count() == 0


@pytest.mark.parametrize("missing", sorted(AGREEMENT.keys() - {"step"}))
def test_an_agreement_that_is_not_filled_in_is_shown_again(nord: Tenant, missing: str) -> None:
    answer = browser(nord.administrator).post(page(nord), {**AGREEMENT, missing: ""})
    assert answer.status_code == 200
    assert answer.content.decode().count('<p class="ds-validation-message"') == 1
    assert not nord.organisation.onboarding_steps.exists()


def test_a_step_that_the_door_does_not_ask_for_is_not_taken(nord: Tenant) -> None:
    sent = {"step": Step.DELEGATION.value, "DELEGATION-done_on": TODAY}
    assert browser(nord.administrator).post(page(nord), sent).status_code == 200
    assert not nord.organisation.onboarding_steps.exists()
