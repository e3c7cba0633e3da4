"""A role is switched off and on, and deleted. The page first shows whom it touches, and it has effect at the next
request."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client

from roles.access.liveroles import live_roles, live_roles_of
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.granting.roles import change_role, create_role, delete_role, switch_role
from roles.granting.touches import touched_by
from roles.models import AdministratorKind, Administratorship, Employee, Integration, Role
from roles.people.groups import create_group
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, case_system, kindergarten, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(nord: Tenant) -> Tenant:
    """A tenant with a role that the caseworker, a group with one more member, and a case system hold."""
    other = Employee.objects.create_employee(
        issuer="https://idp.example", subject="other", display_name="Vikar Nord", organisation=nord.organisation
    )
    by = nord.administrator
    group = create_group(organisation=nord.organisation, name="Vikarer", members=[other], by=by)
    give_role(role=nord.role, employee=nord.caseworker, by=by)
    give_role(role=nord.role, group=group, by=by)
    case_system(nord)
    return nord


def holders_with_the_role(where: Tenant) -> list[str]:
    people = [each for each in Employee.objects.filter(organisation=where.organisation) if live_roles(each)]
    systems = [each for each in Integration.objects.filter(organisation=where.organisation) if live_roles_of(each)]
    return sorted(str(each) for each in (*people, *systems))


EVERYBODY = ["Fagsystem", "Saksbehandler Nord", "Vikar Nord"]


def last_entry(where: Tenant) -> AuditEntry:
    return AuditEntry.objects.of_organisation(where.organisation.pk).order_by("-seq")[0]


def test_a_role_that_is_off_gives_nobody_anything_and_gives_it_again_when_it_is_on(held: Tenant) -> None:
    assert holders_with_the_role(held) == EVERYBODY
    switch_role(role=held.role, on=False, by=held.administrator, reason="Sommer")
    assert holders_with_the_role(held) == []
    switch_role(role=held.role, on=True, by=held.administrator, reason="Høst")
    assert holders_with_the_role(held) == EVERYBODY


def test_a_deleted_role_gives_nobody_anything_and_leaves_its_name(held: Tenant) -> None:
    delete_role(role=held.role, by=held.administrator, reason="Slått sammen")
    assert holders_with_the_role(held) == []
    assert Role.objects.get(pk=held.role.pk).assignments.filter(valid_to=None).count() == 0
    again = create_role(
        organisation=held.organisation, service_area=kindergarten(), name=held.role.name, by=held.administrator
    )
    assert again.pk != held.role.pk


def test_a_deleted_role_never_comes_back(nord: Tenant) -> None:
    delete_role(role=nord.role, by=nord.administrator, reason="Slått sammen")
    with pytest.raises(PolicyViolation, match="slettet"):
        switch_role(role=nord.role, on=True, by=nord.administrator, reason="Angrer")
    with pytest.raises(PolicyViolation, match="slettet"):
        change_role(role=nord.role, by=nord.administrator, name="Opptak 2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.filter(pk=nord.role.pk).update(is_active=True)


def test_a_role_is_not_switched_to_what_it_is(nord: Tenant) -> None:
    with pytest.raises(PolicyViolation, match="alt slått på"):
        switch_role(role=nord.role, on=True, by=nord.administrator, reason="Igjen")


def test_each_ending_stands_in_the_log_with_before_after_and_reason(held: Tenant) -> None:
    switch_role(role=held.role, on=False, by=held.administrator, reason="Sommer")
    off = last_entry(held)
    assert off.event == "role:role:changed"
    assert off.fields["details"] == {"before": {"is_active": True}, "after": {"is_active": False}, "reason": "Sommer"}
    delete_role(role=held.role, by=held.administrator, reason="Slått sammen")
    deleted = last_entry(held)
    assert deleted.event == "role:role:deleted"
    assert deleted.fields["details"]["before"]["name"] == "Opptak"
    assert deleted.fields["details"]["reason"] == "Slått sammen"
    assert set(deleted.fields["details"]["ended"]) == {str(row.holder_id) for row in held.role.assignments.all()}


def test_who_lost_a_role_that_was_deleted_has_it_in_their_history(held: Tenant) -> None:
    delete_role(role=held.role, by=held.administrator, reason="Slått sammen")
    page = browser(held.administrator).get(f"/admin/roles/employee/{held.caseworker.pk}/history/").content.decode()
    assert all(text in page for text in ("Rolle slettet", "Opptak", "Slått sammen"))


@pytest.mark.parametrize("end", [delete_role, lambda **said: switch_role(on=False, **said)], ids=["delete", "off"])
def test_nobody_ends_a_role_of_another_organisation(nord: Tenant, end: object) -> None:
    foreign = tenant("Sør")
    assert callable(end)
    with pytest.raises(PolicyViolation, match="administrerer ikke"):
        end(role=nord.role, by=foreign.administrator, reason="Nabo")
    assert Role.objects.get(pk=nord.role.pk).is_active


def test_what_a_role_touches_is_who_holds_it_now(held: Tenant) -> None:
    touched = touched_by(held.role)
    assert [str(each) for each in touched.employees] == ["Saksbehandler Nord"]
    assert [str(each) for each in touched.groups] == ["Vikarer"]
    assert [str(each) for each in touched.integrations] == ["Fagsystem"]


# --- The pages ---


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def page_of(role: Role, ending: str) -> str:
    return f"/admin/roles/role/{role.pk}/{ending}/"


def send(where: Tenant, ending: str, reason: str = "Sommer") -> HttpResponse:
    return browser(where.administrator).post(page_of(where.role, ending), {"reason": reason})


def test_the_page_shows_whom_it_touches_before_it_does_anything(held: Tenant) -> None:
    for ending in ("sla-av", "slett"):
        page = browser(held.administrator).get(page_of(held.role, ending)).content.decode()
        assert all(
            text in " ".join(page.split()) for text in ("Saksbehandler Nord", "Vikarer med 1 ansatt", "Fagsystem")
        )
    assert holders_with_the_role(held) == EVERYBODY


def test_nothing_is_ended_without_a_reason(held: Tenant) -> None:
    page = send(held, "sla-av", reason=" ")
    assert page.status_code == 200
    assert "reason" in page.context["form"].errors
    assert holders_with_the_role(held) == EVERYBODY


def test_a_role_is_switched_off_on_and_deleted_on_its_pages(held: Tenant) -> None:
    assert send(held, "sla-av").headers["Location"] == f"/admin/roles/role/{held.role.pk}/change/"
    assert holders_with_the_role(held) == []
    assert send(held, "sla-av").status_code == 404
    send(held, "sla-pa")
    assert holders_with_the_role(held) == EVERYBODY
    assert send(held, "slett").headers["Location"] == "/admin/roles/role/"
    assert holders_with_the_role(held) == []


def test_a_deleted_role_is_no_longer_in_the_administration(held: Tenant) -> None:
    delete_role(role=held.role, by=held.administrator, reason="Slått sammen")
    client = browser(held.administrator)
    assert "Opptak" not in client.get("/admin/roles/role/").content.decode()
    assert client.get(f"/admin/roles/role/{held.role.pk}/change/").status_code == 302
    assert client.get(f"/forhandsvisning/rolle/{held.role.pk}/").status_code == 404


def test_the_form_leads_to_the_endings_that_fit(nord: Tenant) -> None:
    client, form = browser(nord.administrator), f"/admin/roles/role/{nord.role.pk}/change/"
    assert [str(title) for _address, title in client.get(form).context["endings"]] == ["Slå av rollen", "Slett rollen"]
    send(nord, "sla-av")
    assert [str(title) for _address, title in client.get(form).context["endings"]] == ["Slå på rollen", "Slett rollen"]


def test_the_list_of_assignments_says_whether_each_holds_now(held: Tenant, client: Client) -> None:
    client.force_login(held.administrator)

    def what_holds() -> list[str]:
        page = client.get("/admin/roles/roleassignment/").content.decode()
        return re.findall(r'field-is_live"[^>]*>\s*(?:<[^>]*>\s*)*(\w+)', page)

    assert what_holds() == ["ja"] * 3
    switch_role(role=held.role, on=False, by=held.administrator, reason="Sommer")
    assert what_holds() == ["nei"] * 3


def test_a_deleted_role_is_given_to_nobody(nord: Tenant) -> None:
    delete_role(role=nord.role, by=nord.administrator, reason="Slått sammen")
    with pytest.raises(PolicyViolation, match="slettet"):
        give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)


def test_nobody_switches_on_or_changes_a_role_they_hold_themselves(nord: Tenant) -> None:
    colleague = Employee.objects.create_employee(
        issuer="https://idp.example", subject="chief", display_name="Sjef Nord", organisation=nord.organisation
    )
    Administratorship.objects.create(
        employee=colleague, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    group = create_group(organisation=nord.organisation, name="Ledere", members=[nord.administrator], by=colleague)
    give_role(role=nord.role, group=group, by=colleague)
    with pytest.raises(PolicyViolation, match="Du har selv rollen"):
        change_role(role=nord.role, by=nord.administrator, elements=["navn", "foedsel"])
    switch_role(role=nord.role, on=False, by=nord.administrator, reason="Sommer")
    with pytest.raises(PolicyViolation, match="Du har selv rollen"):
        switch_role(role=nord.role, on=True, by=nord.administrator, reason="Høst")
    switch_role(role=nord.role, on=True, by=colleague, reason="Høst")
    assert Role.objects.get(pk=nord.role.pk).elements == ["navn"]


def test_the_form_of_a_role_one_holds_says_that_a_colleague_must_change_it(held: Tenant) -> None:
    Administratorship.objects.create(
        employee=held.caseworker, organisation=held.organisation, kind=AdministratorKind.ROLE
    )
    sent = {"name": "Opptak", "valid_from": "2026-01-01T00:00", "legal_bases": ["open"], "elements": ["navn"]}
    page = browser(held.caseworker).post(
        f"/admin/roles/role/{held.role.pk}/change/", sent | {"uses": ["SEARCH"], "reason": "Mer"}
    )
    assert "Du har selv rollen" in page.content.decode()
