"""A logout at the provider, told by a hidden frame in the browser: only the session's id says which session ends."""

import pytest
from django.test import Client

from roles.audit.models import AuditEntry
from roles.models import Employee, Organisation
from tests.roles.login.test_backchannel import another_browser, is_still_in, notify
from tests.roles.provider import KNOWN_AS, Browser, Provider

pytestmark = pytest.mark.django_db
ADDRESS = "/logg-ut/ramme/"


def test_the_sessions_id_alone_ends_that_session_and_no_other(provider: Provider) -> None:
    here, there = another_browser(provider, sid="session-1"), another_browser(provider, sid="session-2")
    somebody_else = another_browser(provider, sub="subject-2", sid="session-3")
    assert Client().get(ADDRESS, {"sid": "session-1"}).status_code == 200
    assert [is_still_in(each) for each in (here, there, somebody_else)] == [False, True, True]


@pytest.mark.parametrize(("issuer", "is_in"), [("ours", False), ("https://other.example", True), ("", True)])
def test_an_issuer_that_is_named_must_be_ours(provider: Provider, issuer: str, is_in: bool) -> None:
    here = another_browser(provider, sid="session-1")
    named = provider.issuer if issuer == "ours" else issuer
    Client().get(ADDRESS, {"sid": "session-1", "iss": named})
    assert is_still_in(here) is is_in


@pytest.mark.parametrize("session", [None, "", "unknown", "x" * 501, "\x01", "%"])
def test_an_id_that_names_no_session_is_answered_alike_and_leaves_no_trace(
    provider: Provider, session: str | None
) -> None:
    here, unnamed = another_browser(provider, sid="session-1"), another_browser(provider, sub="subject-2")
    entries = AuditEntry.objects.count()
    right = Client().get(ADDRESS, {"sid": "another"})
    answer = Client().get(ADDRESS, {} if session is None else {"sid": session})
    assert (answer.status_code, answer.content) == (right.status_code, right.content)
    assert answer.status_code == 200
    assert is_still_in(here)
    assert is_still_in(unnamed)
    assert AuditEntry.objects.count() == entries


def test_the_page_may_be_framed_by_the_provider_and_is_not_cached(provider: Provider) -> None:
    answer = Client().get(ADDRESS, {"sid": "session-1"})
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors https:" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("method", ["head", "post", "options"])
def test_only_a_request_for_the_page_itself_logs_out(provider: Provider, method: str) -> None:
    here = another_browser(provider, sid="session-1")
    getattr(Client(), method)(f"{ADDRESS}?sid=session-1")
    assert is_still_in(here)


def test_the_logout_stands_in_the_chain_of_the_employees_organisation_alone(provider: Provider) -> None:
    home, other = (
        Organisation.objects.create(name=name, organisation_number=number, kind="KOMMUNE")
        for name, number in (("Havbris kommune", "310000019"), ("Fjellro kommune", "310000027"))
    )
    employee = Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt", organisation=home
    )
    another_browser(provider, sid="session-1")
    Client().get(ADDRESS, {"sid": "session-1"})
    entry = AuditEntry.objects.get(chain=str(home.pk), event="login:session:ended")
    assert entry.fields["details"]["employee"] == str(employee.pk)
    assert not AuditEntry.objects.filter(chain=str(other.pk)).exists()


def test_a_notice_that_names_a_session_also_ends_sessions_whose_token_named_none(
    browser: Browser, provider: Provider
) -> None:
    browser.log_in()  # the id token has no sid
    assert notify(provider.logout_token(sid="session-1")) == 200
    assert not is_still_in(browser)
