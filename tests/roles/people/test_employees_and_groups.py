"""Employees, groups and administrators: who may change them, the effect, and that it is logged."""

from itertools import product

import pytest

from roles.access.administration import administers
from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.models import AdministratorKind, Administratorship, Employee, Organisation
from roles.people.administrators import give_administratorship, withdraw_administratorship
from roles.people.employees import activate_employee, deactivate_employee, place_employee
from roles.people.groups import change_group, create_group
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, central_administrator

pytestmark = pytest.mark.django_db
CENTRAL, ORGANISATION, ROLE, PRIVACY = (
    AdministratorKind.CENTRAL,
    AdministratorKind.ORGANISATION,
    AdministratorKind.ROLE,
    AdministratorKind.PRIVACY,
)


def administrator(kind: AdministratorKind, organisation: Organisation) -> Employee:
    """One with that kind of right, in the organisation where the kind has one."""
    if kind is CENTRAL:
        return central_administrator("Sjef")
    employee = Employee.objects.create_employee(
        issuer="https://idp.example", subject=kind, display_name=kind, organisation=organisation
    )
    Administratorship.objects.create(employee=employee, organisation=organisation, kind=kind)
    return employee


def last_event(organisation: Organisation | None) -> str:
    entry = AuditEntry.objects.of_organisation(organisation.pk if organisation else None).last()
    assert entry is not None
    return entry.event


#: Who gives which kind in their own organisation.
GIVES = {(CENTRAL, CENTRAL), (CENTRAL, ORGANISATION)} | set(product([ORGANISATION], [ORGANISATION, ROLE, PRIVACY]))


@pytest.mark.parametrize(("kind", "given"), list(product(AdministratorKind, AdministratorKind)))
def test_which_administrator_appoints_which_kinds(
    kind: AdministratorKind, given: AdministratorKind, nord: Tenant
) -> None:
    by = administrator(kind, nord.organisation)
    organisation = None if given is CENTRAL else nord.organisation
    if (kind, given) in GIVES:
        give_administratorship(employee=nord.caseworker, kind=given, organisation=organisation, by=by)
        assert last_event(organisation) == "role:administratorship:given"
        assert administers(nord.caseworker).anything
    else:
        with pytest.raises(PolicyViolation, match="ikke gi eller trekke"):
            give_administratorship(employee=nord.caseworker, kind=given, organisation=organisation, by=by)
        assert not administers(nord.caseworker).anything


def test_nobody_appoints_in_the_neighbour(nord: Tenant, soer: Tenant) -> None:
    by = administrator(ORGANISATION, nord.organisation)
    with pytest.raises(PolicyViolation):
        give_administratorship(employee=soer.caseworker, kind=ROLE, organisation=soer.organisation, by=by)
    with pytest.raises(PolicyViolation, match="samme virksomhet"):
        give_administratorship(employee=soer.caseworker, kind=ROLE, organisation=nord.organisation, by=by)


def test_nobody_appoints_or_dismisses_themselves(nord: Tenant) -> None:
    by = administrator(ORGANISATION, nord.organisation)
    with pytest.raises(PolicyViolation, match="deg selv"):
        give_administratorship(employee=by, kind=ROLE, organisation=nord.organisation, by=by)
    with pytest.raises(PolicyViolation, match="ditt eget"):
        withdraw_administratorship(administratorship=by.administratorships.get(), by=by)


def test_a_withdrawn_administratorship_is_gone_at_once(nord: Tenant) -> None:
    by = administrator(ORGANISATION, nord.organisation)
    withdraw_administratorship(administratorship=nord.administrator.administratorships.get(), by=by)
    assert not administers(nord.administrator).anything
    assert last_event(nord.organisation) == "role:administratorship:withdrawn"


def test_a_role_administrator_withdraws_nobodys_right(nord: Tenant) -> None:
    theirs = administrator(PRIVACY, nord.organisation).administratorships.get()
    with pytest.raises(PolicyViolation):
        withdraw_administratorship(administratorship=theirs, by=nord.administrator)


