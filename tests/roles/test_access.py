"""Access: built from what is live now, in one role, or refused with a reason."""

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from fiksreg.checks import every_view_declares_its_permission
from integrations.folkeregisteret.elements import RightsPackage
from roles.access import Access, NoRole, Permission, RoleProblem, access_for, requires
from roles.audit.models import AuditEntry
from roles.choice import SESSION_ROLE
from roles.models import Employee, LegalBasis, Organisation, Role, RoleAssignment, ServiceArea, Use
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
        key="opptak", statute="Barnehageloven", section="§ 47", confidential=True, elements=["familierelasjon"]
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
def test_what_is_not_live_now_gives_no_access(
    employee: Employee, role: Role, what: str, field: str, moment: datetime
) -> None:
    row = {"role": role, "organisation": role.organisation, "assignment": role.assignments.get()}[what]
    setattr(row, field, moment)
    row.save()
    assert problem(employee, role) is RoleProblem.NO_LONGER_HELD


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


@requires(Permission.SEARCH)
def shows_role(_request: HttpRequest, access: Access) -> HttpResponse:
    return HttpResponse(access.role_name)


@requires(Permission.LOGGED_IN)
def shows_nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@requires(Permission.ADMINISTER)
def administers(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def request_of(employee: Employee, **session: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = employee
    request.session = SessionStore()
    request.session.update(session)
    return request


def test_a_view_receives_access_in_the_chosen_role(employee: Employee, role: Role) -> None:
    assert shows_role(request_of(employee, **{SESSION_ROLE: str(role.id)})).content == b"Opptak"


def test_a_view_receives_access_in_the_first_role_when_none_is_chosen(employee: Employee, role: Role) -> None:
    assert shows_role(request_of(employee)).content == b"Opptak"


def test_a_chosen_role_that_is_withdrawn_is_not_replaced_by_another(employee: Employee, role: Role) -> None:
    other = Role.objects.create(
        organisation=role.organisation, name="Annen", service_area=role.service_area, uses=[Use.SEARCH]
    )
    RoleAssignment.objects.create(role=other, employee=employee)
    role.assignments.update(valid_to=timezone.now())
    with pytest.raises(NoRole) as refused:
        shows_role(request_of(employee, **{SESSION_ROLE: str(role.id)}))
    assert refused.value.problem is RoleProblem.NO_LONGER_HELD


def test_who_holds_roles_administers_nothing(employee: Employee, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        administers(request_of(employee))


def test_every_url_declares_what_it_demands() -> None:
    assert every_view_declares_its_permission() == []


def test_the_chosen_role_is_kept_and_shown_and_only_held_roles_can_be_chosen(
    client: Client, employee: Employee, role: Role, fjellro: Organisation
) -> None:
    foreign = Role.objects.create(organisation=fjellro, name="Fremmed", service_area=role.service_area)
    client.force_login(employee)
    assert client.post("/rolle/", {"role": str(role.id)}).status_code == 302
    chosen = AuditEntry.objects.of_organisation(role.organisation_id).get(event="login:role:chosen")
    assert chosen.fields["role"] == str(role.id)
    assert "Opptak" in client.get("/").content.decode()
    refused = client.post("/rolle/", {"role": str(foreign.id)})
    assert refused.status_code == 400
    assert "Du har ikke denne rollen nå." in refused.content.decode()
    assert client.session[SESSION_ROLE] == str(role.id)


def test_a_newcomer_is_told_whom_to_ask(client: Client, employee: Employee, havbris: Organisation) -> None:
    havbris.role_contact = "servicetorget"
    havbris.save()
    client.force_login(employee)
    page = client.get("/ingen-rolle/")
    assert page.status_code == 403
    assert "Du har ingen rolle" in page.content.decode()
    assert "servicetorget" in page.content.decode()


def test_a_role_withdrawn_in_the_middle_is_said_in_words_and_another_one_is_offered(
    client: Client, employee: Employee, role: Role
) -> None:
    other = Role.objects.create(
        organisation=role.organisation, name="Annen", service_area=role.service_area, uses=[Use.SEARCH]
    )
    RoleAssignment.objects.create(role=other, employee=employee)
    client.force_login(employee)
    client.post("/rolle/", {"role": str(role.id)})
    assert client.get("/oppslag/").status_code == 200
    role.assignments.update(valid_to=timezone.now())
    page = client.get("/oppslag/")
    assert page.status_code == 403
    assert "Rollen din er trukket tilbake" in page.content.decode()
    assert 'href="/rolle/"' in page.content.decode()


def test_a_role_nobody_had_to_choose_is_not_replaced_by_another_when_it_is_withdrawn(
    client: Client, employee: Employee, role: Role
) -> None:
    other = Role.objects.create(
        organisation=role.organisation, name="Åpen", service_area=role.service_area, uses=[Use.SEARCH]
    )
    RoleAssignment.objects.create(role=other, employee=employee)
    client.force_login(employee)
    assert client.get("/oppslag/").status_code == 200
    role.assignments.update(valid_to=timezone.now())
    page = client.get("/oppslag/")
    assert page.status_code == 403
    assert "Rollen din er trukket tilbake" in page.content.decode()


def test_no_page_of_a_session_is_kept_by_a_cache(client: Client, employee: Employee) -> None:
    client.force_login(employee)
    assert "no-store" in client.get("/").headers["Cache-Control"]
