"""Two who change one organisation at the same moment: a test for each lock, which fails without the lock."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from roles.casesystems.integrations import create_integration
from roles.catalogue.areas import create_area
from roles.granting.assignments import give_role, withdraw_role
from roles.granting.roles import create_role
from roles.models import (
    ContactPoint,
    OnboardingStep,
    Organisation,
    RoleAssignment,
    Step,
)
from roles.onboarding.takingsteps import take_step
from roles.organisations.centralusers import turn_on
from roles.organisations.organisations import change_organisation, create_organisation
from roles.people.groups import create_group
from tests.racing import race
from tests.roles.rivals import events, in_charge, refused
from tests.roles.tenants import Tenant, central_administrator, kindergarten, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def soer() -> Tenant:
    found = tenant("Sør")
    Organisation.objects.filter(pk=found.organisation.pk).update(organisation_number="310000027")
    return found


def test_a_role_is_not_given_by_name_while_central_user_management_is_turned_on(nord: Tenant) -> None:
    chief = in_charge(nord, "Sjef")

    def give() -> RoleAssignment:
        return give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)

    _on, given = race(lambda: turn_on(organisation=nord.organisation, by=chief), give)
    assert refused(given)
    Organisation.objects.update(groups_only=False)
    _given, on = race(give, lambda: turn_on(organisation=nord.organisation, by=chief))
    assert (on, RoleAssignment.objects.filter(valid_to=None).count()) == (1, 0)


def test_central_user_management_ends_each_access_once(nord: Tenant) -> None:
    chief = in_charge(nord, "Sjef")
    assignment = give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    withdrawn, ended = race(
        lambda: withdraw_role(assignment=assignment, by=nord.administrator),
        lambda: turn_on(organisation=nord.organisation, by=chief),
    )
    assert isinstance(withdrawn, RoleAssignment)
    assert ended == 0
    assert RoleAssignment.objects.get().valid_to == withdrawn.valid_to
    Organisation.objects.update(groups_only=False)

    def turn() -> int:
        return turn_on(organisation=nord.organisation, by=chief)

    race(turn, turn)
    assert events("role:central-users:on") == 2


def test_of_two_changes_to_an_organisation_neither_is_lost(soer: Tenant) -> None:
    ContactPoint.objects.create(organisation=soer.organisation, name="Post", email="post@soer.example")
    central = central_administrator()
    race(
        lambda: change_organisation(organisation=soer.organisation, name="Nytt navn", by=central),
        lambda: change_organisation(organisation=soer.organisation, kommuner=["1870"], by=central),
    )
    found = Organisation.objects.get(pk=soer.organisation.pk)
    assert (found.name, found.kommuner) == ("Nytt navn", ["1870"])


def test_a_step_that_two_take_is_taken_once_and_corrected(nord: Tenant) -> None:
    OnboardingStep.objects.all().delete()
    central = central_administrator()

    def take(day: date) -> OnboardingStep:
        return take_step(organisation=nord.organisation, step=Step.TERMS, done_on=day, by=central)

    first, second = race(lambda: take(date(2026, 1, 1)), lambda: take(date(2026, 1, 2)))
    assert isinstance(first, OnboardingStep)
    assert isinstance(second, OnboardingStep)
    assert OnboardingStep.objects.get().done_on == date(2026, 1, 2)


def test_of_two_who_take_one_name_the_second_is_told_that_it_is_taken(nord: Tenant) -> None:
    central, area = central_administrator(), kindergarten()
    names = {"name_nb": "Havn", "name_nn": "Hamn", "name_en": "Harbour"}
    where: Any = {"organisation": nord.organisation, "by": nord.administrator}
    body: Any = {"name": "Vest", "organisation_number": "310000027", "kind": "KOMMUNE", "kommuner": []}
    body |= {"contacts": [{"name": "Post", "email": "post@vest.example", "phone": ""}]}
    makers: list[Callable[[], object]] = [
        lambda: create_role(name="Ny", service_area=area, **where),
        lambda: create_group(name="Ny", members=[], **where),
        lambda: create_integration(name="Ny", maskinporten_organisation="310000019", **where),
        lambda: create_organisation(by=central, **body),
        lambda: create_area(code="HAVN", may_hold_confidential=False, by=central, **names),
    ]
    for make in makers:
        first, second = race(make, make)
        assert not isinstance(first, Exception), first
        assert refused(second), second
        assert "alt e" in str(second)
