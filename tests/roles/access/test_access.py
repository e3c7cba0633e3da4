"""Access: built from what is live now, in one role, or refused with a reason."""

import dataclasses
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from integrations.folkeregisteret.elements import RightsPackage
from roles import access as accesses
from roles.access import LegalBasisRef, NoRole, NotTakenIntoUse, RoleProblem, access_for
from roles.actors import Actor
from roles.models import (
    BasisStatus,
    Employee,
    LegalBasis,
    OnboardingStep,
    Organisation,
    Role,
    RoleAssignment,
    ServiceArea,
    Step,
    Use,
)
from tests.roles.disclosure import asking
from tests.roles.onboarding.taken import in_use

pytestmark = pytest.mark.django_db

ELEMENTS = ["navn", "foedsel", "familierelasjon"]


@pytest.fixture
def area() -> ServiceArea:
    return ServiceArea.objects.create(
        code="BARNEHAGE", name_nb="Barnehage", name_nn="Barnehage", name_en="Kindergarten", may_hold_confidential=True
    )


@pytest.fixture
def open_basis() -> LegalBasis:
    return LegalBasis.objects.create(
        key="open", statute="Folkeregisterloven", section="§ 10-1", for_every_area=True, elements=["navn", "foedsel"]
    )


@pytest.fixture
def confidential_basis(area: ServiceArea) -> LegalBasis:
    basis = LegalBasis.objects.create(
        key="opptak",
        statute="Barnehageloven",
        section="§ 47",
        confidential=True,
        kind="OPENS_CONFIDENTIAL",
        elements=["familierelasjon"],
    )
    basis.areas.add(area)
    return basis


@pytest.fixture
def havbris() -> Organisation:
    return in_use(
        Organisation.objects.create(
            name="Havbris kommune", organisation_number="310000019", kind="KOMMUNE", kommuner=["1870"]
        )
    )


@pytest.fixture
def fjellro() -> Organisation:
    return in_use(Organisation.objects.create(name="Fjellro kommune", organisation_number="310000027", kind="KOMMUNE"))


@pytest.fixture
def employee(havbris: Organisation) -> Employee:
    return Employee.objects.create_employee(
        issuer="https://idp.example", subject="one", display_name="Ansatt", organisation=havbris
    )


@pytest.fixture
def role(
    havbris: Organisation, area: ServiceArea, open_basis: LegalBasis, confidential_basis: LegalBasis, employee: Employee
) -> Role:
    role = Role.objects.create(
        organisation=havbris, name="Opptak", service_area=area, uses=[Use.SEARCH], elements=ELEMENTS
    )
    role.legal_bases.set([open_basis, confidential_basis])
    RoleAssignment.objects.create(role=role, employee=employee)
    return role


def problem(employee: Employee, role: Role | None = None, use: Use = Use.SEARCH) -> RoleProblem:
    with pytest.raises(NoRole) as refused:
        access_for(employee, role.id if role else None, use)
    return refused.value.problem


def test_access_holds_the_role_its_organisation_and_what_its_legal_bases_open(employee: Employee, role: Role) -> None:
    access = access_for(employee, role.id, Use.SEARCH, request_id="r-1")
    assert access.elements == frozenset(ELEMENTS)
    assert access.actor.id == str(employee.id)
    assert (access.organisation_name, access.kommuner) == ("Havbris kommune", frozenset({"1870"}))
    assert {basis.key for basis in access.legal_bases} == {"open", "opptak"}
    assert access.request_id == "r-1"


@pytest.mark.parametrize("demands", [True, False])
def test_access_carries_what_role_and_organisation_say(employee: Employee, role: Role, *, demands: bool) -> None:
    Role.objects.update(case_reference_required=demands, confidential_addresses=demands)
    Organisation.objects.update(opens_single_hit=demands, lookups_per_day=7)
    access = access_for(employee, role.id, Use.SEARCH)
    assert (access.role_id, access.role_name, access.use) == (role.id, "Opptak", Use.SEARCH)
    assert (access.organisation_id, access.organisation_number) == (role.organisation.pk, "310000019")
    assert (access.service_area, access.limits.lookups_per_day) == ("BARNEHAGE", 7)
    assert (access.case_reference_required, access.confidential_addresses, access.opens_single_hit) == (demands,) * 3


