"""Two who change one group or employee at the same moment: a test for each lock, which fails without the lock."""

from typing import Any

import pytest

from roles.access.liveroles import live_roles
from roles.granting.assignments import give_role
from roles.models import (
    Employee,
    Group,
    RoleAssignment,
)
from roles.people.administrators import withdraw_administratorship
from roles.people.employees import deactivate_employee, fetch_employee, place_employee, register_newcomer
from roles.people.groups import add_to_group, change_group, follow_provider, leave_group
from tests.racing import race
from tests.roles.rivals import ID, events, group_of, in_charge, refused
from tests.roles.tenants import Tenant, central_administrator

pytestmark = pytest.mark.django_db


def test_an_administrator_does_not_give_a_role_to_a_group_that_they_join_at_the_same_moment(nord: Tenant) -> None:
    group, chief = group_of(nord), in_charge(nord, "Sjef")
    _added, given = race(
        lambda: add_to_group(group=group, employees=[chief], by=nord.administrator),
        lambda: give_role(role=nord.role, group=group, by=chief),
    )
    assert (refused(given), live_roles(chief)) == (True, [])


def test_an_administrator_does_not_join_at_login_a_group_that_they_give_a_role_at_the_same_moment(nord: Tenant) -> None:
    group, chief = group_of(nord, tied=True), in_charge(nord, "Sjef")

    def give() -> RoleAssignment:
        return give_role(role=nord.role, group=group, by=chief)

    def log_in() -> None:
        follow_provider(employee=chief, named=[ID])

    race(give, log_in)
    assert live_roles(chief) == []
    RoleAssignment.objects.all().delete()
    _in, given = race(log_in, give)
    assert (refused(given), live_roles(chief)) == (True, [])


def test_an_administrator_does_not_join_at_login_a_group_that_they_tie_at_the_same_moment(nord: Tenant) -> None:
    group, chief = group_of(nord, tied=True), in_charge(nord, "Sjef")
    Group.objects.update(external_id="another")

    def tie() -> Group:
        return change_group(group=group, name="Gruppe", members=[], external_id=ID, by=chief)

    race(tie, lambda: follow_provider(employee=chief, named=[ID]))
    assert not group.members.exists()


def test_an_employee_removed_from_a_group_stays_out_while_another_joins(nord: Tenant) -> None:
    group, other = group_of(nord, nord.caseworker), in_charge(nord, "Annen")
    race(
        lambda: leave_group(group=group, employee=nord.caseworker, by=nord.administrator),
        lambda: add_to_group(group=group, employees=[other], by=nord.administrator),
    )
    assert list(group.members.all()) == [other]


def test_a_group_that_is_tied_takes_nobody_by_hand_and_lets_nobody_go(nord: Tenant) -> None:
    def tie(group: Group) -> Group:
        members = list(group.members.all())
        return change_group(group=group, name="Gruppe", members=members, external_id=ID, by=nord.administrator)

    group = group_of(nord)
    _tied, added = race(
        lambda: tie(group), lambda: add_to_group(group=group, employees=[nord.caseworker], by=nord.administrator)
    )
    assert refused(added)
    Group.objects.update(external_id="", tied_by=None)
    group.members.add(nord.caseworker)
    _tied, left = race(
        lambda: tie(group), lambda: leave_group(group=group, employee=nord.caseworker, by=nord.administrator)
    )
    assert (refused(left), list(group.members.all())) == (True, [nord.caseworker])


def test_an_employee_removed_from_a_group_does_not_add_themselves_again_at_the_same_moment(nord: Tenant) -> None:
    chief = in_charge(nord, "Sjef")
    group = group_of(nord, chief)
    _left, changed = race(
        lambda: leave_group(group=group, employee=chief, by=nord.administrator),
        lambda: change_group(group=group, name="Nytt navn", members=[chief], by=chief),
    )
    assert (refused(changed), group.members.exists()) == (True, False)


def test_a_group_is_not_tied_with_a_member_that_somebody_chose_at_the_same_moment(nord: Tenant) -> None:
    group = group_of(nord)
    _added, tied = race(
        lambda: add_to_group(group=group, employees=[nord.caseworker], by=nord.administrator),
        lambda: change_group(group=group, name="Gruppe", members=[], external_id=ID, by=nord.administrator),
    )
    assert (refused(tied), Group.objects.get().external_id) == (True, "")


def test_a_newcomer_comes_to_one_organisation(nord: Tenant, soer: Tenant) -> None:
    chiefs = {where: in_charge(where, f"Sjef {where.organisation}") for where in (nord, soer)}

    def newcomer(name: str) -> Employee:
        return Employee.objects.create_employee(issuer="https://idp.example", subject=name, display_name=name)

    def fetch(who: Employee, where: Tenant) -> Employee:
        return fetch_employee(code=who.code, organisation=where.organisation, name="Ny", by=chiefs[where])

    first = newcomer("Første")
    _fetched, again = race(lambda: fetch(first, nord), lambda: fetch(first, soer))
    assert refused(again)
    second, central = newcomer("Andre"), central_administrator()
    _placed, fetched = race(
        lambda: place_employee(employee=second, organisation=nord.organisation, by=central),
        lambda: fetch(second, soer),
    )
    assert refused(fetched)
    third = newcomer("Tredje")
    _fetched, placed = race(
        lambda: fetch(third, nord),
        lambda: place_employee(employee=third, organisation=soer.organisation, by=central),
    )
    assert refused(placed)
    assert all(Employee.objects.get(pk=who.pk).organisation == nord.organisation for who in (first, second, third))


def test_an_employee_is_locked_out_once(nord: Tenant) -> None:
    def lock() -> Employee:
        return deactivate_employee(employee=nord.caseworker, by=nord.administrator)

    race(lock, lock)
    assert events("role:employee:changed") == 1


def test_a_right_is_withdrawn_once_and_the_second_is_told(nord: Tenant) -> None:
    chief, right = in_charge(nord, "Sjef"), nord.administrator.administratorships.get()

    def withdraw() -> None:
        withdraw_administratorship(administratorship=right, by=chief)

    _first, second = race(withdraw, withdraw)
    assert (refused(second), events("role:administratorship:withdrawn")) == (True, 1)


def test_an_employee_who_logs_in_while_members_are_added_by_hand_is_among_the_logged_members(nord: Tenant) -> None:
    group = group_of(nord, tied=True)
    untie: dict[str, Any] = {"name": "Gruppe", "external_id": ""}
    race(
        lambda: change_group(group=group, members=[], by=nord.administrator, **untie),
        lambda: follow_provider(employee=nord.caseworker, named=[ID]),
    )
    assert not group.members.exists()


def test_two_first_logins_at_the_same_moment_are_of_one_newcomer() -> None:
    def register() -> Employee:
        return register_newcomer(issuer="https://idp.example", subject="sub:1", name="Ny")

    first, second = race(register, register)
    assert isinstance(first, Employee)
    assert first == second
    assert events("role:employee:created") == 1
