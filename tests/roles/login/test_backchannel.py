"""A logout at the provider ends the sessions here, but only by a token that is signed, for us, new and not used
before."""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from roles.audit.models import AuditEntry
from roles.login import providerkeys
from roles.models import Employee, LoginSession, Organisation, SpentLogoutToken
from roles.people import opensessions
from roles.people.employees import activate_employee, deactivate_employee
from tests.roles import provider as providers
from tests.roles.provider import CLIENT_ID, KNOWN_AS, LOGOUT_EVENT, SUBJECT, Browser, Provider
from tests.roles.tenants import central_administrator
from tests.services import Services

pytestmark = pytest.mark.django_db


def notify(token: str) -> int:
    """Our answer to the provider's notice, sent without a browser's cookies."""
    client = Client(enforce_csrf_checks=True)
    return client.post("/logg-ut/varsel/", {"logout_token": token}).status_code


def is_still_in(browser: Browser) -> bool:
    return not browser.client.get("/rolle/").headers["Location"].startswith("/logg-inn/")


def another_browser(provider: Provider, **claims: object) -> Browser:
    """A further browser that logs in, with these claims in its ID token."""
    browser = Browser(Client(), provider)
    provider.claims = claims
    provider.userinfo = {"sub": claims.get("sub", SUBJECT), "name": "Ansatt"}
    assert browser.log_in() == 302
    return browser


def test_a_logout_at_the_provider_ends_the_session_here_at_the_next_request(
    browser: Browser, provider: Provider
) -> None:
    browser.log_in()
    assert is_still_in(browser)
    assert notify(provider.logout_token()) == 200
    assert not is_still_in(browser)
    assert not Session.objects.exists()


def test_a_notice_without_a_session_ends_all_sessions_of_its_subject_and_no_others(provider: Provider) -> None:
    at_home, at_work = another_browser(provider, sid="home"), another_browser(provider, sid="work")
    somebody_else = another_browser(provider, sub="subject-2", sid="else")
    assert notify(provider.logout_token()) == 200
    assert [is_still_in(each) for each in (at_home, at_work, somebody_else)] == [False, False, True]


@pytest.mark.parametrize("subject", [SUBJECT, None])
def test_with_a_session_named_only_that_one_ends(provider: Provider, subject: str | None) -> None:
    at_home, at_work = another_browser(provider, sid="home"), another_browser(provider, sid="work")
    assert notify(provider.logout_token(sub=subject, sid="home")) == 200
    assert [is_still_in(each) for each in (at_home, at_work)] == [False, True]


def test_a_session_named_together_with_somebody_else_ends_nothing(provider: Provider) -> None:
    at_home = another_browser(provider, sid="home")
    assert notify(provider.logout_token(sub="subject-2", sid="home")) == 200
    assert is_still_in(at_home)


def test_the_same_subject_at_another_provider_stays(browser: Browser, provider: Provider, settings: Settings) -> None:
    browser.log_in()
    Employee.objects.update(issuer="https://other.example")
    assert notify(provider.logout_token()) == 200
    assert is_still_in(browser)


def test_a_notice_about_no_open_session_is_accepted(provider: Provider) -> None:
    assert notify(provider.logout_token()) == 200


NOW = int(time.time())
WRONG_CLAIMS = [
    {"iss": "https://other.example"},
    {"iss": None},
    {"aud": "somebody-else"},
    {"aud": None},
    {"iat": NOW - 3600},
    {"iat": NOW + 3600},
    {"iat": None},
    {"iat": str(NOW - 3600)},
    {"exp": NOW - 3600},
    {"exp": None},
    {"jti": None},
    {"jti": ""},
    {"jti": 17},
    {"nonce": "an-id-token-has-one"},
    {"nonce": ""},
    {"events": None},
    {"events": {}},
    {"events": [LOGOUT_EVENT]},
    {"events": {LOGOUT_EVENT: "yes"}},
    {"events": {"http://schemas.openid.net/event/another": {}}},
    {"sub": None},
    {"sub": None, "sid": ""},
    {"sub": SUBJECT, "sid": 17},
]


@pytest.mark.parametrize("claims", WRONG_CLAIMS, ids=lambda claims: str(claims).replace(str(NOW), "now"))
def test_a_notice_with_a_wrong_claim_logs_nobody_out(
    browser: Browser, provider: Provider, claims: dict[str, object]
) -> None:
    browser.log_in()
    assert notify(provider.logout_token(**claims)) == 400
    assert is_still_in(browser)
    assert not SpentLogoutToken.objects.exists()


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("RS256", providers.STRANGERS_KEY), ("HS256", "the-clients-own-secret-of-32-bytes"), ("none", None)],
    ids=["another key", "symmetric", "unsigned"],
)
def test_a_notice_that_the_providers_key_did_not_sign_logs_nobody_out(
    browser: Browser, provider: Provider, algorithm: str, key: object
) -> None:
    browser.log_in()
    assert notify(provider.logout_token(algorithm=algorithm, key=key)) == 400
    assert is_still_in(browser)


