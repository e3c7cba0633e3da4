"""The employee read together with a session is the one that Django's get_user() gives, in one statement."""

from collections.abc import Callable

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.test import Client

from roles.access.sessionstore import name_of
from roles.models import LOCAL_ISSUER, Employee, LoginSession
from tests.roles.tenants import Tenant
from tests.statements import statements_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(nord: Tenant) -> Client:
    return logged_in(nord.caseworker)


def logged_in(employee: Employee, *, kept_as: Employee | None = None) -> Client:
    """A session. kept_as: another employee, recorded at login as the owner of the session."""
    client = Client()
    client.force_login(employee, backend="roles.login.backends.OidcBackend")
    name = name_of(str(client.session.session_key))
    LoginSession.objects.create(session_key=name, employee=kept_as or employee, provider_subject="subject")
    client.get("/rolle/ingen/")
    return client


def who(client: Client) -> object:
    """The employee of the next request; None when it is anonymous."""
    user = client.get("/hjelp/").wsgi_request.user
    return user.pk if user.is_authenticated else None


def about(table: str, sent: list[str]) -> int:
    return sum(table in statement for statement in sent)


def test_session_and_employee_are_one_statement(browser: Client, nord: Tenant) -> None:
    with statements_sent() as sent:
        assert who(browser) == nord.caseworker.pk
    assert (about("django_session", sent), about("roles_employee", sent)) == (1, 1)


def test_a_session_without_a_login_row_still_belongs_to_its_employee(nord: Tenant) -> None:
    client = logged_in(nord.caseworker)
    LoginSession.objects.all().delete()
    assert who(client) == nord.caseworker.pk


def test_the_session_decides_its_employee_and_not_the_login_row(nord: Tenant, soer: Tenant) -> None:
    assert who(logged_in(nord.caseworker, kept_as=soer.caseworker)) == nord.caseworker.pk


def lock_out(employee: Employee) -> None:
    employee.is_active = False
    employee.save()


def make_local(employee: Employee) -> None:
    employee.issuer, employee.organisation = LOCAL_ISSUER, None
    employee.save()


def set_another_password(employee: Employee) -> None:
    employee.set_unusable_password()
    employee.save()


@pytest.mark.parametrize("change", [lock_out, make_local, set_another_password])
def test_an_employee_who_may_no_longer_log_in_is_anonymous_at_the_next_request(
    browser: Client, nord: Tenant, change: Callable[[Employee], None]
) -> None:
    assert who(browser) == nord.caseworker.pk
    change(nord.caseworker)
    assert who(browser) is None


def test_a_session_with_another_hash_has_no_employee(browser: Client) -> None:
    session = browser.session
    session[HASH_SESSION_KEY] = "0" * 64
    session.save()
    assert who(browser) is None


def test_a_session_of_the_other_backend_is_not_taken_for_the_providers(nord: Tenant) -> None:
    client = Client()
    client.force_login(nord.caseworker, backend="roles.login.breakglass.BreakGlassBackend")
    name = name_of(str(client.session.session_key))
    LoginSession.objects.create(session_key=name, employee=nord.caseworker, provider_subject="subject")
    assert who(client) is None
