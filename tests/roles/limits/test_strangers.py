"""A visitor who is not logged in makes no session, and few entries in the log."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from fiksreg.checks import views_of
from fiksreg.doorlimits import DOORS, NOT_COUNTED
from roles.access.permissions import Permission
from roles.audit.models import AuditEntry
from roles.login import breakglass
from roles.models import BreakGlassOpening, SpentLogoutToken
from tests.roles.provider import Browser, Provider, refusals
from tests.test_sweep import path_of

pytestmark = pytest.mark.django_db

ROUTES = {
    path_of(route, {}): getattr(view, "permission", None) for route, view in views_of(get_resolver().url_patterns)
}
OPEN = sorted(path for path, permission in ROUTES.items() if permission is Permission.PUBLIC)


def left_behind() -> tuple[int, int, int]:
    return Session.objects.count(), SpentLogoutToken.objects.count(), AuditEntry.objects.count()


def test_no_page_makes_a_session_or_more_than_one_entry_for_an_anonymous_visitor(provider: Provider) -> None:
    breakglass.open_account(minutes=5, reason="Drift")
    before = left_behind()
    for path in ROUTES:
        client = Client()
        for _ in range(2):
            client.get(path, {"state": "x", "code": "y", "sid": "z", "next": "/oppslag/"})
            client.post(path, {"password": "x", "logout_token": "x", "language": "nn", "next": "/", "sid": "z"})
            client.head(path)
    refused_at_callback_and_break_glass = 2
    assert left_behind() == (*before[:2], before[2] + refused_at_callback_and_break_glass)


def test_logins_that_are_only_begun_leave_nothing(browser: Browser) -> None:
    for _ in range(9):
        browser.begin()
    assert Session.objects.count() == AuditEntry.objects.count() == 0


def test_an_answer_that_nobody_asked_for_is_logged_once_an_hour(browser: Browser) -> None:
    for number in range(9):
        assert browser.come_back(f"forged-{number}") == 403
    assert refusals() == ["state"]


def test_a_code_that_the_provider_does_not_know_is_logged_once_an_hour(browser: Browser) -> None:
    browser.provider.status = 400
    for _ in range(4):
        assert browser.log_in() == 403
    assert refusals() == ["provider-unavailable"]


def test_a_refusal_with_a_token_signed_by_the_provider_is_logged_each_time(
    browser: Browser, settings: Settings
) -> None:
    settings.OIDC_REQUIRED_ACR = ["higher-than-all"]
    for _ in range(3):
        assert browser.log_in() == 403
    assert refusals() == ["assurance-level"] * 3


COUNTED = [path for path in OPEN if path.startswith(DOORS) and not path.startswith(NOT_COUNTED)]


def test_the_doors_are_login_its_answer_and_the_notices_of_logout() -> None:
    assert {"/logg-inn/", "/logg-inn/svar/", "/logg-ut/varsel/", "/logg-ut/ramme/"} <= set(COUNTED)


@pytest.mark.parametrize("path", COUNTED)
def test_one_address_is_refused_past_the_limit_and_another_is_not(
    path: str, provider: Provider, settings: Settings
) -> None:
    settings.FIKSREG_STRANGERS_PER_MINUTE = 3
    here, there = Client(REMOTE_ADDR="203.0.113.5"), Client(REMOTE_ADDR="203.0.113.6")
    answers = [here.get(path, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}") for number in range(5)]
    assert [answer.status_code == 429 for answer in answers] == [False] * 3 + [True] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert "Vent et minutt" in answers[-1].content.decode()
    assert "default-src 'self'" in answers[-1].headers["Content-Security-Policy"]
    assert there.get(path).status_code != 429


def test_the_holder_of_the_break_glass_password_is_not_shut_out_by_others_at_the_same_address(
    client: Client, settings: Settings
) -> None:
    settings.FIKSREG_STRANGERS_PER_MINUTE = 1
    password = breakglass.open_account(minutes=5, reason="Drift")
    for _ in range(9):
        client.get("/logg-inn/")
        assert client.post("/logg-inn/nodkonto/", {"password": "wrong"}).status_code == 403
    assert client.post("/logg-inn/nodkonto/", {"password": password}).status_code == 302
    assert BreakGlassOpening.objects.get().attempts == 1
