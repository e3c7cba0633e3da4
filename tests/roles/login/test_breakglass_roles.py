"""Nobody can give the break-glass account a role, a group or a further administratorship."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from roles.access.administration import administers
from roles.access.liveroles import live_roles
from roles.granting.assignments import give_role
from roles.login import breakglass
from roles.models import AdministratorKind, Employee, RoleAssignment
from roles.people.administrators import give_administratorship
from roles.people.employees import activate_employee, place_employee
from roles.people.groups import create_group
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, central_administrator, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Employee:
    breakglass.open_account(minutes=60, reason="Øvelse")
    return Employee.objects.get(issuer="local")


@pytest.fixture(params=[0, 1], ids=["Nord", "Sør"])
def house(request: pytest.FixtureRequest) -> Tenant:
    return [tenant(name) for name in ("Nord", "Sør")][request.param]


Attempt = Callable[[Tenant, Employee], object]
ATTEMPTS: dict[str, Attempt] = {
    "a role": lambda house, account: give_role(role=house.role, employee=account, by=house.administrator),
    "a group": lambda house, account: create_group(
        organisation=house.organisation, name="Opptak", members=[account], by=house.administrator
    ),
    "an organisation": lambda house, account: place_employee(
        employee=account, organisation=house.organisation, by=central_administrator()
    ),
    "an organisation to administer": lambda house, account: give_administratorship(
        employee=account,
        kind=AdministratorKind.ORGANISATION,
        organisation=house.organisation,
        by=central_administrator(),
    ),
    "what is central, for good": lambda _house, account: give_administratorship(
        employee=account, kind=AdministratorKind.CENTRAL, organisation=None, by=central_administrator()
    ),
    "to be let in again": lambda _house, account: activate_employee(employee=account, by=central_administrator()),
}


@pytest.mark.parametrize("what", ATTEMPTS)
def test_nobody_can_give_the_account_anything(what: str, house: Tenant, account: Employee) -> None:
    with pytest.raises(PolicyViolation):
        ATTEMPTS[what](house, account)
    breakglass.close_account()
    account.refresh_from_db()
    assert not administers(account).anything
    assert not account.is_active
    assert account.organisation is None


def test_the_database_refuses_the_account_an_organisation(house: Tenant, account: Employee) -> None:
    with pytest.raises(IntegrityError, match="employee_local_without_organisation"), transaction.atomic():
        Employee.objects.filter(pk=account.pk).update(organisation=house.organisation)


def test_a_role_written_past_every_rule_opens_nothing_for_the_account(house: Tenant, account: Employee) -> None:
    RoleAssignment.objects.create(role=house.role, employee=account)
    assert live_roles(account) == []
