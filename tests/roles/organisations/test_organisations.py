"""Organisations: a central administrator creates and ends them; they maintain their contact points themselves."""

import os
import runpy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from fiksreg import settings
from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.limits import installation_limits, limits_of
from roles.models import AdministratorKind, Administratorship, Organisation
from roles.models.organisation import check_organisation_number
from roles.organisations.organisations import change_organisation, create_organisation
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, central_administrator, tenant
from tests.services import LIMITS

pytestmark = pytest.mark.django_db
CONTACT = {"name": "Servicetorget", "email": "post@vest.example", "phone": ""}
CONTENT: dict[str, Any] = {
    "name": "Vest kommune",
    "organisation_number": "310000019",
    "kind": "KOMMUNE",
    "kommuner": ["1870"],
    "contacts": [CONTACT],
}


def test_an_organisation_number_has_nine_digits_and_its_check_digit() -> None:
    for number in ("310000019", "310000027", "971032146"):
        check_organisation_number(number)
    for number in ("310000018", "31000001", "3100000190", "31000001x", "٣١٠٠٠٠٠١٨", "310000091"):
        with pytest.raises(ValidationError):
            check_organisation_number(number)


def test_a_new_organisation_stands_in_its_own_log() -> None:
    organisation = create_organisation(by=central_administrator(), **CONTENT)
    entry = AuditEntry.objects.of_organisation(organisation.pk).get()
    assert entry.event == "role:organisation:created"
    assert entry.fields["details"]["after"]["contacts"] == [CONTACT]


