"""A group tied to a group at the identity provider, on its page and in the services: nobody can choose its members."""

import pytest
from django.test import Client
from pytest_django import Settings

from roles.models import Employee, Group
from roles.people.groups import change_group, create_group
from roles.violations import PolicyViolation
from tests.roles.provider import Browser, Provider
from tests.roles.tenants import Tenant
from tests.roles.tied import ANOTHER_ID, ID, employed, group, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings: Settings) -> None:
    settings.OIDC_GROUPS_CLAIM = "groups"


@pytest.fixture
def employee(nord: Tenant, provider: Provider) -> Employee:
    return employed(nord, provider)


def test_the_members_of_a_tied_group_are_not_chosen_by_hand(nord: Tenant) -> None:
    tied = group(nord)
    for choose in (
        lambda: change_group(group=tied, name="Opptak", members=[nord.caseworker], by=nord.administrator),
        lambda: create_group(
            organisation=nord.organisation,
            name="Ny",
            members=[nord.caseworker],
            external_id=ANOTHER_ID,
            by=nord.administrator,
        ),
    ):
        with pytest.raises(PolicyViolation, match="kan ikke velges her"):
            choose()
    assert not tied.members.exists()


def test_two_groups_of_an_organisation_are_not_tied_to_the_same(nord: Tenant) -> None:
    group(nord)
    with pytest.raises(PolicyViolation, match="alt denne id-en"):
        group(nord, "Arkiv")


@pytest.fixture
def administration(nord: Tenant) -> Client:
    client = Client()
    client.force_login(nord.administrator)
    return client


def page_of(found: Group) -> str:
    return f"/admin/roles/group/{found.pk}/change/"


def test_a_group_is_tied_on_its_page_which_then_offers_no_members(
    administration: Client, nord: Tenant, browser: Browser, employee: Employee
) -> None:
    found = group(nord, external_id="")
    sent = {"name": "Opptak", "external_id": f" {ID} ", "reason": "Ny"}
    assert administration.post(page_of(found), sent).status_code == 302
    log_in(browser, groups=[ID])
    page = administration.get(page_of(found)).content.decode()
    assert f'value="{ID}"' in page
    assert "Ansatt Ansattsen" in page
    assert "medlemmene kan ikke endres på denne siden" in page
    assert 'name="members"' not in page
    assert administration.post(page_of(found), sent | {"members": [nord.caseworker.pk]}).status_code == 302
    assert list(found.members.all()) == [employee]


def test_a_deactivated_member_hinders_no_change_and_stays_a_member(administration: Client, nord: Tenant) -> None:
    found = create_group(
        organisation=nord.organisation, name="Opptak", members=[nord.caseworker], by=nord.administrator
    )
    Employee.objects.filter(pk=nord.caseworker.pk).update(is_active=False)
    assert administration.post(page_of(found), {"name": "Opptak", "external_id": ID, "reason": "Ny"}).status_code == 302
    assert [member.pk for member in found.members.all()] == [nord.caseworker.pk]


def test_a_group_that_is_no_longer_tied_keeps_its_members_and_takes_new_ones(
    administration: Client, nord: Tenant, browser: Browser, employee: Employee
) -> None:
    found = group(nord)
    log_in(browser, groups=[ID])
    administration.post(page_of(found), {"name": "Opptak", "external_id": "", "reason": "Ny"})
    assert list(found.members.all()) == [employee]
    administration.post(page_of(found), {"name": "Opptak", "members": [nord.caseworker.pk], "reason": "Ny"})
    assert list(found.members.all()) == [nord.caseworker]


def test_an_id_that_is_taken_is_said_once_at_the_field(administration: Client, nord: Tenant) -> None:
    group(nord)
    sent = {"organisation": nord.organisation.pk, "name": "Arkiv", "external_id": ID, "reason": "Ny"}
    page = administration.post("/admin/roles/group/add/", sent).content.decode()
    assert page.count("En annen gruppe i virksomheten har alt denne id-en.") == 1
    assert "group_external_id" not in page


def test_the_id_is_not_on_the_page_where_no_claim_is_named_unless_the_group_has_one(
    administration: Client, nord: Tenant, settings: Settings
) -> None:
    settings.OIDC_GROUPS_CLAIM = ""
    tied, other = group(nord), group(nord, "Arkiv", "")
    assert 'name="external_id"' in administration.get(page_of(tied)).content.decode()
    assert 'name="external_id"' not in administration.get(page_of(other)).content.decode()
