"""The history of a role, an employee or an organisation: what was changed, by whom and why, read from the log alone."""

import re

import pytest
from django.db import transaction
from django.test import Client

from roles.actors import system
from roles.audit import Entry, Event, append
from roles.audit.entries import CHANGES
from roles.granting.assignments import give_role, withdraw_role
from roles.granting.roles import change_role
from roles.history.changes import Subject, changes_in, lines
from roles.history.names import EVENT_NAMES
from roles.models import AdministratorKind, Employee, Role
from roles.people.administrators import give_administratorship
from roles.people.employees import deactivate_employee
from roles.people.groups import create_group
from tests.roles.tenants import Tenant, central_administrator, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(catalogue: None) -> Tenant:
    return tenant("Nord")


@pytest.fixture
def foreign(own: Tenant) -> Tenant:
    return tenant("Sør")


def rows(client: Client, model: str, key: object) -> list[str]:
    """The lines of the history page as a reader sees them."""
    page = client.get(f"/admin/roles/{model}/{key}/history/").content.decode()
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def seen_by(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def test_a_roles_history_tells_what_was_removed_and_added_and_by_whom(own: Tenant) -> None:
    assert "navn" in own.role.elements
    kept = [key for key in own.role.elements if key != "navn"]
    change_role(role=own.role, by=own.administrator, elements=[*kept, "sivilstand"], name="Nytt navn")
    newest = rows(seen_by(own.administrator), "role", own.role.pk)[0]
    assert "Rolle endret" in newest
    assert str(own.administrator) in newest
    assert "Opplysninger Før: Navn → Nå: Sivilstand" in newest
    assert "Navn Før:" in newest
    assert "Nå: Nytt navn" in newest


def test_a_roles_history_tells_to_whom_it_was_given_and_why_it_was_withdrawn(own: Tenant, foreign: Tenant) -> None:
    given = give_role(role=own.role, employee=own.caseworker, by=own.administrator, reason="Vikar")
    withdraw_role(assignment=given, by=own.administrator, reason="Sluttet")
    give_role(role=foreign.role, employee=foreign.caseworker, by=foreign.administrator, reason="Et annet sted")
    newest, before, *rest = rows(seen_by(own.administrator), "role", own.role.pk)
    assert "Tilgang trukket tilbake" in newest
    assert "Begrunnelse Sluttet" in newest
    assert f"Ansatt {own.caseworker}" in newest
    assert "Tilgang gitt" in before
    assert "Begrunnelse Vikar" in before
    assert not [row for row in (newest, before, *rest) if "Et annet sted" in row]


def test_an_employees_history_tells_what_was_done_to_them_and_not_what_they_did(own: Tenant) -> None:
    give_role(role=own.role, employee=own.caseworker, by=own.administrator, reason="Vikar")
    create_group(organisation=own.organisation, name="Opptak", members=[own.caseworker], by=own.administrator)
    client = seen_by(own.administrator)
    newest, before = rows(client, "employee", own.caseworker.pk)[:2]
    assert "Gruppe laget" in newest
    assert "Navn Opptak" in newest
    assert str(own.role) in before
    assert not [row for row in rows(client, "employee", own.administrator.pk) if "Tilgang gitt" in row]


def test_the_central_administrator_sees_an_employee_locked_out_and_none_of_their_roles(own: Tenant) -> None:
    give_role(role=own.role, employee=own.caseworker, by=own.administrator, reason="Vikar")
    deactivate_employee(employee=own.caseworker, by=own.administrator)
    seen = rows(seen_by(central_administrator()), "employee", own.caseworker.pk)
    assert len(seen) == 1
    assert "Ansatt endret" in seen[0]
    assert "Aktiv Nei" in seen[0]


def test_an_organisations_history_tells_its_changes_and_an_administratorship_its_holder(own: Tenant) -> None:
    chief, _new = Employee.objects.get_or_create(
        issuer="https://idp.example", subject="chief", display_name="Sjef", organisation=own.organisation
    )
    central = central_administrator()
    right = give_administratorship(
        employee=chief, kind=AdministratorKind.ORGANISATION, organisation=own.organisation, by=central
    )
    client = seen_by(chief)
    assert not [row for row in rows(client, "organisation", own.organisation.pk) if "Administratoransvar" in row]
    (row,) = rows(client, "administratorship", right.pk)
    assert "Administratoransvar gitt" in row
    assert str(central) in row
    assert "Slag Virksomhetsadministrator" in row


def test_a_long_history_comes_in_pages(own: Tenant) -> None:
    for number in range(51):
        change_role(role=own.role, by=own.administrator, description=f"Nr. {number}")
    client = seen_by(own.administrator)
    assert len(rows(client, "role", own.role.pk)) == 50
    older = client.get(f"/admin/roles/role/{own.role.pk}/history/?side=2").content.decode()
    assert "Nr. 0<" in older


def test_a_history_without_changes_says_so(own: Tenant) -> None:
    role = Role.objects.create(organisation=own.organisation, service_area=own.role.service_area, name="Utenom")
    page = seen_by(own.administrator).get(f"/admin/roles/role/{role.pk}/history/").content.decode()
    assert "Loggen har ingen endringer her." in page


@pytest.mark.parametrize("event", [event for event in Event if event.startswith(CHANGES)])
def test_every_change_has_a_name(event: Event) -> None:
    assert str(EVENT_NAMES[event])


def test_for_a_longer_list_only_the_added_values_are_told(own: Tenant) -> None:
    change_role(role=own.role, by=own.administrator, elements=[*own.role.elements, "sivilstand"])
    newest = rows(seen_by(own.administrator), "role", own.role.pk)[0]
    assert "Opplysninger Før: – → Nå: Sivilstand" in newest
    assert "Navn" not in newest


def test_the_history_of_an_imported_legal_basis_tells_its_first_content() -> None:
    added = {"key": "ny", "statute": "Havneloven", "section": "§ 5", "elements": ["navn"]}
    other = {"key": "annen", "statute": "Veiloven", "section": "§ 7", "elements": ["navn"]}
    with transaction.atomic():
        append(
            Entry(
                event=Event.CATALOGUE_CHANGED,
                actor=system("worker"),
                organisation_id=None,
                details={"added": [other, added], "changed": [], "gone": []},
            ),
            on="default",
        )
    subject = Subject(None, "ny")
    (line,) = lines(changes_in(subject), subject)
    assert {str(change.label): change.after for change in line.changes}["Lov"] == "Havneloven"


def test_the_history_of_a_legal_basis_tells_what_an_import_changed() -> None:
    before = {"key": "ny", "statute": "Havneloven", "kind": "TASK", "elements": ["navn"]}
    after = before | {"kind": "OPENS_CONFIDENTIAL", "elements": ["navn", "sivilstand"]}
    other = {"before": before | {"key": "annen"}, "after": after | {"key": "annen", "statute": "Veiloven"}}
    details = {"added": [], "changed": [other, {"before": before, "after": after}], "closed": []}
    with transaction.atomic():
        append(
            Entry(event=Event.CATALOGUE_CHANGED, actor=system("worker"), organisation_id=None, details=details),
            on="default",
        )
    subject = Subject(None, "ny")
    (line,) = lines(changes_in(subject), subject)
    assert [(str(change.label), change.before, change.after) for change in line.changes] == [
        ("Opplysninger", "–", "Sivilstand"),
        ("Slag", "Gir en oppgave, men åpner ikke registeret", "Åpner taushetsbelagte opplysninger"),
    ]
