"""Many employees are put into one group at once: all or none."""

from typing import Any

import pytest
from django.test import Client

from roles.audit.models import AuditEntry
from roles.models import AdministratorKind, Administratorship, Employee, Group
from roles.people.groups import create_group
from tests.roles.colleagues import colleagues
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db


def group_of(where: Tenant, *members: Employee) -> Group:
    return create_group(organisation=where.organisation, name="Opptak", members=members, by=where.administrator)


def put(where: Tenant, group: Group, *chosen: Employee) -> Any:
    client = Client()
    client.force_login(where.administrator)
    sent = {"action": "put_into_group", "_selected_action": [str(each.pk) for each in chosen]}
    return client.post(
        "/admin/roles/employee/", {**sent, "put_into_group_now": "1", "group": group.pk, "reason": "Opptak"}
    )


def members(group: Group) -> list[str]:
    return [str(employee) for employee in group.members.order_by("display_name")]


def test_the_chosen_come_in_beside_those_who_are_there_in_one_entry_of_the_log(nord: Tenant) -> None:
    group = group_of(nord, nord.caseworker)
    before = AuditEntry.objects.count()
    assert put(nord, group, nord.caseworker, *colleagues(nord.organisation, "Anne", "Berit")).status_code == 302
    assert members(group) == ["Anne", "Berit", "Saksbehandler Nord"]
    assert AuditEntry.objects.count() == before + 1


def test_one_who_cannot_come_in_keeps_all_out(nord: Tenant) -> None:
    group = group_of(nord)
    page = put(nord, group, *colleagues(nord.organisation, "Anne"), nord.administrator)
    assert "Du kan ikke sette deg selv i en gruppe." in page.content.decode()
    Employee.objects.filter(pk=nord.caseworker.pk).update(is_active=False)
    page = put(nord, group, *colleagues(nord.organisation, "Berit"), nord.caseworker)
    assert "Den ansatte er ikke aktiv." in page.content.decode()
    assert members(group) == []


def test_the_neighbours_groups_and_employees_are_out_of_reach(nord: Tenant) -> None:
    stranger = tenant("Sør")
    theirs, ours = group_of(stranger), group_of(nord)
    assert put(nord, theirs, nord.caseworker).status_code == 200
    put(nord, ours, stranger.caseworker)
    assert members(theirs) == members(ours) == []


def test_an_employee_of_another_of_ones_organisations_is_refused(nord: Tenant) -> None:
    east = tenant("Øst")
    Administratorship.objects.create(
        employee=nord.administrator, organisation=east.organisation, kind=AdministratorKind.ROLE
    )
    group = group_of(nord)
    page = put(nord, group, nord.caseworker, east.caseworker)
    assert "Medlemmene må høre til gruppens virksomhet." in page.content.decode()
    assert members(group) == []
