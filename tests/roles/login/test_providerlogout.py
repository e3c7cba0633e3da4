"""Logout here sends the browser on to the provider's logout, without telling who the employee is."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from roles.access.sessionstore import names_of
from roles.audit.models import AuditEntry
from roles.login import breakglass
from roles.login.profiles import PROFILES
from roles.models import LoginSession
from tests.roles.provider import CLIENT_ID, Browser, Provider

pytestmark = pytest.mark.django_db
PID = "03851598749"
BACK = "/logg-ut/ferdig/"


@pytest.fixture(autouse=True)
def endpoint(settings: Settings) -> str:
    settings.FIKSREG_BASE_URL = "https://fiksreg.example.no"
    settings.OIDC_END_SESSION_ENDPOINT = "https://login.example.no/logout"
    return str(settings.OIDC_END_SESSION_ENDPOINT)


def log_out(client: Client) -> str:
    """The address that the answer redirects to."""
    return client.post("/logg-ut").headers["Location"]


def greeting(client: Client, address: str) -> str:
    response: HttpResponse = client.get(address, follow=True)
    return response.content.decode()


def events() -> list[str]:
    return list(AuditEntry.objects.filter(event__startswith="login:").order_by("seq").values_list("event", flat=True))


def test_logout_sends_our_client_id_and_the_page_to_return_to_and_nothing_else(
    browser: Browser, provider: Provider, settings: Settings, endpoint: str
) -> None:
    settings.OIDC_LOGIN_PROFILE, provider.claims = PROFILES["id-porten"], {"pid": PID}
    browser.log_in()
    address = log_out(browser.client)
    assert address.partition("?")[0] == endpoint
    assert parse_qs(urlsplit(address).query, strict_parsing=True) == {
        "client_id": [CLIENT_ID],
        "post_logout_redirect_uri": [f"https://fiksreg.example.no{BACK}"],
    }


def test_an_address_with_a_query_keeps_it(browser: Browser, settings: Settings, endpoint: str) -> None:
    settings.OIDC_END_SESSION_ENDPOINT = f"{endpoint}?p=policy"
    browser.log_in()
    assert parse_qs(urlsplit(log_out(browser.client)).query)["p"] == ["policy"]


def test_the_session_here_is_over_before_the_provider_is_asked(browser: Browser) -> None:
    browser.log_in()
    key = browser.client.session.session_key
    log_out(browser.client)
    assert not Session.objects.filter(session_key__in=names_of(key)).exists()
    assert browser.client.get("/rolle/").headers["Location"].startswith("/logg-inn/")
    assert events() == ["login:session:opened", "login:session:closed"]


def test_without_a_logout_endpoint_the_browser_stays_here(browser: Browser, settings: Settings) -> None:
    settings.OIDC_END_SESSION_ENDPOINT = ""
    browser.log_in()
    assert log_out(browser.client) == "/"
    assert "Du er logget ut." in greeting(browser.client, "/")


def test_an_anonymous_visitor_is_not_sent_to_the_provider(client: Client) -> None:
    assert log_out(client) == "/"


def test_the_break_glass_account_is_not_sent_to_the_provider(client: Client, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    client.post("/logg-inn/nodkonto/", {"password": breakglass.open_account(minutes=5, reason="Øvelse")})
    assert client.get("/admin/").status_code == 200
    assert log_out(client) == "/"


def test_the_page_after_the_providers_logout_says_that_the_employee_is_logged_out(browser: Browser) -> None:
    browser.log_in()
    log_out(browser.client)
    assert "Du er logget ut." in greeting(browser.client, BACK)


def test_the_page_after_the_providers_logout_logs_nobody_out(browser: Browser) -> None:
    browser.log_in()
    assert "Du er logget ut." not in greeting(browser.client, BACK)
    assert browser.is_logged_in


def test_the_providers_notice_after_a_logout_here_ends_no_session(browser: Browser, provider: Provider) -> None:
    browser.log_in()
    log_out(browser.client)
    assert not LoginSession.objects.exists()
    notice = {"logout_token": provider.logout_token()}
    assert Client().post("/logg-ut/varsel/", notice).status_code == 200
    assert events() == ["login:session:opened", "login:session:closed"]