def test_access_names_each_legal_basis_with_what_rests_on_it(
    employee: Employee, role: Role, open_basis: LegalBasis, confidential_basis: LegalBasis
) -> None:
    LegalBasis.objects.filter(pk=open_basis.pk).update(status=BasisStatus.CONFIRMED)
    named = {basis.key: basis for basis in access_for(employee, role.id, Use.SEARCH).legal_bases}
    assert named == {
        "open": LegalBasisRef("open", "Folkeregisterloven", "§ 10-1", False, frozenset({"navn", "foedsel"})),
        "opptak": LegalBasisRef("opptak", "Barnehageloven", "§ 47", True, frozenset({"familierelasjon"})),
    }


@pytest.mark.parametrize("field", ["elements", "legal_bases", "kommuner"])
def test_access_cannot_be_widened_by_writing_to_it(employee: Employee, role: Role, field: str) -> None:
    access = access_for(employee, role.id, Use.SEARCH)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(access, field, frozenset({"foreldreansvar"}))


def test_each_use_of_access_is_an_intent_of_its_own(employee: Employee, role: Role) -> None:
    first, second = (access_for(employee, role.id, Use.SEARCH) for _ in range(2))
    assert first.intent_id != second.intent_id
    assert first.for_purpose(" sak 1 ").intent_id == first.intent_id
    assert first.for_purpose(" sak 1 ").purpose == "sak 1"
    assert second.for_intent(first.intent_id).intent_id == first.intent_id


def test_a_reason_is_typed_for_one_look_and_changes_nothing_else(employee: Employee, role: Role) -> None:
    access = access_for(employee, role.id, Use.SEARCH)
    opening = access.opening_confidential_address(" Akutt fare ")
    assert opening == dataclasses.replace(access, reason="Akutt fare")
    assert access.reason == ""


def test_a_role_with_a_confidential_basis_uses_the_registers_package_with_legal_basis(
    employee: Employee, role: Role, confidential_basis: LegalBasis
) -> None:
    assert access_for(employee, role.id, Use.SEARCH).package is RightsPackage.WITH_LEGAL_BASIS
    role.legal_bases.remove(confidential_basis)
    assert access_for(employee, role.id, Use.SEARCH).package is RightsPackage.WITHOUT_LEGAL_BASIS


def test_a_basis_that_expired_today_closes_what_rests_on_it(
    employee: Employee, role: Role, confidential_basis: LegalBasis
) -> None:
    confidential_basis.valid_to = timezone.localdate()
    confidential_basis.save()
    access = access_for(employee, role.id, Use.SEARCH)
    assert access.elements == frozenset({"navn", "foedsel"})
    assert {basis.key for basis in access.legal_bases} == {"open"}


def test_a_basis_that_no_longer_covers_the_service_area_closes_what_rests_on_it(
    employee: Employee, role: Role, confidential_basis: LegalBasis
) -> None:
    confidential_basis.areas.clear()
    access = access_for(employee, role.id, Use.SEARCH)
    assert "familierelasjon" not in access.elements
    assert access.package is RightsPackage.WITHOUT_LEGAL_BASIS


def test_without_a_role_there_is_no_access(employee: Employee) -> None:
    assert problem(employee) is RoleProblem.NONE_HELD


def test_a_role_for_lookups_gives_no_lists(employee: Employee, role: Role) -> None:
    assert problem(employee, role, Use.CITIZEN_LIST) is RoleProblem.NOT_FOR_THIS_USE


ENDED = datetime(2020, 1, 1, tzinfo=UTC)
NOT_YET = timezone.now() + timedelta(days=1)


