"""Login against a provider over real HTTP. One wrong claim is enough to refuse a login."""

import base64
import hashlib
import time

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from roles.access.sessionstore import names_of
from roles.actors import actor_of
from roles.audit.models import AuditEntry
from roles.models import Employee, Organisation
from roles.people.employees import deactivate_employee, name_as_given
from tests.roles import provider as providers
from tests.roles.provider import CLIENT_ID, KNOWN_AS, SUBJECT, Browser, Provider, refusals
from tests.roles.tenants import central_administrator

pytestmark = pytest.mark.django_db


def test_a_valid_login_creates_an_employee_without_any_role(browser: Browser, provider: Provider) -> None:
    assert browser.log_in() == 302
    employee = Employee.objects.get(issuer=provider.issuer, subject=KNOWN_AS)
    assert browser.is_logged_in
    assert (employee.display_name, employee.assignments.count()) == ("Ansatt Ansattsen", 0)


def test_the_request_carries_state_nonce_and_a_code_challenge_that_the_code_verifier_answers(
    browser: Browser, provider: Provider
) -> None:
    query = browser.begin()
    browser.come_back(query["state"])
    (sent,) = provider.token_requests
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    assert query["code_challenge_method"] == "S256"
    assert query["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert len(query["state"]) >= 32
    assert len(query["nonce"]) >= 32


NOW = int(time.time())
WRONG_CLAIMS = [
    ({"iss": "https://other.example"}, "invalid-token"),
    ({"iss": None}, "invalid-token"),
    ({"aud": "somebody-else"}, "invalid-token"),
    ({"aud": ["somebody-else"]}, "invalid-token"),
    ({"aud": None}, "invalid-token"),
    ({"aud": [CLIENT_ID, "somebody-else"]}, "authorized-party"),
    ({"aud": [CLIENT_ID, "somebody-else"], "azp": "somebody-else"}, "authorized-party"),
    ({"azp": "somebody-else"}, "authorized-party"),
    ({"exp": NOW - 3600}, "invalid-token"),
    ({"exp": None}, "invalid-token"),
    ({"iat": NOW + 3600, "exp": NOW + 7200}, "invalid-token"),
    ({"iat": NOW - 3600}, "too-old"),
    ({"iat": None}, "invalid-token"),
    ({"nbf": NOW + 3600}, "invalid-token"),
    ({"nonce": "the-nonce-of-another-login"}, "nonce"),
    ({"nonce": None}, "invalid-token"),
    ({"sub": None}, "invalid-token"),
    ({"sub": "another-subject"}, "subject-mismatch"),
    ({"sub": 17}, "invalid-token"),
]


@pytest.mark.parametrize(("claims", "reason"), WRONG_CLAIMS, ids=lambda value: str(value).replace(str(NOW), "now"))
def test_a_wrong_claim_keeps_everybody_out(
    browser: Browser, provider: Provider, claims: dict[str, object], reason: str
) -> None:
    provider.claims = claims
    assert browser.log_in() == 403
    assert not browser.is_logged_in
    assert refusals() == [reason]
    assert not Employee.objects.exists()


def test_several_audiences_are_well_when_the_token_was_issued_to_us(browser: Browser, provider: Provider) -> None:
    provider.claims = {"aud": [CLIENT_ID, "somebody-else"], "azp": CLIENT_ID}
    assert browser.log_in() == 302
    assert browser.is_logged_in


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("RS256", providers.STRANGERS_KEY), ("HS256", "the-clients-own-secret-of-32-bytes"), ("none", None)],
    ids=["another key", "symmetric", "unsigned"],
)
def test_a_token_that_the_providers_key_did_not_sign_is_refused(
    browser: Browser, provider: Provider, algorithm: str, key: object
) -> None:
    provider.algorithm, provider.key = algorithm, key
    assert browser.log_in() == 403
    assert refusals() == ["invalid-token"]


def test_a_key_that_the_provider_does_not_publish_is_refused(browser: Browser, provider: Provider) -> None:
    provider.key_id = "key-2"
    assert browser.log_in() == 403
    assert refusals() == ["invalid-token"]


