"""Kontroller oppsettet (the self-test): what it tries, the finding for each outcome, and that it looks up no person."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.http.errors import Busy, PartyError, Refused, Unavailable, Unconfigured
from integrations.simulator.maskinporten.service import PREFIX as MASKINPORTEN
from roles.models import Organisation
from roles.onboarding.selftest import try_roles, try_set_up
from roles.onboarding.verdicts import Finding, Verdict, conclude, token_and_delegation
from tests.lookup.register import Register
from tests.roles.tenants import Tenant, confidential_basis, tenant

OK, FAILED, NOT_DONE, UNAVAILABLE = Verdict.OK, Verdict.FAILED, Verdict.NOT_DONE, Verdict.UNAVAILABLE
TOKEN, DELEGATION, REGISTER, LOGIN, PROVISIONING = range(5)
NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("error", "verdict"),
    [(None, OK), (Unavailable(), UNAVAILABLE), (Busy(), UNAVAILABLE), (Refused(), FAILED), (Unconfigured(), FAILED)],
)
def test_a_retryable_error_is_unavailable_and_any_other_has_failed(error: PartyError | None, verdict: Verdict) -> None:
    tested = conclude("x", error, "advice")
    assert tested.verdict is verdict
    assert (tested.advice == "advice") == (verdict is FAILED)
    assert bool(tested.advice) == (verdict is not OK)


@pytest.mark.parametrize(
    ("on_behalf", "own", "delegates", "verdicts"),
    [
        (None, None, False, (OK, NOT_DONE)),
        (Refused(), None, False, (FAILED, NOT_DONE)),
        (Unavailable(), None, False, (UNAVAILABLE, NOT_DONE)),
        (None, None, True, (OK, OK)),
        (Refused(), None, True, (OK, FAILED)),
        (Refused(), Refused(), True, (FAILED, NOT_DONE)),
        (Refused(), Unavailable(), True, (UNAVAILABLE, NOT_DONE)),
        (Unavailable(), None, True, (UNAVAILABLE, NOT_DONE)),
        (Unavailable(), Unavailable(), True, (UNAVAILABLE, NOT_DONE)),
    ],
)
def test_a_missing_delegation_is_told_from_a_client_that_is_not_known(
    on_behalf: PartyError | None,
    own: PartyError | None,
    delegates: bool,
    verdicts: tuple[Verdict, Verdict],
) -> None:
    token, delegation = token_and_delegation(on_behalf, own, delegates=delegates)
    assert (token.verdict, delegation.verdict) == verdicts


def verdicts(results: list[Finding]) -> list[Verdict]:
    return [tested.verdict for tested in results]


def behind(organisation: Organisation, settings: Settings, address: str, consumer: str) -> None:
    settings.FOLKEREGISTER_DOORS = {organisation.organisation_number: SkatteetatenDoor(address, consumer)}


@pytest.fixture
def register(simulator: str) -> Iterator[Register]:
    register = Register(simulator)
    register.forget()
    yield register
    register.close()


def test_a_set_up_that_works_is_ok_and_asks_about_nobody(
    nord: Tenant, register: Register, simulator: str, settings: Settings
) -> None:
    behind(nord.organisation, settings, simulator, "310000027")  # who has delegated to us in the simulator
    settings.OIDC_OP_JWKS_ENDPOINT = f"{simulator}{MASKINPORTEN}jwks"
    assert verdicts(try_set_up(nord.organisation)) == [OK, OK, OK, OK, NOT_DONE]
    assert [verdicts(each.results) for each in try_roles(nord.organisation)] == [[OK, OK]]
    asked = {call["operation"] for call in register.asked()}
    assert "sequence" in asked
    assert asked <= {"token", "sequence", "jwks"}


def test_an_organisation_that_has_not_delegated_is_told_so(nord: Tenant, simulator: str, settings: Settings) -> None:
    behind(nord.organisation, settings, simulator, "310000035")
    results = try_set_up(nord.organisation)
    assert verdicts(results)[:3] == [OK, FAILED, NOT_DONE]
    assert "ikke delegert" in results[DELEGATION].advice


def test_a_register_and_a_login_that_do_not_answer_are_unavailable(
    nord: Tenant, simulator: str, settings: Settings
) -> None:
    behind(nord.organisation, settings, NOWHERE, "")
    settings.OIDC_OP_JWKS_ENDPOINT = NOWHERE
    assert verdicts(try_set_up(nord.organisation)) == [OK, NOT_DONE, UNAVAILABLE, UNAVAILABLE, NOT_DONE]


def test_a_wrong_address_of_the_login_has_failed(nord: Tenant, simulator: str, settings: Settings) -> None:
    settings.OIDC_OP_JWKS_ENDPOINT = f"{simulator}/nothing-here"
    assert verdicts(try_set_up(nord.organisation))[LOGIN] is FAILED


def test_an_address_of_the_login_without_keys_is_not_ok(nord: Tenant, simulator: str, settings: Settings) -> None:
    settings.OIDC_OP_JWKS_ENDPOINT = f"{simulator}/testpersoner.json"
    assert verdicts(try_set_up(nord.organisation))[LOGIN] is not OK


def test_the_finding_for_a_role_names_the_elements_that_its_legal_bases_do_not_open(
    nord: Tenant, simulator: str
) -> None:
    confidential_basis()
    nord.role.elements = ["navn", "familierelasjon"]
    nord.role.save()
    (tested,) = try_roles(nord.organisation)
    assert verdicts(tested.results) == [OK, FAILED]
    assert "Familierelasjon" in tested.results[1].advice
    nord.role.legal_bases.add(confidential_basis())
    assert verdicts(try_roles(nord.organisation)[0].results) == [OK, OK]


def test_a_role_without_elements_and_one_that_has_ended_are_not_tried(nord: Tenant, simulator: str) -> None:
    nord.role.elements = []
    nord.role.save()
    assert verdicts(try_roles(nord.organisation)[0].results) == [OK, NOT_DONE]
    nord.role.is_active = False
    nord.role.save()
    assert try_roles(nord.organisation) == []


def test_the_page_tries_when_it_is_asked_to_and_shows_only_its_own_roles(nord: Tenant, simulator: str) -> None:
    other = tenant("Sør")
    other.role.name = "Hemmelig"
    other.role.save()
    client = Client()
    client.force_login(nord.administrator)
    address = reverse("admin:roles_organisation_setup", args=[nord.organisation.pk])
    assert "data-verdict" not in client.get(address).content.decode()
    shown = client.post(address).content.decode()
    assert shown.count('data-verdict="ok"') >= 4
    assert "Opptak" in shown
    assert "Hemmelig" not in shown
