"""Several logins at the same time in one browser: each keeps its own state and its own target."""

import time
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from roles.audit.models import AuditEntry
from roles.login import attempts
from roles.models import AdministratorKind, Administratorship, Employee, Organisation
from tests.roles.provider import KNOWN_AS, Provider, refusals

pytestmark = pytest.mark.django_db


class Tab:
    """One tab of a browser that has begun to log in."""

    def __init__(self, client: Client, target: str = "") -> None:
        self.client = client
        location = client.get("/logg-inn/", {"next": target} if target else {}).headers["Location"]
        query = parse_qs(urlsplit(location).query)
        (self.state,), (self.nonce,) = query["state"], query["nonce"]

    def come_back(self, provider: Provider, **answer: str) -> HttpResponse:
        provider.nonce = self.nonce
        return self.client.get("/logg-inn/svar/", answer or {"code": "code", "state": self.state})


@pytest.fixture
def known(provider: Provider) -> Employee:
    """An employee with a role, so that login leads to a page."""
    home = Organisation.objects.create(name="Havbris kommune", organisation_number="310000019", kind="KOMMUNE")
    employee = Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt", organisation=home
    )
    Administratorship.objects.create(employee=employee, organisation=home, kind=AdministratorKind.ROLE)
    return employee


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_tabs_that_log_in_at_once_all_come_to_their_own_page(
    client: Client, provider: Provider, known: Employee, order: tuple[int, ...]
) -> None:
    targets = ["/rolle/", "/ingen-rolle/", "/oppslag/"]
    tabs = [Tab(client, target) for target in targets]
    answers = {place: tabs[place].come_back(provider) for place in order}
    assert [answers[place].headers["Location"] for place in range(3)] == targets
    assert refusals() == []


def test_the_second_tabs_login_leaves_the_session_of_the_first_as_it_is(
    client: Client, provider: Provider, known: Employee
) -> None:
    first, second = Tab(client), Tab(client)
    first.come_back(provider)
    client.get("/logg-ut")
    key, token = client.session.session_key, client.cookies["fiksreg-csrf"].value
    second.come_back(provider)
    assert client.session.session_key == key
    assert client.cookies["fiksreg-csrf"].value == token


@pytest.mark.parametrize("named", ["session-1", "session-2"])
def test_the_second_tabs_login_ties_the_session_to_what_the_provider_calls_it_now(
    client: Client, provider: Provider, known: Employee, named: str
) -> None:
    first, second = Tab(client), Tab(client)
    provider.claims = {**provider.claims, "sid": "session-1"}
    first.come_back(provider)
    provider.claims = {**provider.claims, "sid": "session-2"}
    second.come_back(provider)
    Client().get("/logg-ut/ramme/", {"sid": named})
    assert ("_auth_user_id" in client.session) is (named == "session-1")


def test_somebody_elses_login_in_the_same_browser_opens_a_session_of_their_own(
    client: Client, provider: Provider, known: Employee
) -> None:
    first, second = Tab(client), Tab(client)
    first.come_back(provider)
    key = client.session.session_key
    provider.claims, provider.userinfo = {"sub": "subject-2"}, {"sub": "subject-2", "name": "En Annen"}
    second.come_back(provider)
    assert client.session.session_key != key
    assert client.session["_auth_user_id"] == str(Employee.objects.get(display_name="En Annen").pk)


def test_cancelling_in_a_second_tab_does_not_log_out_the_first(
    client: Client, provider: Provider, known: Employee
) -> None:
    first, second = Tab(client), Tab(client)
    first.come_back(provider)
    answer = second.come_back(provider, error="access_denied", state=second.state)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "_auth_user_id" in client.session


def test_as_many_logins_as_a_browser_may_have_at_once_work_and_the_oldest_gives_way(
    client: Client, provider: Provider, known: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    tabs = []
    for second in range(attempts.MOST_AT_ONCE + 1):
        monkeypatch.setattr(time, "time", lambda second=second: now + second)
        tabs.append(Tab(client))
    assert tabs[0].come_back(provider).status_code == 403
    assert [tab.come_back(provider).status_code for tab in tabs[1:]] == [302] * attempts.MOST_AT_ONCE


def test_all_its_cookies_together_fit_into_the_header_that_the_server_takes(client: Client, provider: Provider) -> None:
    for _tab in range(attempts.MOST_AT_ONCE + 3):
        Tab(client, "/" + "x" * (attempts.LONGEST_TARGET - 1))
    kept = [f"{name}={morsel.value}" for name, morsel in client.cookies.items() if morsel.value]
    assert len("; ".join(kept)) < 8190 - 1500  # gunicorn's limit_request_field_size, and room for the others


def test_an_answer_is_refused_when_it_comes_too_late(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, now = Tab(client), time.time()
    monkeypatch.setattr(time, "time", lambda: now + attempts.LASTS_SECONDS)
    assert tab.come_back(provider).status_code == 403
    assert refusals() == ["state"]


def test_an_answer_is_refused_in_a_browser_that_did_not_begin_the_login(client: Client, provider: Provider) -> None:
    tab = Tab(client)
    tab.client = Client()
    assert tab.come_back(provider).status_code == 403
    assert refusals() == ["state"]


def test_the_cookie_of_one_login_does_not_answer_for_another(client: Client, provider: Provider) -> None:
    mine, other = Tab(client), Tab(client)
    names = [name for name in client.cookies if name.startswith("fiksreg-login-")]
    mine_name, other_name = (attempts._name(tab.state) for tab in (mine, other))
    assert sorted(names) == sorted([mine_name, other_name])
    client.cookies[mine_name] = client.cookies[other_name].value
    assert mine.come_back(provider).status_code == 403


@pytest.mark.parametrize("value", ["", ".", "1.", "1.AAAA", "x" * 500, "1." + "A" * 4000, "\\303\\245"])
def test_a_cookie_that_is_not_ours_is_no_login(client: Client, provider: Provider, value: str) -> None:
    tab = Tab(client)
    client.cookies = SimpleCookie({attempts._name(tab.state): value})
    assert tab.come_back(provider).status_code == 403


def test_a_login_that_is_only_begun_leaves_no_session_and_no_entry(provider: Provider) -> None:
    for _browser in range(3):
        Tab(Client())
    assert not Session.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "0", "javascript:alert(1)", "\\\\evil.example", "/\\evil"],
)
def test_a_way_back_that_is_not_a_page_of_ours_leads_home(
    client: Client, provider: Provider, known: Employee, target: str
) -> None:
    assert Tab(client, target).come_back(provider).headers["Location"] == "/"


def test_a_login_link_takes_a_logged_in_employee_to_its_target(
    client: Client, provider: Provider, known: Employee
) -> None:
    Tab(client).come_back(provider)
    assert client.get("/logg-inn/", {"next": "/rolle/"}).headers["Location"] == "/rolle/"
    assert client.get("/logg-inn/").headers["Location"] == "/"


def test_the_cookie_is_for_the_server_and_for_login_alone(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    Tab(client)
    (cookie,) = (client.cookies[name] for name in client.cookies if name.startswith("__Secure-fiksreg-login-"))
    assert (cookie["path"], cookie["secure"], cookie["httponly"], cookie["samesite"]) == (
        "/logg-inn/",
        True,
        True,
        "Lax",
    )
