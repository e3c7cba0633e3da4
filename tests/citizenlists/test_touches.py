"""The lists that an administrator is told about before a role ends."""

import pytest

from citizenlists.models import CitizenList, State
from roles.granting.touches import touched_by
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db


def ordered(where: Tenant, state: State, **values: object) -> CitizenList:
    return CitizenList.objects.create(
        organisation=where.organisation,
        role=where.role,
        ordered_by=where.caseworker,
        intent_id=where.role.pk,
        template="SKOLESTARTERE",
        kommune="9999",
        born_from=2020,
        born_to=2020,
        elements=["navn"],
        state=state,
        **values,
    )


def test_lists_that_are_being_made_and_those_that_are_ready_are_told_of() -> None:
    nord, soer = tenant("Nord"), tenant("Sør")
    assert touched_by(nord.role).further == []
    ordered(nord, State.ORDERED)
    ordered(nord, State.BUILDING)
    ordered(nord, State.READY, expires_at="2199-01-01T00:00:00Z")
    ordered(nord, State.READY, expires_at="2020-01-01T00:00:00Z")
    ordered(nord, State.CANCELLED)
    ordered(soer, State.BUILDING)
    assert touched_by(nord.role).further == ["2 innbyggerlister under arbeid.", "1 ferdig innbyggerliste."]
    assert touched_by(soer.role).further == ["1 innbyggerliste under arbeid."]