@pytest.mark.parametrize("acr", [None, "idporten-loa-low"])
def test_a_lower_assurance_level_than_required_is_refused(
    browser: Browser, provider: Provider, settings: Settings, acr: str | None
) -> None:
    settings.OIDC_REQUIRED_ACR = ["idporten-loa-substantial", "idporten-loa-high"]
    provider.claims = {"acr": acr}
    assert browser.log_in() == 403
    assert refusals() == ["assurance-level"]


def test_the_required_assurance_level_is_asked_for_and_lets_in(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_REQUIRED_ACR = ["idporten-loa-substantial", "idporten-loa-high"]
    provider.claims = {"acr": "idporten-loa-high"}
    query = browser.begin()
    assert query["acr_values"] == "idporten-loa-substantial idporten-loa-high"
    assert browser.come_back(query["state"]) == 302


def test_userinfo_about_somebody_else_is_refused(browser: Browser, provider: Provider) -> None:
    provider.userinfo = {"sub": "another-subject", "name": "En Annen"}
    assert browser.log_in() == 403
    assert refusals() == ["subject-mismatch"]


def test_an_answer_to_a_login_that_this_browser_did_not_begin_is_refused(browser: Browser) -> None:
    browser.begin()
    assert browser.come_back("somebody-elses-state") == 403
    assert refusals() == ["state"]


def test_an_answer_can_be_used_once_only(browser: Browser, provider: Provider) -> None:
    state = browser.begin()["state"]
    assert browser.come_back(state) == 302
    browser.client.post("/logg-ut")
    assert browser.come_back(state) == 403
    assert refusals() == ["state"]
    assert len(provider.token_requests) == 1


def test_cancelling_at_the_provider_gives_a_page_that_says_so(browser: Browser) -> None:
    state = browser.begin()["state"]
    response = browser.client.get("/logg-inn/svar/", {"error": "access_denied", "state": state})
    assert response.status_code == 403
    assert "Innloggingen ble avbrutt" in response.content.decode()
    assert refusals() == ["cancelled"]


def test_a_provider_that_fails_gives_a_page_that_says_so(browser: Browser, provider: Provider) -> None:
    state = browser.begin()["state"]
    provider.status = 500
    response = browser.client.get("/logg-inn/svar/", {"code": "code-1", "state": state})
    assert response.status_code == 403
    assert "Innloggingstjenesten svarer ikke" in response.content.decode()
    assert refusals() == ["provider-unavailable"]


def test_the_same_subject_at_another_issuer_is_another_person(browser: Browser, provider: Provider) -> None:
    Employee.objects.create_employee(issuer="https://other.example", subject=KNOWN_AS, display_name="En Annen")
    browser.log_in()
    assert Employee.objects.filter(subject=KNOWN_AS).count() == 2


def test_a_deactivated_employee_is_refused_and_named_in_the_log(browser: Browser, provider: Provider) -> None:
    employee = Employee.objects.create_employee(issuer=provider.issuer, subject=KNOWN_AS, display_name="Sluttet")
    deactivate_employee(employee=employee, by=central_administrator())
    assert browser.log_in() == 403
    assert refusals() == ["deactivated"]
    assert not browser.is_logged_in


def test_an_employee_deactivated_while_logged_in_is_anonymous_at_the_next_request(browser: Browser) -> None:
    browser.log_in()
    deactivate_employee(employee=Employee.objects.get(subject=KNOWN_AS), by=central_administrator())
    assert browser.client.get("/rolle/").headers["Location"].startswith("/logg-inn/")


def test_the_session_key_changes_at_login_and_the_session_is_gone_after_logout(browser: Browser) -> None:
    state = browser.begin()["state"]
    before = browser.client.session.session_key
    browser.come_back(state)
    after = browser.client.session.session_key
    assert after != before
    browser.client.post("/logg-ut")
    assert not Session.objects.filter(session_key__in=names_of(after)).exists()


def test_a_link_does_not_log_anybody_out(browser: Browser) -> None:
    browser.log_in()
    assert "Vil du logge ut?" in browser.client.get("/logg-ut").content.decode()
    assert browser.is_logged_in


@pytest.mark.parametrize("sent", [{"error": "x"}, {"error": "x", "state": "s"}, {"code": "c", "state": "s"}, {}])
def test_a_link_to_the_answer_of_a_login_does_not_log_anybody_out_either(
    browser: Browser, sent: dict[str, str]
) -> None:
    browser.log_in()
    answer = browser.client.get("/logg-inn/svar/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert refusals() == []
    assert browser.is_logged_in


def test_login_and_logout_stand_in_the_chain_of_the_employees_organisation(
    browser: Browser, provider: Provider
) -> None:
    home = Organisation.objects.create(name="Havbris kommune", organisation_number="999999999", kind="KOMMUNE")
    Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt Ansattsen", organisation=home
    )
    browser.log_in()
    browser.client.post("/logg-ut")
    events = AuditEntry.objects.filter(chain=str(home.pk)).order_by("seq").values_list("event", flat=True)
    assert list(events) == ["login:session:opened", "login:session:closed"]


def test_the_pages_are_in_the_language_of_the_employees_organisation(browser: Browser, provider: Provider) -> None:
    home = Organisation.objects.create(
        name="Havbris kommune", organisation_number="999999999", kind="KOMMUNE", language="nn"
    )
    Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Tilsett", organisation=home
    )
    browser.log_in()
    assert browser.client.get("/rolle/").headers["Content-Language"] == "nn"