@pytest.mark.parametrize("what", ["role", "organisation", "assignment"])
@pytest.mark.parametrize(("field", "moment"), [("valid_to", ENDED), ("valid_from", NOT_YET)])
def test_a_role_that_is_not_live_gives_no_access(
    employee: Employee, role: Role, what: str, field: str, moment: datetime
) -> None:
    row = {"role": role, "organisation": role.organisation, "assignment": role.assignments.get()}[what]
    setattr(row, field, moment)
    row.save()
    assert problem(employee, role) is RoleProblem.NO_LONGER_HELD


def test_a_role_of_an_organisation_that_lacks_a_step_gives_no_access(employee: Employee, role: Role) -> None:
    OnboardingStep.objects.filter(organisation=role.organisation, step=Step.AGREEMENT).delete()
    with pytest.raises(NotTakenIntoUse) as refused:
        access_for(employee, role.id, Use.SEARCH)
    assert refused.value.problem is RoleProblem.NOT_TAKEN_INTO_USE
    assert (refused.value.organisation.pk, refused.value.missing) == (role.organisation.pk, (Step.AGREEMENT,))


def test_a_role_of_another_organisation_gives_nothing_unless_it_is_given(
    employee: Employee, role: Role, fjellro: Organisation
) -> None:
    foreign = Role.objects.create(
        organisation=fjellro, name="Opptak", service_area=role.service_area, uses=[Use.SEARCH], elements=ELEMENTS
    )
    assert problem(employee, foreign) is RoleProblem.NO_LONGER_HELD


def test_a_role_that_does_not_exist_is_answered_like_one_that_is_not_held(employee: Employee, role: Role) -> None:
    with pytest.raises(NoRole) as refused:
        access_for(employee, uuid4(), Use.SEARCH)
    assert refused.value.problem is RoleProblem.NO_LONGER_HELD


@pytest.mark.django_db
def test_an_employee_who_no_longer_exists_has_no_right_to_read_again() -> None:
    with pytest.raises(NoRole) as refused:
        accesses._read_again(Actor("employee", str(uuid4()), ""), uuid4(), Use.SEARCH, "", lambda: None)
    assert refused.value.problem is RoleProblem.NO_LONGER_HELD


@pytest.mark.parametrize(("is_proposal", "cited"), [(False, "Loven § 1"), (True, "Loven § 1 (forslag)")])
def test_a_legal_basis_that_nobody_has_confirmed_is_cited_as_a_proposal(*, is_proposal: bool, cited: str) -> None:
    with translation.override("nb"):
        assert LegalBasisRef("a", "Loven", "§ 1", is_proposal=is_proposal).cited == cited


READ = asking.access("navn", "foedsel", purpose="")


@pytest.mark.parametrize(
    ("had", "now", "still_holds"),
    [
        ({}, {}, True),
        ({}, {"elements": frozenset({"navn"})}, False),
        ({}, {"elements": frozenset({"navn", "foedsel", "kjoenn"})}, True),
        ({}, {"kommuner": frozenset({"4640"})}, False),
        ({}, {"kommuner": frozenset({"1870", "4640"})}, True),
        ({}, {"case_reference_required": True}, False),
        ({"purpose": "Sak 1"}, {"case_reference_required": True}, True),
        ({"confidential_addresses": True, "reason": "Fare"}, {"confidential_addresses": True}, True),
        ({"confidential_addresses": True, "reason": "Fare"}, {"confidential_addresses": False}, False),
        ({"confidential_addresses": True}, {"confidential_addresses": False}, True),
        ({"reason": "Fare"}, {}, True),
    ],
)
def test_a_right_that_allows_less_than_before_no_longer_holds(
    had: dict[str, Any], now: dict[str, Any], *, still_holds: bool
) -> None:
    open_to_all = dataclasses.replace(READ, case_reference_required=False)
    access = dataclasses.replace(open_to_all, **had, read_anew=lambda: dataclasses.replace(open_to_all, **now))
    with nullcontext() if still_holds else pytest.raises(NoRole) as refused:
        access.check_still_held()
    assert still_holds or (refused and refused.value.problem is RoleProblem.NARROWED)
