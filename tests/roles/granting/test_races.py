"""Two who give or change one role at the same moment: a test for each lock, which fails without the lock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role, withdraw_role
from roles.granting.roles import change_role, create_role, delete_role, switch_role
from roles.models import (
    Role,
    RoleAssignment,
)
from tests.racing import race
from tests.roles.rivals import events, refused
from tests.roles.tenants import Tenant, kindergarten

pytestmark = pytest.mark.django_db


def test_of_two_changes_to_a_role_neither_is_lost(nord: Tenant) -> None:
    race(
        lambda: change_role(role=nord.role, name="Nytt navn", by=nord.administrator),
        lambda: change_role(role=nord.role, elements=["navn", "foedsel"], by=nord.administrator),
    )
    role = Role.objects.get(pk=nord.role.pk)
    assert (role.name, role.elements) == ("Nytt navn", ["foedsel", "navn"])
    before_and_after = [entry.fields["details"] for entry in AuditEntry.objects.order_by("seq")]
    assert before_and_after[0]["after"] == before_and_after[1]["before"]


def test_a_role_is_switched_off_once(nord: Tenant) -> None:
    def off() -> Role:
        return switch_role(role=nord.role, on=False, by=nord.administrator, reason="x")

    first, second = race(off, off)
    assert (isinstance(first, Role), refused(second), events("role:role:changed")) == (True, True, 1)


def test_a_role_that_is_deleted_is_given_to_nobody_and_one_that_was_given_is_ended(nord: Tenant) -> None:
    other = create_role(
        organisation=nord.organisation, service_area=kindergarten(), name="Annen", by=nord.administrator
    )

    def delete(role: Role) -> Role:
        return delete_role(role=role, by=nord.administrator, reason="x")

    def give(role: Role) -> RoleAssignment:
        return give_role(role=role, employee=nord.caseworker, by=nord.administrator)

    _deleted, given = race(lambda: delete(nord.role), lambda: give(nord.role))
    assert refused(given)
    race(lambda: give(other), lambda: delete(other))
    assert not RoleAssignment.objects.filter(valid_to=None).exists()


def test_a_role_is_given_once(nord: Tenant) -> None:
    def give() -> RoleAssignment:
        return give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)

    _first, second = race(give, give)
    assert (refused(second), RoleAssignment.objects.count()) == (True, 1)


def test_an_access_is_withdrawn_once_and_stays_as_it_was_ended(nord: Tenant) -> None:
    assignment = give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)

    def withdraw() -> RoleAssignment:
        return withdraw_role(assignment=assignment, by=nord.administrator)

    first, second = race(withdraw, withdraw)
    assert isinstance(first, RoleAssignment)
    assert isinstance(second, RoleAssignment)
    assert first.valid_to == second.valid_to
    assert events("role:assignment:withdrawn") == 1


def test_a_period_ahead_does_not_hide_that_a_role_is_given_already(nord: Tenant) -> None:
    begins = timezone.now() + timedelta(days=1)
    _first, second = race(
        lambda: give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator, valid_from=begins),
        lambda: give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator),
    )
    assert refused(second)
