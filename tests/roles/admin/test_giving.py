"""One role is given to many at once: to all or to none, and to nobody twice."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from roles.access.liveroles import live_roles, live_roles_of
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role, give_role_to, withdraw_role
from roles.granting.roles import create_role
from roles.models import Employee, Group, Holder, RoleAssignment
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, case_system, tenant
from tests.statements import statements_sent

pytestmark = pytest.mark.django_db
LIST = "/admin/roles/employee/"


def colleague(where: Tenant) -> Employee:
    return Employee.objects.create_employee(
        issuer="https://idp.example", subject="Kollega", display_name="Kollega", organisation=where.organisation
    )


def form(role: object, *chosen: Holder, **changes: str) -> dict[str, object]:
    picked = {"action": "give_role", "_selected_action": [str(each.pk) for each in chosen]}
    return picked | {"role": role, "valid_from": "2026-01-01T00:00", "reason": "Opptak", "give_role_now": "1"} | changes


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def test_the_role_is_given_to_all_who_were_chosen_and_the_log_names_each_and_the_reason(nord: Tenant) -> None:
    both = nord.caseworker, colleague(nord)
    client = browser(nord.administrator)
    asked = client.post(LIST, {"action": "give_role", "_selected_action": [str(each.pk) for each in both]})
    assert "Kollega" in asked.content.decode()
    assert client.post(LIST, form(nord.role.pk, *both)).status_code == 302
    assert [live_roles(each) for each in both] == [[nord.role], [nord.role]]
    details = AuditEntry.objects.get(event="role:assignment:given").fields["details"]
    assert "Opptak" in details["reason"]
    assert details["after"]["employee"] == sorted(str(each.pk) for each in both)


def test_the_log_is_taken_last_and_once_however_many_are_given_the_role(nord: Tenant) -> None:
    """The chain is locked until the transaction ends, and every lookup of the organisation waits for it."""
    role = create_role(
        organisation=nord.organisation, service_area=nord.role.service_area, name="Ny", by=nord.administrator
    )
    many = [nord.caseworker, colleague(nord), case_system(nord, "Skole")]
    with statements_sent() as sent:
        give_role_to(role=role, by=nord.administrator, receivers=many)
    assert sum("audit_append(" in statement for statement in sent) == 1
    assert sent[-3:-1] == ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]
    assert "audit_append(" in sent[-1]


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


def test_who_has_the_role_is_named_and_nobody_else_is_given_it(nord: Tenant) -> None:
    give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    page = browser(nord.administrator).post(LIST, form(nord.role.pk, nord.caseworker, colleague(nord)))
    assert "Saksbehandler Nord har alt fått rollen Opptak" in page.content.decode()
    one = form(nord.role.pk) | {"employee": str(nord.caseworker.pk)}
    page = browser(nord.administrator).post("/admin/roles/roleassignment/add/", one)
    assert "Saksbehandler Nord har alt fått rollen Opptak" in page.content.decode()
    assert RoleAssignment.objects.count() == 1


def test_neither_the_neighbours_role_nor_their_employees_can_be_chosen(nord: Tenant) -> None:
    soer = tenant("Sør")
    client = browser(nord.administrator)
    foreign_role = client.post(LIST, form(soer.role.pk, nord.caseworker))
    assert "role" in foreign_role.context["form"].errors
    client.post(LIST, form(nord.role.pk, soer.caseworker))
    assert not RoleAssignment.objects.exists()


def test_who_has_the_role_already_is_not_given_it_again_and_is_named(nord: Tenant) -> None:
    soer = tenant("Sør")
    give_role(role=soer.role, by=soer.administrator, employee=soer.caseworker)
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    system = case_system(nord)
    group = Group.objects.create(organisation=nord.organisation, name="Opptak")
    with pytest.raises(PolicyViolation, match="Fagsystem, Saksbehandler Nord har alt fått rollen Opptak"):
        give_role_to(role=nord.role, by=nord.administrator, receivers=[group, nord.caseworker, system])
    assert RoleAssignment.objects.filter(role=nord.role).count() == 2
    assert AuditEntry.objects.of_organisation(nord.organisation.pk).filter(event="role:assignment:given").count() == 2


def test_one_who_is_named_twice_is_given_the_role_once(nord: Tenant) -> None:
    twice = [nord.caseworker, Employee.objects.get(pk=nord.caseworker.pk)]
    assert len(give_role_to(role=nord.role, by=nord.administrator, receivers=twice)) == 1


def test_what_is_held_through_a_group_may_be_given_by_name_too(nord: Tenant) -> None:
    group = Group.objects.create(organisation=nord.organisation, name="Opptak")
    group.members.add(nord.caseworker)
    give_role(role=nord.role, by=nord.administrator, group=group)
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    assert live_roles(nord.caseworker) == [nord.role]


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [(0, 2, False), (0, 3, True), (3, None, True), (0, None, True), (4, 6, False), (4, None, False)],
)
def test_a_time_before_or_after_that_of_another_assignment_is_no_overlap(
    nord: Tenant, begins: int, ends: int | None, *, refused: bool
) -> None:
    """The other assignment is from day 2 to day 4."""
    now = timezone.now()
    day = [now + timedelta(days=number) for number in range(7)]
    same: dict[str, Any] = {"role": nord.role, "by": nord.administrator, "employee": nord.caseworker}
    give_role(**same, valid_from=day[2], valid_to=day[4])
    with pytest.raises(PolicyViolation, match="har alt fått") if refused else nullcontext():
        give_role(**same, valid_from=day[begins], valid_to=None if ends is None else day[ends])


def test_what_is_withdrawn_may_be_given_again_from_the_same_morning(nord: Tenant) -> None:
    morning = timezone.now() - timedelta(hours=3)
    same: dict[str, Any] = {"role": nord.role, "by": nord.administrator, "employee": nord.caseworker}
    withdraw_role(assignment=give_role(**same, valid_from=morning), by=nord.administrator)
    give_role(**same, valid_from=morning)
    assert live_roles(nord.caseworker) == [nord.role]


def test_a_whole_list_that_got_others_meanwhile_is_shown_again_before_anybody_is_given_anything(nord: Tenant) -> None:
    client = Client()
    client.force_login(nord.administrator)
    across = {"action": "give_role", "select_across": "1", "_selected_action": [str(nord.caseworker.pk)]}
    asked = client.post("/admin/roles/employee/?q=Ny", across | {"_selected_action": [str(newcomer(nord, "Ny 1").pk)]})
    newcomer(nord, "Ny 2")
    sent = across | {"seen": asked.context["seen"], "role": nord.role.pk, "valid_from": "2026-01-01T00:00"}
    page = client.post("/admin/roles/employee/?q=Ny", sent | {"reason": "Opptak", "give_role_now": "1"})
    assert "Listen er endret siden du så den." in page.content.decode()
    assert not RoleAssignment.objects.exists()
    again = sent | {"seen": page.context["seen"], "reason": "Opptak", "give_role_now": "1"}
    assert client.post("/admin/roles/employee/?q=Ny", again).status_code == 302
    assert sorted(str(row.employee) for row in RoleAssignment.objects.all()) == ["Ny 1", "Ny 2"]


def newcomer(where: Tenant, name: str) -> Employee:
    return Employee.objects.create_employee(
        issuer="https://idp.example", subject=name, display_name=name, organisation=where.organisation
    )