@pytest.mark.parametrize(("number", "place"), [("310000019", "Havbris kommune"), ("310000094", None), (None, None)])
def test_a_newcomer_is_placed_in_the_organisation_that_the_provider_names(
    browser: Browser, provider: Provider, settings: Settings, number: str | None, place: str | None
) -> None:
    Organisation.objects.create(name="Havbris kommune", organisation_number="310000019", kind="KOMMUNE")
    settings.OIDC_ORGANISATION_CLAIM = "orgno"
    provider.claims = {"orgno": number}
    browser.log_in()
    organisation = Employee.objects.get(subject=KNOWN_AS).organisation
    assert (organisation.name if organisation else None) == place


def test_an_employee_with_an_organisation_is_not_moved_by_the_provider(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    home, other = (
        Organisation.objects.create(name=name, organisation_number=number, kind="KOMMUNE")
        for name, number in (("Havbris kommune", "310000019"), ("Fjellro kommune", "310000027"))
    )
    employee = Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt", organisation=home
    )
    settings.OIDC_ORGANISATION_CLAIM = "orgno"
    provider.claims = {"orgno": other.organisation_number}
    browser.log_in()
    employee.refresh_from_db()
    assert employee.organisation == home


NUMBERS_FOR_NAMES = [
    "12818823817",
    "128188 23817",
    "Kari 128188-23817",
    "１２８１８８２３８１７",
    "1 2 8 1 8 8 2 3 8 1 7",
]


@pytest.mark.parametrize("name", NUMBERS_FOR_NAMES)
def test_a_name_that_looks_like_a_number_is_no_name(browser: Browser, provider: Provider, name: str) -> None:
    provider.userinfo = {"sub": SUBJECT, "name": name}
    browser.log_in()
    employee = Employee.objects.get()
    assert employee.display_name == f"Uten navn (kode {employee.code})"
    bodies = [entry.body for entry in AuditEntry.objects.all()]
    assert bodies
    assert not any("23817" in body or "[nummer]" in body for body in bodies)


@pytest.mark.parametrize("name", NUMBERS_FOR_NAMES)
def test_a_known_employee_keeps_their_name_when_the_provider_sends_a_number(
    browser: Browser, provider: Provider, name: str
) -> None:
    Employee.objects.create_employee(issuer=provider.issuer, subject=KNOWN_AS, display_name="Kari Nord")
    provider.userinfo = {"sub": SUBJECT, "name": name}
    browser.log_in()
    assert Employee.objects.get().display_name == "Kari Nord"


def test_a_number_stored_as_a_name_is_not_written_to_the_log() -> None:
    employee = Employee.objects.create_employee(issuer="https://x.example", subject="s", display_name="128188-23817")
    assert actor_of(employee).label == employee.code


@pytest.mark.parametrize(
    ("name", "kept"), [("Kari\u200b Nord\x00", "Kari Nord"), (["Kari"], ""), ("K" * 300, "K" * 200)]
)
def test_a_name_is_kept_as_it_is_seen(name: object, kept: str) -> None:
    assert name_as_given(name) == kept