WRONG = {
    "a wrong number": {"organisation_number": "310000018"},
    "an unknown kommune": {"kommuner": ["0000"]},
    "no name": {"name": " "},
    "no contact point": {"contacts": []},
    "lists for no day": {"lists_kept_days": 0},
    "lists for more than a month": {"lists_kept_days": 31},
    "a limit of none": {"lookups_per_minute": 0},
    "an end before the beginning": {"valid_to": timezone.now() - timedelta(days=9)},
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_organisation_is_not_made(kind: str) -> None:
    with pytest.raises(PolicyViolation):
        create_organisation(by=central_administrator(), **(CONTENT | WRONG[kind]))
    assert not Organisation.objects.exists()


def test_its_own_administrator_says_how_long_lists_exist_and_the_log_has_it(nord: Tenant) -> None:
    Organisation.objects.update(organisation_number="310000019")
    Administratorship.objects.create(
        employee=nord.caseworker, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    change_organisation(organisation=nord.organisation, by=nord.caseworker, lists_kept_days=30, contacts=[CONTACT])
    assert Organisation.objects.get(pk=nord.organisation.pk).lists_kept_days == 30
    entry = AuditEntry.objects.filter(event="role:organisation:changed").get()
    details = entry.fields["details"]
    assert (details["before"]["lists_kept_days"], details["after"]["lists_kept_days"]) == (7, 30)


def test_an_organisation_that_is_ended_closes_its_roles_at_once(nord: Tenant) -> None:
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    Organisation.objects.update(organisation_number="310000019")
    change_organisation(
        organisation=nord.organisation, by=central_administrator(), valid_to=timezone.now(), contacts=[CONTACT]
    )
    assert live_roles(nord.caseworker) == []


def test_an_organisations_own_administrator_changes_only_the_fields_for_reaching_it(nord: Tenant) -> None:
    Organisation.objects.update(organisation_number="310000019")
    Administratorship.objects.create(
        employee=nord.caseworker, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    changed = change_organisation(
        organisation=nord.organisation, by=nord.caseworker, contacts=[CONTACT], language="nn", role_contact="Rådhuset"
    )
    assert (changed.language, changed.role_contact) == ("nn", "Rådhuset")
    for changes in ({"name": "Andre"}, {"kommuner": ["0301"]}, {"valid_to": None}, {"lookups_per_day": 9_999}):
        with pytest.raises(PolicyViolation):
            change_organisation(organisation=nord.organisation, by=nord.caseworker, **changes)


@pytest.mark.parametrize("who", ["administrator", "caseworker"])
def test_others_neither_change_nor_create_an_organisation(who: str, nord: Tenant) -> None:
    employee = getattr(nord, who)
    with pytest.raises(PolicyViolation):
        change_organisation(organisation=nord.organisation, by=employee, language="nn")
    with pytest.raises(PolicyViolation):
        create_organisation(by=employee, **CONTENT)


def test_an_administrator_of_the_neighbour_changes_nothing_in_it(nord: Tenant) -> None:
    neighbour = tenant("Sør")
    Organisation.objects.filter(pk=nord.organisation.pk).update(organisation_number="310000019")
    Administratorship.objects.create(
        employee=neighbour.caseworker, organisation=neighbour.organisation, kind=AdministratorKind.ORGANISATION
    )
    with pytest.raises(PolicyViolation, match="Du kan ikke endre dette"):
        change_organisation(organisation=nord.organisation, by=neighbour.caseworker, language="nn", contacts=[CONTACT])
    assert not nord.organisation.contact_points.filter(name=CONTACT["name"]).exists()


def test_new_contact_points_take_the_place_of_the_former_ones(nord: Tenant) -> None:
    Organisation.objects.filter(pk=nord.organisation.pk).update(organisation_number="310000019")
    central, other = central_administrator(), {**CONTACT, "name": "Ordføreren"}
    for contact in (other, CONTACT):
        change_organisation(organisation=nord.organisation, by=central, contacts=[contact])
    assert [each.name for each in nord.organisation.contact_points.all()] == [CONTACT["name"]]


def test_an_organisations_own_administrator_reads_its_kommuner_by_name_and_once() -> None:
    nord = tenant("Nord")
    Organisation.objects.filter(pk=nord.organisation.pk).update(kommuner=["1870"])
    Administratorship.objects.update(kind=AdministratorKind.ORGANISATION)
    client = Client()
    client.force_login(nord.administrator)
    page = client.get(f"/admin/roles/organisation/{nord.organisation.pk}/change/").content.decode()
    assert page.count("Kommuner den kan lage lister over") == 1
    assert "Sortland (1870)" in page


def test_the_central_administrator_sets_the_limits_of_its_employees_and_the_log_says_so(nord: Tenant) -> None:
    Organisation.objects.update(organisation_number="310000019")
    central = central_administrator()
    change_organisation(organisation=nord.organisation, by=central, misses_in_a_row=20, contacts=[CONTACT])
    assert limits_of(Organisation.objects.get()) == replace(installation_limits(), misses_in_a_row=20)
    details = AuditEntry.objects.of_organisation(nord.organisation.pk).order_by("-seq")[0].fields["details"]
    assert (details["before"]["misses_in_a_row"], details["after"]["misses_in_a_row"]) == (None, 20)
    assert limits_of(tenant("Sør").organisation) == installation_limits()


def test_a_holder_of_a_role_does_not_set_their_own_limits(nord: Tenant) -> None:
    Organisation.objects.update(organisation_number="310000019")
    central = central_administrator()
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    Administratorship.objects.create(employee=nord.caseworker, kind=AdministratorKind.CENTRAL)
    change_organisation(organisation=nord.organisation, by=central, open_orders=9, contacts=[CONTACT])
    for most in (10, 99, None):
        with pytest.raises(PolicyViolation, match="Du har selv rollen"):
            change_organisation(
                organisation=nord.organisation, by=nord.caseworker, open_orders=most, contacts=[CONTACT]
            )
    change_organisation(organisation=nord.organisation, by=nord.caseworker, open_orders=5, contacts=[CONTACT])
    change_organisation(organisation=nord.organisation, by=central, open_orders=99, contacts=[CONTACT])
    assert Organisation.objects.get().open_orders == 99


def test_a_future_holder_of_a_role_does_not_set_the_limits_beforehand(nord: Tenant) -> None:
    Organisation.objects.filter(pk=nord.organisation.pk).update(organisation_number="310000019", misses_in_a_row=5)
    tomorrow = timezone.now() + timedelta(days=1)
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker, valid_from=tomorrow)
    Administratorship.objects.create(employee=nord.caseworker, kind=AdministratorKind.CENTRAL)
    with pytest.raises(PolicyViolation, match="Du har selv rollen"):
        change_organisation(organisation=nord.organisation, by=nord.caseworker, misses_in_a_row=500, contacts=[CONTACT])


def test_an_installation_that_says_nothing_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [os.environ[name] for name in LIMITS] == ["1000000"] * 5
    for name in LIMITS:
        monkeypatch.delenv(name)
    assert runpy.run_path(settings.__file__)["FIKSREG_LIMITS"] == {
        "lookups_per_minute": 30,
        "lookups_per_day": 500,
        "misses_in_a_row": 10,
        "misses_per_day": 60,
        "open_orders": 5,
    }
