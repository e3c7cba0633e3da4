"""Changes to roles: who may make them, what a role may hold, and that each change is logged."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role, withdraw_role
from roles.granting.roles import change_role, create_role
from roles.models import AdministratorKind, Administratorship, Group, LegalBasis, Role, RoleAssignment, ServiceArea
from roles.people.employees import deactivate_employee
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, confidential_basis, kindergarten, open_basis

pytestmark = pytest.mark.django_db


def create(whose: Tenant, *, by: Tenant | None = None, **content: Any) -> Role:
    whole = {"name": "Ny rolle", "legal_bases": [open_basis()], "uses": ["SEARCH"], "elements": ["navn"]}
    return create_role(
        organisation=whose.organisation,
        service_area=kindergarten(),
        by=(by or whose).administrator,
        **(whole | content),
    )


def last_entry(whose: Tenant) -> AuditEntry:
    return AuditEntry.objects.of_organisation(whose.organisation.id).order_by("-seq")[0]


# --- What a role may be made of ---


def test_a_role_is_created_with_what_its_legal_bases_open(nord: Tenant) -> None:
    bases = [open_basis(), confidential_basis()]
    role = create(nord, legal_bases=bases, elements=["navn", "familierelasjon"])
    assert Role.objects.get(pk=role.pk).elements == ["familierelasjon", "navn"]
    assert set(role.legal_bases.all()) == set(bases)


def test_a_new_role_has_no_elements(nord: Tenant) -> None:
    role = create_role(organisation=nord.organisation, service_area=kindergarten(), by=nord.administrator, name="Tom")
    assert (role.elements, role.uses, list(role.legal_bases.all())) == ([], [], [])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"elements": ["navn", "familierelasjon"]}, "åpner: Familierelasjoner"),
        ({"elements": ["hemmelighet"]}, "hemmelighet"),
        ({"elements": ["bostedsadresse.kretser"]}, "Kretser kan bare velges sammen med Bostedsadresse"),
        ({"name": "  "}, "navn"),
        ({"name": "Opptak"}, "dette navnet"),
        ({"uses": ["EVERYTHING"]}, "bruksområde"),
        ({"confidential_addresses": True}, "adressebeskyttelse"),
        ({"valid_to": timezone.now() - timedelta(days=1)}, "Sluttidspunktet"),
    ],
)
def test_a_role_that_its_legal_bases_do_not_carry_is_refused_in_words(
    nord: Tenant, content: dict[str, Any], told: str
) -> None:
    with pytest.raises(PolicyViolation, match=told):
        create(nord, **content)
    assert Role.objects.count() == 1


def test_a_basis_of_another_service_area_is_refused(nord: Tenant) -> None:
    foreign = LegalBasis.objects.create(key="helse", statute="Helseloven", section="§ 1", elements=["navn"])
    with pytest.raises(PolicyViolation, match="Helseloven"):
        create(nord, legal_bases=[foreign])


def test_a_confidential_basis_is_refused_where_the_area_may_hold_none(nord: Tenant) -> None:
    basis = confidential_basis()
    ServiceArea.objects.update(may_hold_confidential=False)
    with pytest.raises(PolicyViolation, match="taushetsbelagte"):
        create(nord, legal_bases=[basis])


def test_an_expired_basis_opens_nothing_for_a_new_role(nord: Tenant) -> None:
    expired = LegalBasis.objects.create(
        key="gammel",
        statute="Gammel lov",
        section="§ 1",
        for_every_area=True,
        elements=["navn"],
        valid_to=date(2020, 1, 1),
    )
    with pytest.raises(PolicyViolation, match="Navn"):
        create(nord, legal_bases=[expired])


# --- Who may ---


Change = Callable[[Tenant, Tenant], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda theirs, mine: create(theirs, by=mine),
        lambda theirs, mine: change_role(role=theirs.role, by=mine.administrator, name="Nytt navn"),
        lambda theirs, mine: give_role(role=theirs.role, by=mine.administrator, employee=theirs.caseworker),
        lambda theirs, mine: withdraw_role(
            assignment=RoleAssignment.objects.create(role=theirs.role, employee=theirs.caseworker),
            by=mine.administrator,
        ),
    ],
    ids=["create", "change", "give", "withdraw"],
)
def test_nobody_changes_roles_of_another_organisation(nord: Tenant, soer: Tenant, change: Change) -> None:
    with pytest.raises(PolicyViolation, match="administrerer ikke"):
        change(soer, nord)
    assert Role.objects.filter(organisation=soer.organisation).get().name == "Opptak"


@pytest.mark.parametrize("kind", [None, AdministratorKind.PRIVACY])
def test_neither_a_caseworker_nor_the_privacy_officer_changes_roles(
    nord: Tenant, kind: AdministratorKind | None
) -> None:
    if kind:
        Administratorship.objects.create(employee=nord.caseworker, organisation=nord.organisation, kind=kind)
    with pytest.raises(PolicyViolation):
        change_role(role=nord.role, by=nord.caseworker, name="Nytt navn")


# --- Changing ---


def test_a_change_keeps_what_it_does_not_name(nord: Tenant) -> None:
    changed = change_role(role=nord.role, by=nord.administrator, elements=["navn", "foedsel"])
    assert changed.elements == ["foedsel", "navn"]
    assert (changed.name, changed.uses, list(changed.legal_bases.all())) == ("Opptak", ["SEARCH"], [open_basis()])


def test_an_element_does_not_outlive_the_basis_that_opens_it(nord: Tenant) -> None:
    with pytest.raises(PolicyViolation, match="Navn"):
        change_role(role=nord.role, by=nord.administrator, legal_bases=[confidential_basis()])


def test_the_service_area_cannot_be_changed(nord: Tenant) -> None:
    changes: dict[str, Any] = {"service_area": kindergarten()}
    with pytest.raises(TypeError, match="service_area"):
        change_role(role=nord.role, by=nord.administrator, **changes)


@pytest.mark.parametrize("fixed", ["service_area", "organisation"])
def test_the_database_too_keeps_a_role_in_its_service_area_and_organisation(
    nord: Tenant, soer: Tenant, fixed: str
) -> None:
    area = ServiceArea.objects.create(code="HELSE", name_nb="Helse", name_nn="Helse", name_en="Health")
    other = {"service_area": area, "organisation": soer.organisation}[fixed]
    with pytest.raises(DatabaseError, match="never change"):
        Role.objects.filter(pk=nord.role.pk).update(**{fixed: other, "name": "Flyttet"})


def test_a_change_is_logged_with_what_was_and_what_is(nord: Tenant, soer: Tenant) -> None:
    change_role(role=nord.role, by=nord.administrator, elements=["foedsel"])
    entry = last_entry(nord)
    assert entry.event == "role:role:changed"
    assert entry.actor_id == str(nord.administrator.id)
    details = entry.fields["details"]
    assert (details["before"]["elements"], details["after"]["elements"]) == (["navn"], ["foedsel"])
    assert not AuditEntry.objects.of_organisation(soer.organisation.id).exists()


def test_a_change_that_is_refused_leaves_neither_a_trace_in_the_role_nor_in_the_log(nord: Tenant) -> None:
    with pytest.raises(PolicyViolation):
        change_role(role=nord.role, by=nord.administrator, name="Nytt navn", elements=["opphold"])
    assert Role.objects.get().name == "Opptak"
    assert not AuditEntry.objects.of_organisation(nord.organisation.id).exists()


# --- Giving and withdrawing ---


def test_a_role_is_held_as_soon_as_it_is_given_and_gone_as_soon_as_it_is_withdrawn(nord: Tenant) -> None:
    assignment = give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    assert live_roles(nord.caseworker) == [nord.role]
    assert last_entry(nord).event == "role:assignment:given"
    withdraw_role(assignment=assignment, by=nord.administrator, reason="Sluttet")
    assert live_roles(nord.caseworker) == []
    assert last_entry(nord).event == "role:assignment:withdrawn"
    assert last_entry(nord).fields["details"]["reason"] == "Sluttet"


def test_withdrawing_twice_changes_nothing(nord: Tenant) -> None:
    assignment = give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    first = withdraw_role(assignment=assignment, by=nord.administrator).valid_to
    assert withdraw_role(assignment=assignment, by=nord.administrator).valid_to == first
    assert AuditEntry.objects.of_organisation(nord.organisation.id).count() == 2


@pytest.mark.parametrize("days", [0, -1])
def test_a_role_is_not_given_with_its_end_before_its_beginning(nord: Tenant, days: int) -> None:
    begins = timezone.now() + timedelta(days=7)
    with pytest.raises(PolicyViolation, match="Sluttidspunktet"):
        give_role(
            role=nord.role,
            employee=nord.caseworker,
            by=nord.administrator,
            valid_from=begins,
            valid_to=begins + timedelta(days=days),
        )
    with pytest.raises(PolicyViolation, match="Sluttidspunktet"):  # from now on, where nothing is said
        give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator, valid_to=timezone.now())
    assert not RoleAssignment.objects.exists()


def test_a_role_is_given_within_its_organisation_only(nord: Tenant, soer: Tenant) -> None:
    group = Group.objects.create(organisation=soer.organisation, name="Andre")
    with pytest.raises(PolicyViolation, match="samme virksomhet"):
        give_role(role=nord.role, by=nord.administrator, employee=soer.caseworker)
    with pytest.raises(PolicyViolation, match="samme virksomhet"):
        give_role(role=nord.role, by=nord.administrator, group=group)


def test_nobody_gives_themselves_a_role_directly_or_through_a_group(nord: Tenant) -> None:
    group = Group.objects.create(organisation=nord.organisation, name="Egen")
    group.members.add(nord.administrator)
    with pytest.raises(PolicyViolation, match="deg selv"):
        give_role(role=nord.role, by=nord.administrator, employee=nord.administrator)
    with pytest.raises(PolicyViolation, match="deg selv"):
        give_role(role=nord.role, by=nord.administrator, group=group)


def test_a_role_is_not_given_to_somebody_inactive_or_to_nobody(nord: Tenant) -> None:
    deactivate_employee(employee=nord.caseworker, by=nord.administrator)
    nord.caseworker.refresh_from_db()
    with pytest.raises(PolicyViolation, match="ikke aktiv"):
        give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    with pytest.raises(PolicyViolation, match="enten"):
        give_role(role=nord.role, by=nord.administrator)
