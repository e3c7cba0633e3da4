"""Access in views: what each declares is enforced, and the role somebody has chosen is kept."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from fiksreg.checks import every_view_declares_its_permission
from roles.access import Access, NoRole, RoleProblem, SessionOver, sessionstore
from roles.access.choice import SESSION_ROLE
from roles.access.permissions import Permission, View, request_access, requires
from roles.access.requestdata import request_data
from roles.audit.models import AuditEntry
from roles.models import Employee, Role, RoleAssignment, Use
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Tenant:
    return tenant("Havbris")


@pytest.fixture
def employee(here: Tenant) -> Employee:
    return here.caseworker


@pytest.fixture
def role(here: Tenant) -> Role:
    RoleAssignment.objects.create(role=here.role, employee=here.caseworker)
    return here.role


@requires(Permission.SEARCH)
def shows_role(_request: HttpRequest, access: Access) -> HttpResponse:
    return HttpResponse(access.role_name)


@requires(Permission.LOGGED_IN)
def shows_nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@requires(Permission.ADMINISTER)
def administers(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def request_of(user: Employee | AnonymousUser, **session: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    request.session = SessionStore()
    request.session.update(session)
    return request


def test_a_view_receives_access_in_the_chosen_role(employee: Employee, role: Role) -> None:
    assert shows_role(request_of(employee, **{SESSION_ROLE: str(role.id)})).content == b"Opptak"


def test_a_view_receives_access_in_the_first_role_when_none_is_chosen(employee: Employee, role: Role) -> None:
    assert shows_role(request_of(employee)).content == b"Opptak"


def test_the_access_of_a_request_knows_which_request_it_is_for_and_the_request_its_role(
    employee: Employee, role: Role
) -> None:
    request = request_of(employee)
    request_data(request).request_id = "r-1"
    access = request_access(request, Use.SEARCH)
    assert (access.request_id, access.role_id, access.actor.id) == ("r-1", role.id, str(employee.pk))
    assert request.session[SESSION_ROLE] == str(role.id)
    assert [held.id for held in request_data(request).held_roles or ()] == [role.id]


def written(session: SessionBase, *, used: float, opened: float) -> None:
    """Writes to the database when the session was last used and opened, as seconds ago."""
    session.update({"seen_at": time.time() - used, "opened_at": time.time() - opened})
    session.save()


@pytest.mark.parametrize(
    ("used", "opened", "goes_on"), [(0, 60, True), (31 * 60, 60 * 60, False), (0, 11 * 60 * 60, False)]
)
def test_the_access_of_a_request_ends_with_its_session_as_the_database_has_it(
    employee: Employee, role: Role, *, used: float, opened: float, goes_on: bool
) -> None:
    request = request_of(employee)
    request.session = sessionstore.SessionStore()
    written(request.session, used=31 * 60, opened=60)
    access = request_access(request, Use.SEARCH)
    written(sessionstore.SessionStore(request.session.session_key), used=used, opened=opened)
    if goes_on:
        access.check_still_held()
    else:
        with pytest.raises(SessionOver):
            access.check_still_held()
    Session.objects.all().delete()
    with pytest.raises(SessionOver):
        access.check_still_held()


def test_a_chosen_role_that_is_withdrawn_is_not_replaced_by_another(employee: Employee, role: Role) -> None:
    other = Role.objects.create(
        organisation=role.organisation, name="Annen", service_area=role.service_area, uses=[Use.SEARCH]
    )
    RoleAssignment.objects.create(role=other, employee=employee)
    role.assignments.update(valid_to=timezone.now())
    with pytest.raises(NoRole) as refused:
        shows_role(request_of(employee, **{SESSION_ROLE: str(role.id)}))
    assert refused.value.problem is RoleProblem.NO_LONGER_HELD


def test_holding_a_role_does_not_make_an_administrator(employee: Employee, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        administers(request_of(employee))


def test_an_administrator_administers(here: Tenant) -> None:
    assert administers(request_of(here.administrator)).status_code == 200


def test_a_view_for_every_logged_in_employee_asks_for_no_role(employee: Employee) -> None:
    assert shows_nothing(request_of(employee)).status_code == 200


@pytest.mark.parametrize(
    ("name", "view"), [("shows_role", shows_role), ("shows_nothing", shows_nothing), ("administers", administers)]
)
def test_a_guarded_view_keeps_its_name_and_what_other_decorators_have_marked_it_with(name: str, view: View[[]]) -> None:
    assert getattr(view, "__name__", "") == name

    def marked(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    vars(marked)["csrf_exempt"] = True
    assert vars(requires(Permission.LOGGED_IN)(marked))["csrf_exempt"]


@pytest.mark.parametrize("view", [shows_role, shows_nothing, administers])
def test_an_anonymous_visitor_is_refused_by_every_view_that_is_not_public(view: View[[]]) -> None:
    with pytest.raises(PermissionDenied):
        view(request_of(AnonymousUser()))


def test_every_url_declares_what_it_demands() -> None:
    assert every_view_declares_its_permission() == []


def test_the_chosen_role_is_kept_and_shown_and_only_held_roles_can_be_chosen(
    client: Client, employee: Employee, role: Role
) -> None:
    foreign = tenant("Fjellro").role
    client.force_login(employee)
    assert client.post("/rolle/", {"role": str(role.id)}).status_code == 302
    chosen = AuditEntry.objects.of_organisation(role.organisation_id).get(event="login:role:chosen")
    assert chosen.fields["role"] == str(role.id)
    assert "Opptak" in client.get("/").content.decode()
    refused = client.post("/rolle/", {"role": str(foreign.id)})
    assert refused.status_code == 400
    assert "Du har ikke denne rollen nå." in refused.content.decode()
    assert client.session[SESSION_ROLE] == str(role.id)


def test_a_newcomer_is_told_whom_to_ask(client: Client, here: Tenant, employee: Employee) -> None:
    here.organisation.role_contact = "servicetorget"
    here.organisation.save()
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
