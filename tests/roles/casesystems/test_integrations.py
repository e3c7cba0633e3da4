"""Integrations: creating and changing them, giving them a role, and their password; only in one's own organisation."""

import re

import pytest
from django.test import Client

from roles.access.liveroles import live_roles_of
from roles.audit.models import AuditEntry
from roles.casesystems.integrations import change_integration, create_integration, has_password, renew_password
from roles.granting.assignments import give_role, withdraw_role
from roles.models import Employee, Integration, RoleAssignment
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant

pytestmark = pytest.mark.django_db
SUPPLIER = "310000019"


def case_system(where: Tenant, name: str = "Opptak") -> tuple[Integration, str]:
    return create_integration(
        organisation=where.organisation, name=name, maskinporten_organisation=SUPPLIER, by=where.administrator
    )


def switch_off(integration: Integration, by: Employee) -> Integration:
    kept = {"name": integration.name, "maskinporten_organisation": integration.maskinporten_organisation}
    return change_integration(integration=integration, is_active=False, by=by, **kept)


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def shown_password(page: str) -> str:
    found = re.search(r'<code id="password">([^<]+)</code>', page)
    assert found
    return found[1]


def test_the_password_is_on_the_page_where_it_was_made_and_never_again(nord: Tenant) -> None:
    client = browser(nord.administrator)
    sent = {"organisation": nord.organisation.pk, "name": "Opptak", "maskinporten_organisation": SUPPLIER}
    answer = client.post("/admin/roles/integration/add/", sent)
    integration = Integration.objects.get()
    password = shown_password(answer.content.decode())
    assert has_password(integration, password)
    assert "no-store" in answer.headers["Cache-Control"]
    again = client.get(f"/admin/roles/integration/{integration.pk}/change/").content.decode()
    assert str(integration.pk) in again
    assert password not in again + "".join(AuditEntry.objects.values_list("body", flat=True))


def test_a_renewed_password_shuts_the_old_one_out(nord: Tenant) -> None:
    integration, old = case_system(nord)
    page = f"/admin/roles/integration/{integration.pk}/passord/"
    client = browser(nord.administrator)
    assert client.get(page).context["password"] == ""
    integration.refresh_from_db()
    assert has_password(integration, old)
    new = shown_password(client.post(page).content.decode())
    integration.refresh_from_db()
    assert (has_password(integration, old), has_password(integration, new)) == (False, True)


def test_changes_to_an_integration_are_logged_in_its_organisations_log_alone(nord: Tenant, soer: Tenant) -> None:
    integration, _password = case_system(nord)
    renew_password(integration=integration, by=nord.administrator)
    switch_off(integration, nord.administrator)
    events = [entry.event for entry in AuditEntry.objects.of_organisation(nord.organisation.pk)]
    assert events == ["role:integration:created", "role:integration:changed", "role:integration:changed"]
    assert not AuditEntry.objects.of_organisation(soer.organisation.pk)


def test_an_integration_holds_the_role_it_was_given_until_it_is_withdrawn(nord: Tenant, soer: Tenant) -> None:
    integration, _password = case_system(nord)
    neighbours, _password = case_system(soer)
    assignment = give_role(role=nord.role, integration=integration, by=nord.administrator)
    assert (live_roles_of(integration), live_roles_of(neighbours)) == ([nord.role], [])
    withdraw_role(assignment=assignment, by=nord.administrator)
    assert live_roles_of(integration) == []


def test_an_inactive_integration_has_nothing_at_once_and_is_given_nothing(nord: Tenant) -> None:
    integration, _password = case_system(nord)
    give_role(role=nord.role, integration=integration, by=nord.administrator)
    inactive = switch_off(integration, nord.administrator)
    assert live_roles_of(integration) == []
    with pytest.raises(PolicyViolation, match="ikke aktiv"):
        give_role(role=nord.role, integration=inactive, by=nord.administrator)


