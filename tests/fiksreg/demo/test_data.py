"""The demo's data: what the newcomer logs in to."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from fiksreg.demo.data import ROLES, load_demo
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.identityprovider.accounts import ACCOUNTS
from roles.access import access_for
from roles.access.administration import administers
from roles.access.liveroles import live_roles
from roles.granting.assignments import withdraw_role
from roles.models import Employee, Role, RoleAssignment, Use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def account(label: str) -> Employee:
    return Employee.objects.get(display_name=label)


def test_every_account_of_the_identity_provider_is_an_employee() -> None:
    assert {account(label).display_name for label in ACCOUNTS} == set(ACCOUNTS)


def test_every_chosen_element_is_opened_by_a_legal_basis_of_its_role() -> None:
    for demo_role in ROLES:
        role = Role.objects.get(name=demo_role.name, organisation__name=demo_role.organisation.name)
        access = access_for(account(demo_role.holder), role.id, Use.SEARCH)
        assert access.elements == set(demo_role.elements) <= set(ELEMENTS)


def test_the_two_caseworkers_see_different_elements() -> None:
    barnehage, helse = (live_roles(account(f"Saksbehandler {area}"))[0] for area in ("barnehage", "helse"))
    assert set(barnehage.elements) - set(helse.elements)
    assert set(helse.elements) - set(barnehage.elements)


def test_the_newcomer_and_the_administrators_hold_no_role() -> None:
    assert [live_roles(account(label)) for label in ("Nyansatt", "Rolleadministrator", "Personvernombud")] == [[]] * 3


def test_the_role_administrator_changes_and_the_privacy_officer_looks_in_their_own_organisation_alone() -> None:
    administrator, officer = administers(account("Rolleadministrator")), administers(account("Personvernombud"))
    home = account("Nyansatt").organisation_id
    assert (administrator.may_change, administrator.may_look) == ({home}, {home})
    assert (officer.may_change, officer.may_look) == (frozenset(), {home})


def test_loading_again_adds_nothing_and_keeps_what_was_changed() -> None:
    role = live_roles(account("Saksbehandler helse"))[0]
    withdraw_role(assignment=role.assignments.get(), by=account("Rolleadministrator"))
    Role.objects.filter(pk=role.pk).update(description="Endret")
    before = (Employee.objects.count(), Role.objects.count(), RoleAssignment.objects.count())
    load_demo()
    assert (Employee.objects.count(), Role.objects.count(), RoleAssignment.objects.count()) == before
    assert live_roles(account("Saksbehandler helse")) == []
    assert Role.objects.get(pk=role.pk).description == "Endret"


def test_a_demo_on_another_port_knows_its_employees_again(settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    load_demo()
    assert Employee.objects.filter(display_name="Nyansatt").count() == 1
    assert live_roles(account("Saksbehandler helse"))


def test_the_credentials_name_every_account_role_and_address() -> None:
    out = StringIO()
    call_command("demo_credentials", "--json", stdout=out)
    credentials = json.loads(out.getvalue())
    accounts = {account["label"]: account for account in credentials["accounts"]}
    assert list(accounts) == list(ACCOUNTS)
    assert accounts["Saksbehandler nabokommune"]["organisation"] == "Fjellro kommune"
    assert {role["service_area"] for role in accounts["Saksbehandler barnehage"]["roles"]} == {"BARNEHAGE", "OPPVEKST"}
    assert {"web", "admin", "simulator", "test_persons", "identity_provider", "healthz", "readyz"} <= set(
        credentials["urls"]
    )


@pytest.mark.parametrize("command", ["load_demo", "demo_credentials"])
def test_production_has_no_demo(settings: Settings, command: str) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command(command)
