"""Which roles somebody holds now."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from roles.access.liveroles import live_roles
from roles.models import Employee, Group, Organisation, Role, RoleAssignment, Use
from roles.people.employees import deactivate_employee
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def nordvaag() -> Tenant:
    return tenant("Nordvåg")


@pytest.fixture
def soerdal() -> Tenant:
    return tenant("Sørdal")


def give(role: Role, employee: Employee) -> RoleAssignment:
    return RoleAssignment.objects.create(role=role, employee=employee)


def test_a_role_given_to_the_employee_is_held(nordvaag: Tenant, soerdal: Tenant) -> None:
    give(nordvaag.role, nordvaag.caseworker)
    assert live_roles(nordvaag.caseworker) == [nordvaag.role]
    assert live_roles(soerdal.caseworker) == []


def test_a_role_given_to_a_group_is_held_by_its_members(nordvaag: Tenant) -> None:
    group = Group.objects.create(organisation=nordvaag.organisation, name="Opptak")
    RoleAssignment.objects.create(role=nordvaag.role, group=group)
    assert live_roles(nordvaag.caseworker) == []
    group.members.add(nordvaag.caseworker)
    assert live_roles(nordvaag.caseworker) == [nordvaag.role]


def test_a_role_comes_with_all_that_is_asked_of_it(
    nordvaag: Tenant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(nordvaag.role, nordvaag.caseworker)
    (role,) = live_roles(nordvaag.caseworker)
    with django_assert_num_queries(0):
        assert (role.organisation.name, role.service_area.code) == ("Nordvåg kommune", "BARNEHAGE")
        assert [basis.covers("BARNEHAGE") for basis in role.legal_bases.all()] == [True]


def test_a_role_held_twice_is_one_role(nordvaag: Tenant) -> None:
    give(nordvaag.role, nordvaag.caseworker)
    give(nordvaag.role, nordvaag.caseworker)
    assert live_roles(nordvaag.caseworker) == [nordvaag.role]


def test_a_group_of_another_organisation_gives_nothing(nordvaag: Tenant, soerdal: Tenant) -> None:
    group = Group.objects.create(organisation=soerdal.organisation, name="Opptak")
    group.members.add(soerdal.caseworker)
    RoleAssignment.objects.create(role=nordvaag.role, group=group)
    assert live_roles(soerdal.caseworker) == []


def test_only_roles_for_the_use_asked_for(nordvaag: Tenant) -> None:
    give(nordvaag.role, nordvaag.caseworker)
    assert live_roles(nordvaag.caseworker, Use.SEARCH) == [nordvaag.role]
    assert live_roles(nordvaag.caseworker, Use.EVENTS) == []


def test_an_assignment_holds_from_its_beginning_until_just_before_its_end(nordvaag: Tenant) -> None:
    now = timezone.now()
    RoleAssignment.objects.create(role=nordvaag.role, employee=nordvaag.caseworker, valid_from=now, valid_to=now + HOUR)
    Role.objects.update(valid_from=now - HOUR)
    Organisation.objects.update(valid_from=now - HOUR)
    held = [bool(live_roles(nordvaag.caseworker, now=now + HOUR * hours)) for hours in (-0.1, 0, 0.9, 1)]
    assert held == [False, True, True, False]


@pytest.mark.parametrize("what", ["inactive role", "ended role", "ended organisation", "inactive employee"])
def test_what_is_no_longer_live_gives_nothing(nordvaag: Tenant, what: str) -> None:
    give(nordvaag.role, nordvaag.caseworker)
    ended = timezone.now()
    match what:
        case "inactive role":
            Role.objects.update(is_active=False)
        case "ended role":
            Role.objects.update(valid_to=ended)
        case "ended organisation":
            Organisation.objects.update(valid_to=ended)
        case _:
            deactivate_employee(employee=nordvaag.caseworker, by=nordvaag.administrator)
    assert live_roles(Employee.objects.get(pk=nordvaag.caseworker.pk)) == []
