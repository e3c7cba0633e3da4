"""One role given to many at once, from their list; all of them or none."""

import pytest
from django.test import Client

from roles.assignments import live_roles, live_roles_of
from roles.audit.models import AuditEntry
from roles.models import Employee, Holder, RoleAssignment
from roles.services import create_role
from tests.roles.tenants import Tenant, case_system, tenant

pytestmark = pytest.mark.django_db
LIST = "/admin/roles/employee/"


@pytest.fixture
def nord() -> Tenant:
    return tenant("Nord")


def colleague(where: Tenant) -> Employee:
    return Employee.objects.create_employee(
        issuer="https://idp.example", subject="Kollega", display_name="Kollega", organisation=where.organisation
    )


def form(role: object, *chosen: Holder, **changes: str) -> dict[str, object]:
    picked = {"action": "give_role", "_selected_action": [str(each.pk) for each in chosen]}
    return picked | {"role": role, "valid_from": "2026-01-01T00:00", "reason": "Opptak", "give": "1"} | changes


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def test_the_role_is_given_to_all_who_were_chosen_each_with_the_reason_in_the_log(nord: Tenant) -> None:
    both = nord.caseworker, colleague(nord)
    client = browser(nord.administrator)
    asked = client.post(LIST, {"action": "give_role", "_selected_action": [str(each.pk) for each in both]})
    assert "Kollega" in asked.content.decode()
    assert client.post(LIST, form(nord.role.pk, *both)).status_code == 302
    assert [live_roles(each) for each in both] == [[nord.role], [nord.role]]
    entries = AuditEntry.objects.filter(event="role:assignment:given")
    assert ["Opptak" in entry.body for entry in entries] == [True, True]


def test_integrations_are_given_a_role_from_their_list_and_the_neighbours_are_not(nord: Tenant) -> None:
    neighbours = case_system(tenant("Sør"))
    new = create_role(
        organisation=nord.organisation, service_area=nord.role.service_area, name="Ny", by=nord.administrator
    )
    both = case_system(nord, "Barnehage"), case_system(nord, "Skole")
    page = browser(nord.administrator).post("/admin/roles/integration/", form(new.pk, *both, neighbours))
    assert page.status_code == 302
    assert [live_roles_of(each) for each in both] == [[new, nord.role], [new, nord.role]]
    assert new not in live_roles_of(neighbours)


def test_one_who_may_not_have_it_leaves_all_without_and_says_why(nord: Tenant) -> None:
    page = browser(nord.administrator).post(LIST, form(nord.role.pk, nord.caseworker, nord.administrator))
    assert "Du kan ikke gi deg selv en rolle." in page.content.decode()
    assert not RoleAssignment.objects.exists()


def test_neither_the_neighbours_role_nor_their_employees_can_be_chosen(nord: Tenant) -> None:
    soer = tenant("Sør")
    client = browser(nord.administrator)
    foreign_role = client.post(LIST, form(soer.role.pk, nord.caseworker))
    assert "role" in foreign_role.context["form"].errors
    client.post(LIST, form(nord.role.pk, soer.caseworker))
    assert not RoleAssignment.objects.exists()