def test_a_deactivated_employee_holds_nothing_until_activated(nord: Tenant) -> None:
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    deactivate_employee(employee=nord.caseworker, by=nord.administrator)
    assert live_roles(Employee.objects.get(pk=nord.caseworker.pk)) == []
    activate_employee(employee=nord.caseworker, by=nord.administrator)
    assert live_roles(Employee.objects.get(pk=nord.caseworker.pk)) == [nord.role]
    assert last_event(nord.organisation) == "role:employee:changed"


def test_nobody_deactivates_the_neighbours_employees_or_themselves(nord: Tenant, soer: Tenant) -> None:
    for employee in (soer.caseworker, nord.administrator):
        with pytest.raises(PolicyViolation):
            deactivate_employee(employee=employee, by=nord.administrator)
    assert Employee.objects.filter(is_active=False).count() == 0


def test_an_employee_without_an_organisation_is_placed_once_by_the_central_administrator(
    nord: Tenant, soer: Tenant
) -> None:
    newcomer = Employee.objects.create_employee(issuer="https://idp.example", subject="ny", display_name="Ny")
    central = central_administrator()
    with pytest.raises(PolicyViolation):
        place_employee(employee=newcomer, organisation=nord.organisation, by=nord.administrator)
    place_employee(employee=newcomer, organisation=nord.organisation, by=central)
    with pytest.raises(PolicyViolation, match="hører alt"):
        place_employee(employee=newcomer, organisation=soer.organisation, by=central)
    newcomer.refresh_from_db()
    assert newcomer.organisation == nord.organisation


def test_a_new_member_gets_the_groups_roles_and_a_former_member_loses_them(nord: Tenant) -> None:
    group = create_group(
        organisation=nord.organisation, name="Opptak", members=[nord.caseworker], by=nord.administrator
    )
    give_role(role=nord.role, by=nord.administrator, group=group)
    assert live_roles(nord.caseworker) == [nord.role]
    change_group(group=group, name="Opptak", members=[], by=nord.administrator)
    assert live_roles(nord.caseworker) == []
    assert last_event(nord.organisation) == "role:group:changed"


def test_a_group_is_of_one_organisation_and_never_made_for_oneself(nord: Tenant, soer: Tenant) -> None:
    for members in ([soer.caseworker], [nord.administrator]):
        with pytest.raises(PolicyViolation):
            create_group(organisation=nord.organisation, name="Opptak", members=members, by=nord.administrator)
    with pytest.raises(PolicyViolation):
        create_group(organisation=soer.organisation, name="Opptak", members=[], by=nord.administrator)


def test_a_group_has_a_name_of_its_own(nord: Tenant) -> None:
    create_group(organisation=nord.organisation, name="Opptak", members=[], by=nord.administrator)
    for name in ("Opptak", " "):
        with pytest.raises(PolicyViolation):
            create_group(organisation=nord.organisation, name=name, members=[], by=nord.administrator)


def test_the_log_tells_why_somebody_was_locked_out_and_let_in_and_the_day_is_forgotten_with_it(nord: Tenant) -> None:
    deactivate_employee(employee=nord.caseworker, by=nord.administrator, reason="Sluttet")
    assert Employee.objects.get(pk=nord.caseworker.pk).deactivated_at is not None
    activate_employee(employee=nord.caseworker, by=nord.administrator, reason="Tilbake")
    assert Employee.objects.get(pk=nord.caseworker.pk).deactivated_at is None
    out, back = list(AuditEntry.objects.of_organisation(nord.organisation.pk).order_by("seq"))[-2:]
    assert [(entry.fields["details"]["reason"], entry.fields["details"]["after"]) for entry in (out, back)] == [
        ("Sluttet", {"is_active": False}),
        ("Tilbake", {"is_active": True}),
    ]