def test_a_role_is_not_given_to_the_neighbours_integration_and_gives_nothing_if_it_was(
    nord: Tenant, soer: Tenant
) -> None:
    neighbours, _password = case_system(soer)
    with pytest.raises(PolicyViolation, match="samme virksomhet"):
        give_role(role=nord.role, integration=neighbours, by=nord.administrator)
    RoleAssignment.objects.create(role=nord.role, integration=neighbours)
    assert live_roles_of(neighbours) == []


def test_the_neighbours_integration_cannot_be_changed_nor_its_password_renewed(nord: Tenant, soer: Tenant) -> None:
    neighbours, password = case_system(soer)
    with pytest.raises(PolicyViolation):
        renew_password(integration=neighbours, by=nord.administrator)
    with pytest.raises(PolicyViolation):
        switch_off(neighbours, nord.administrator)
    neighbours.refresh_from_db()
    assert (neighbours.is_active, has_password(neighbours, password)) == (True, True)


@pytest.mark.parametrize(
    ("name", "supplier", "message"),
    [("Opptak", SUPPLIER, "alt en integrasjon"), (" ", SUPPLIER, "navn"), ("Skole", "310000018", "ikke gyldig")],
)
def test_an_integration_that_cannot_be_saved_gives_the_reason(
    nord: Tenant, name: str, supplier: str, message: str
) -> None:
    case_system(nord)
    with pytest.raises(PolicyViolation, match=message):
        create_integration(
            organisation=nord.organisation, name=name, maskinporten_organisation=supplier, by=nord.administrator
        )
    assert Integration.objects.count() == 1


def test_the_same_name_in_another_organisation_is_another_integration(nord: Tenant, soer: Tenant) -> None:
    assert case_system(nord)[0].pk != case_system(soer)[0].pk


def test_a_taken_name_is_said_at_the_field_and_makes_nothing(nord: Tenant) -> None:
    case_system(nord)
    sent = {"organisation": nord.organisation.pk, "name": "Opptak", "maskinporten_organisation": SUPPLIER}
    page = browser(nord.administrator).post("/admin/roles/integration/add/", sent)
    assert "dette navnet" in str(page.context["adminform"].form.errors["name"])
    assert Integration.objects.count() == 1


def test_a_role_is_given_to_an_integration_on_its_page_with_a_reason_in_the_log(nord: Tenant) -> None:
    integration, _password = case_system(nord)
    given = {"role": nord.role.pk, "integration": integration.pk, "valid_from": "2026-01-01T00:00"}
    page = browser(nord.administrator).post("/admin/roles/roleassignment/add/", given | {"reason": "Avtale 12"})
    assert page.status_code == 302
    assert RoleAssignment.objects.get().holder == integration
    assert "Avtale 12" in AuditEntry.objects.get(event="role:assignment:given").body


def test_a_role_goes_to_one_receiver_at_a_time_on_the_page(nord: Tenant) -> None:
    integration, _password = case_system(nord)
    given = {"role": nord.role.pk, "integration": integration.pk, "employee": nord.caseworker.pk}
    page = browser(nord.administrator).post(
        "/admin/roles/roleassignment/add/", given | {"valid_from": "2026-01-01T00:00", "reason": "Avtale 12"}
    )
    assert "Velg enten en ansatt, en gruppe eller en integrasjon." in page.content.decode()
    assert not RoleAssignment.objects.exists()


def test_the_log_tells_that_a_password_was_renewed_and_when(nord: Tenant) -> None:
    integration, _password = case_system(nord)
    made = integration.password_set_at
    renew_password(integration=integration, by=nord.administrator)
    integration.refresh_from_db()
    details = AuditEntry.objects.of_organisation(nord.organisation.pk).order_by("seq").last().fields["details"]
    times = [details[when]["password_set_at"] for when in ("before", "after")]
    assert times == [made.isoformat(), integration.password_set_at.isoformat()]
    assert made < integration.password_set_at