@pytest.mark.parametrize(("typ", "status"), [("logout+jwt", 200), ("JWT", 200), ("at+jwt", 400)])
def test_a_token_of_another_type_is_no_notice(provider: Provider, typ: str, status: int) -> None:
    assert notify(provider.logout_token(typ=typ)) == status


def test_an_id_token_does_not_log_its_owner_out(browser: Browser, provider: Provider) -> None:
    browser.log_in()
    assert notify(provider.id_token()) == 400
    assert is_still_in(browser)


NESTED = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 100_000).decode()


@pytest.mark.parametrize("token", ["", "not a token", "a.b.c", f"{NESTED}.e30.e30"], ids=lambda token: token[:12])
def test_a_text_that_is_no_token_is_refused(provider: Provider, token: str) -> None:
    assert notify(token) == 400
    assert provider.key_requests == 0


def test_a_notice_works_once(browser: Browser, provider: Provider) -> None:
    browser.log_in()
    token = provider.logout_token()
    assert notify(token) == 200
    browser.log_in()
    assert notify(token) == 400
    assert is_still_in(browser)


def test_the_answer_is_kept_by_no_cache(provider: Provider) -> None:
    answer = Client().post("/logg-ut/varsel/", {"logout_token": provider.logout_token()})
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_provider_without_keys_logs_nobody_out(browser: Browser, provider: Provider) -> None:
    browser.log_in()
    token = provider.logout_token()
    providerkeys.keys_at.cache_clear()
    provider.status = 500
    assert notify(token) == 400
    assert is_still_in(browser)


def test_the_logout_stands_in_the_chain_of_the_employees_organisation_alone(
    browser: Browser, provider: Provider
) -> None:
    home, other = (
        Organisation.objects.create(name=name, organisation_number=number, kind="KOMMUNE")
        for name, number in (("Havbris kommune", "310000019"), ("Fjellro kommune", "310000027"))
    )
    employee = Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt Ansattsen", organisation=home
    )
    browser.log_in()
    notify(provider.logout_token())
    entry = AuditEntry.objects.get(chain=str(home.pk), event="login:session:ended")
    assert entry.fields["details"]["employee"] == str(employee.pk)
    assert entry.fields["details"]["sessions"] == 1
    assert not AuditEntry.objects.filter(chain=str(other.pk)).exists()


def test_a_session_from_before_a_lock_does_not_come_back_when_the_lock_is_lifted(browser: Browser) -> None:
    browser.log_in()
    employee, administrator = Employee.objects.get(subject=KNOWN_AS), central_administrator()
    deactivate_employee(employee=employee, by=administrator)
    activate_employee(employee=employee, by=administrator)
    assert not is_still_in(browser)


def test_login_rows_without_a_session_and_expired_used_tokens_are_deleted(browser: Browser, provider: Provider) -> None:
    browser.log_in()
    another_browser(provider, sub="subject-2").client.post("/logg-ut")
    notify(provider.logout_token(sub="subject-3"))
    opensessions.forget_ended()
    assert LoginSession.objects.count() == 1
    assert SpentLogoutToken.objects.count() == 1
    SpentLogoutToken.objects.update(spent_at=timezone.now() - timedelta(hours=1))
    opensessions.forget_ended()
    assert not SpentLogoutToken.objects.exists()


def test_a_notice_for_several_of_whom_we_are_one_is_for_us(browser: Browser, provider: Provider) -> None:
    browser.log_in()
    assert notify(provider.logout_token(aud=[CLIENT_ID, "somebody-else"])) == 200
    assert not is_still_in(browser)


#: docs.digdir.no, ID-porten, back-channel logout: one attempt, five seconds for the answer.
ID_PORTEN_WAITS_SECONDS = 5


@contextmanager
def held_chain(running: Services, chain: str) -> Iterator[None]:
    """Holds the lock of this chain in another transaction."""
    with psycopg.connect(running.environment["DATABASE_OWNER_URL"]) as holder:
        holder.execute("SELECT FROM audit_head WHERE chain = %s FOR UPDATE", [chain])
        yield


def test_a_notice_is_answered_in_time_and_ends_the_sessions_also_while_the_log_is_held(
    browser: Browser, provider: Provider, running: Services
) -> None:
    home = Organisation.objects.create(name="Havbris kommune", organisation_number="310000019", kind="KOMMUNE")
    Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt Ansattsen", organisation=home
    )
    browser.log_in()
    with held_chain(running, str(home.pk)):
        begun = time.monotonic()
        assert notify(provider.logout_token()) == 200
        assert time.monotonic() - begun < ID_PORTEN_WAITS_SECONDS
        assert not LoginSession.objects.exists()
    assert not is_still_in(browser)


def test_a_notice_is_answered_in_time_while_the_providers_keys_come_slowly(
    browser: Browser, provider: Provider
) -> None:
    token = provider.logout_token()
    providerkeys.keys_at.cache_clear()
    provider.drips = True
    begun = time.monotonic()
    assert notify(token) == 400
    assert time.monotonic() - begun < ID_PORTEN_WAITS_SECONDS
