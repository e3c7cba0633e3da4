"""The effect of a login and of a refused login on the session that the browser had before."""

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from roles.access.choice import SESSION_ROLE
from roles.access.sessionstore import names_of
from roles.granting.assignments import give_role
from roles.models import Employee
from tests.roles.provider import KNOWN_AS, Browser, Provider
from tests.roles.tenants import Tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(nord: Tenant, provider: Provider) -> Employee:
    """An employee of Nord with a role, who logs in at the provider."""
    Employee.objects.filter(pk=nord.caseworker.pk).update(issuer=provider.issuer, subject=KNOWN_AS)
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    return Employee.objects.get(pk=nord.caseworker.pk)


def session_of_another(browser: Browser, nord: Tenant) -> str:
    """Opens a colleague's session with a chosen role in the same browser, and returns its key."""
    browser.client.force_login(nord.administrator, backend="roles.login.backends.OidcBackend")
    session = browser.client.session
    session[SESSION_ROLE] = str(nord.role.pk)
    session.save()
    return str(session.session_key)


def test_the_chosen_role_does_not_survive_a_new_login_of_the_same_person(
    browser: Browser, known: Employee, nord: Tenant
) -> None:
    begun = browser.begin()
    browser.client.force_login(known, backend="roles.login.backends.OidcBackend")
    session = browser.client.session
    session[SESSION_ROLE] = str(nord.role.pk)
    session.save()
    browser.client.post("/logg-ut")
    assert browser.come_back(begun["state"]) == 302
    assert browser.is_logged_in
    assert SESSION_ROLE not in browser.client.session
    assert browser.client.session.session_key != session.session_key


def test_a_login_over_another_persons_session_takes_nothing_of_it(
    browser: Browser, known: Employee, nord: Tenant
) -> None:
    begun = browser.begin()
    former = session_of_another(browser, nord)
    assert browser.come_back(begun["state"]) == 302
    assert browser.client.session["_auth_user_id"] == str(known.pk)
    assert SESSION_ROLE not in browser.client.session
    assert not Session.objects.filter(session_key__in=names_of(former)).exists()


def test_a_refused_login_ends_the_session_that_was_there(
    browser: Browser, known: Employee, nord: Tenant, settings: Settings
) -> None:
    settings.OIDC_REQUIRED_ACR = ["higher-than-all"]
    begun = browser.begin()
    former = session_of_another(browser, nord)
    assert browser.come_back(begun["state"]) == 403
    assert not browser.is_logged_in
    assert not Session.objects.filter(session_key__in=names_of(former)).exists()


def test_an_answer_that_this_browser_did_not_ask_for_ends_no_session(
    browser: Browser, known: Employee, nord: Tenant
) -> None:
    former = session_of_another(browser, nord)
    browser.come_back("forged")
    assert browser.is_logged_in
    assert Session.objects.filter(session_key__in=names_of(former)).exists()
