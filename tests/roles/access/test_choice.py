"""The role of a session: the chosen one, or the first that is held."""

from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from roles.access.choice import SESSION_ROLE, chosen_role, held_roles
from roles.models import Role, RoleAssignment, Use
from tests.roles.access.test_permissions import request_of
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Tenant:
    """A caseworker with two roles, Opptak and Skole, beside another organisation."""
    tenant("Fjellro")
    here = tenant("Havbris")
    school = Role.objects.create(
        organisation=here.organisation, name="Skole", service_area=here.role.service_area, uses=[Use.SEARCH]
    )
    for role in (school, here.role):
        RoleAssignment.objects.create(role=role, employee=here.caseworker)
    return here


def chosen(here: Tenant, **session: str) -> str | None:
    role = chosen_role(request_of(here.caseworker, **session))
    return role.name if role else None


def test_the_first_role_counts_as_chosen_until_another_is(here: Tenant) -> None:
    assert chosen(here) == "Opptak"
    assert chosen(here, **{SESSION_ROLE: str(Role.objects.get(name="Skole").pk)}) == "Skole"


def test_a_chosen_role_that_is_no_longer_held_is_replaced_by_none(here: Tenant) -> None:
    assert chosen(here, **{SESSION_ROLE: str(UUID(int=1))}) is None


def test_the_roles_are_read_once_for_a_request(here: Tenant, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = request_of(here.caseworker)
    with django_assert_num_queries(1):
        assert [role.name for role in held_roles(request)] == ["Opptak", "Skole"]
        assert held_roles(request) == held_roles(request)


def test_an_anonymous_visitor_holds_none(here: Tenant) -> None:
    assert held_roles(request_of(AnonymousUser())) == []
