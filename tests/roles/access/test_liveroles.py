"""Which roles somebody holds now."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from roles.access.liveroles import live_roles
from roles.models import Employee, Group, Organisation, Role, RoleAssignment, Use
from roles.people.employees import deactivate_employee
from tests.roles.tenants import Tenant

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def give(role: Role, employee: Employee) -> RoleAssignment:
    return RoleAssignment.objects.create(role=role, employee=employee)


def test_a_role_given_to_the_employee_is_held(nord: Tenant, soer: Tenant) -> None:
    give(nord.role, nord.caseworker)
    assert live_roles(nord.caseworker) == [nord.role]
    assert live_roles(soer.caseworker) == []


def test_a_role_given_to_a_group_is_held_by_its_members(nord: Tenant) -> None:
    group = Group.objects.create(organisation=nord.organisation, name="Opptak")
    RoleAssignment.objects.create(role=nord.role, group=group)
    assert live_roles(nord.caseworker) == []
    group.members.add(nord.caseworker)
    assert live_roles(nord.caseworker) == [nord.role]


def test_a_role_comes_with_all_that_is_asked_of_it(
    nord: Tenant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(nord.role, nord.caseworker)
    (role,) = live_roles(nord.caseworker)
    with django_assert_num_queries(0):
        assert (role.organisation.pk, role.service_area.code) == (nord.organisation.pk, "BARNEHAGE")
        assert [basis.covers("BARNEHAGE") for basis in role.legal_bases.all()] == [True]


def test_a_role_held_twice_is_one_role(nord: Tenant) -> None:
    give(nord.role, nord.caseworker)
    give(nord.role, nord.caseworker)
    assert live_roles(nord.caseworker) == [nord.role]


def test_a_group_of_another_organisation_gives_nothing(nord: Tenant, soer: Tenant) -> None:
    group = Group.objects.create(organisation=soer.organisation, name="Opptak")
    group.members.add(soer.caseworker)
    RoleAssignment.objects.create(role=nord.role, group=group)
    assert live_roles(soer.caseworker) == []


def test_only_roles_for_the_use_asked_for(nord: Tenant) -> None:
    give(nord.role, nord.caseworker)
    assert live_roles(nord.caseworker, Use.SEARCH) == [nord.role]
    assert live_roles(nord.caseworker, Use.EVENTS) == []


def test_an_assignment_holds_from_its_beginning_until_just_before_its_end(nord: Tenant) -> None:
    now = timezone.now()
    RoleAssignment.objects.create(role=nord.role, employee=nord.caseworker, valid_from=now, valid_to=now + HOUR)
    Role.objects.update(valid_from=now - HOUR)
    Organisation.objects.update(valid_from=now - HOUR)
    held = [bool(live_roles(nord.caseworker, now=now + HOUR * hours)) for hours in (-0.1, 0, 0.9, 1)]
    assert held == [False, True, True, False]


@pytest.mark.parametrize("what", ["inactive role", "ended role", "ended organisation", "inactive employee"])
def test_what_is_no_longer_live_gives_nothing(nord: Tenant, what: str) -> None:
    give(nord.role, nord.caseworker)
    ended = timezone.now()
    match what:
        case "inactive role":
            Role.objects.update(is_active=False)
        case "ended role":
            Role.objects.update(valid_to=ended)
        case "ended organisation":
            Organisation.objects.update(valid_to=ended)
        case _:
            deactivate_employee(employee=nord.caseworker, by=nord.administrator)
    assert live_roles(Employee.objects.get(pk=nord.caseworker.pk)) == []
