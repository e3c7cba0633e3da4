"""Central user management: when it is on, only groups hold roles; turning it off restores no assignment."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.models import AdministratorKind, Administratorship, Employee, RoleAssignment
from roles.organisations.centralusers import turn_off, turn_on
from roles.people.groups import create_group
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nord() -> Tenant:
    """A tenant whose administrator may do everything in it, and whose caseworker holds the role by name."""
    nord = tenant("Nord")
    Administratorship.objects.create(
        employee=nord.administrator, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    return nord


def address(of: Tenant) -> str:
    return f"/admin/roles/organisation/{of.organisation.pk}/brukerstyring/"


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def colleague_in(where: Tenant) -> Employee:
    return Employee.objects.create_employee(
        issuer="https://idp.example", subject="kollega", display_name="Kollega", organisation=where.organisation
    )


def test_roles_held_by_name_end_and_those_of_groups_stay(nord: Tenant) -> None:
    colleague = colleague_in(nord)
    group = create_group(organisation=nord.organisation, name="Opptak", members=[colleague], by=nord.administrator)
    give_role(role=nord.role, by=nord.administrator, group=group)
    assert turn_on(organisation=nord.organisation, by=nord.administrator) == 1
    assert live_roles(nord.caseworker) == []
    assert live_roles(colleague) == [nord.role]


def test_a_role_that_was_to_begin_tomorrow_never_does(nord: Tenant) -> None:
    tomorrow, colleague = timezone.now() + timedelta(days=1), colleague_in(nord)
    give_role(role=nord.role, by=nord.administrator, employee=colleague, valid_from=tomorrow)
    assert turn_on(organisation=nord.organisation, by=nord.administrator) == 2
    assert live_roles(colleague, now=tomorrow) == []


def test_from_then_on_roles_are_given_to_groups_alone_until_it_is_undone(nord: Tenant) -> None:
    turn_on(organisation=nord.organisation, by=nord.administrator)
    nord.role.organisation.refresh_from_db()
    with pytest.raises(PolicyViolation, match="gruppe"):
        give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    turn_off(organisation=nord.organisation, by=nord.administrator)
    assert live_roles(nord.caseworker) == []
    nord.role.organisation.refresh_from_db()
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    assert live_roles(nord.caseworker) == [nord.role]


def test_a_row_that_came_in_some_other_way_gives_nothing_either(nord: Tenant) -> None:
    turn_on(organisation=nord.organisation, by=nord.administrator)
    RoleAssignment.objects.create(role=nord.role, employee=nord.caseworker)
    assert live_roles(nord.caseworker) == []


def test_turning_it_on_and_off_is_logged_with_the_ended_assignments(nord: Tenant) -> None:
    given = RoleAssignment.objects.get()
    turn_on(organisation=nord.organisation, by=nord.administrator)
    turn_off(organisation=nord.organisation, by=nord.administrator)
    on, off = list(AuditEntry.objects.of_organisation(nord.organisation.pk))[-2:]
    assert (on.event, off.event) == ("role:central-users:on", "role:central-users:off")
    assert on.fields["details"]["ended"] == [str(given.pk)]


def test_the_page_names_the_employees_concerned_and_turns_it_on(nord: Tenant) -> None:
    client = browser(nord.administrator)
    assert "Saksbehandler Nord" in client.get(address(nord)).content.decode()
    page = client.post(address(nord), {"turn": "on"}, follow=True).content.decode()
    assert "Slått på. 1 personlig tilgang er avsluttet." in page
    assert "Slå av" in page
    client.post(address(nord), {"turn": "off"})
    nord.organisation.refresh_from_db()
    assert not nord.organisation.groups_only


def test_the_page_offers_the_workbook_of_todays_accesses_first(nord: Tenant) -> None:
    client = browser(nord.administrator)
    offered = re.search(r'href="([^"]+fil=xlsx)"', client.get(address(nord)).content.decode())
    assert offered is not None
    sheet = openpyxl.load_workbook(BytesIO(client.get(unescape(offered[1])).content)).worksheets[0]
    assert "Saksbehandler Nord" in {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}


def test_the_neighbours_and_others_of_the_house_cannot(nord: Tenant) -> None:
    neighbour = tenant("Sør")
    Administratorship.objects.create(
        employee=neighbour.caseworker, organisation=neighbour.organisation, kind=AdministratorKind.ORGANISATION
    )
    Administratorship.objects.filter(employee=nord.administrator, kind=AdministratorKind.ORGANISATION).delete()
    for employee in (neighbour.caseworker, nord.administrator):
        assert browser(employee).post(address(nord), {"turn": "on"}).status_code == 404
        with pytest.raises(PolicyViolation):
            turn_on(organisation=nord.organisation, by=employee)
    assert live_roles(nord.caseworker) == [nord.role]
