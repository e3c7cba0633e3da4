"""Who administers what: every kind of administrator, beside the administrator of another organisation."""

from uuid import UUID

import pytest

from roles.access.administration import Administers, administers
from roles.models import AdministratorKind, Administratorship
from roles.people.employees import deactivate_employee
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db

NONE = frozenset[UUID]()


@pytest.fixture
def here() -> Tenant:
    tenant("Sørdal")
    return tenant("Nordvåg")


def appointed(where: Tenant, kind: AdministratorKind) -> Administers:
    """What the caseworker administers once appointed, and whether that is anything."""
    organisation = None if kind is AdministratorKind.CENTRAL else where.organisation
    Administratorship.objects.create(employee=where.caseworker, organisation=organisation, kind=kind)
    return administers(where.caseworker)


def test_each_kind_of_administrator_has_its_own_rights_in_their_own_organisation(here: Tenant) -> None:
    own = frozenset({here.organisation.pk})
    assert administers(here.administrator) == Administers(may_change=own, may_look=own)
    assert administers(here.caseworker) == Administers(NONE, NONE)
    assert not administers(here.caseworker).anything
    assert appointed(here, AdministratorKind.PRIVACY) == Administers(NONE, may_look=own)
    assert appointed(here, AdministratorKind.ORGANISATION) == Administers(own, own, may_appoint=own)
    assert administers(here.caseworker).anything


def test_a_central_administrator_has_what_all_organisations_share_and_no_organisation(here: Tenant) -> None:
    central = appointed(here, AdministratorKind.CENTRAL)
    assert central == Administers(NONE, NONE, NONE, central=True)
    assert central.anything


def test_a_deactivated_administrator_administers_nothing(here: Tenant) -> None:
    appointed(here, AdministratorKind.ORGANISATION)
    deactivate_employee(employee=here.caseworker, by=here.administrator)
    here.caseworker.refresh_from_db()
    assert administers(here.caseworker) == Administers(NONE, NONE)
