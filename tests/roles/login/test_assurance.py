"""The level and age of an authentication, and the claim by which ID-porten, Ansattporten and Entra ID name a person."""

import time

import pytest
from pytest_django import Settings

from roles.audit.models import AuditEntry
from roles.login.profiles import PROFILES
from roles.login.subjecthashes import names_of_word
from roles.models import Employee, Group, Organisation
from tests.roles.provider import SUBJECT, Browser, Provider, refusals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("amr", "is_let_in"),
    [(["pwd", "mfa"], True), ("BankID", True), (["pwd"], False), ([], False), (None, False), ("", False)],
)
def test_one_of_the_required_methods_must_have_been_used(
    browser: Browser, provider: Provider, settings: Settings, amr: object, is_let_in: bool
) -> None:
    settings.OIDC_REQUIRED_AMR = ["mfa", "BankID"]
    provider.claims = {"amr": amr}
    assert browser.log_in() == (302 if is_let_in else 403)
    assert refusals() == ([] if is_let_in else ["assurance-level"])


@pytest.mark.parametrize(
    ("seconds_ago", "is_let_in"),
    [(0, True), (500, True), (900, False), (-900, False), (None, False), ("now", False), (True, False)],
    ids=["now", "before", "long ago", "not yet", "unsaid", "in words", "nonsense"],
)
def test_an_authentication_too_long_ago_is_refused_however_new_the_token(
    browser: Browser, provider: Provider, settings: Settings, seconds_ago: object, is_let_in: bool
) -> None:
    settings.OIDC_MAX_AUTHENTICATION_AGE_SECONDS = 600
    is_time = isinstance(seconds_ago, int) and not isinstance(seconds_ago, bool)
    provider.claims = {"auth_time": int(time.time()) - seconds_ago if is_time else seconds_ago}
    query = browser.begin()
    assert query["max_age"] == "600"
    assert browser.come_back(query["state"]) == (302 if is_let_in else 403)
    assert refusals() == ([] if is_let_in else ["authenticated-long-ago"])


def test_level_and_method_are_not_checked_where_none_is_required(browser: Browser) -> None:
    assert {"acr_values", "max_age"}.isdisjoint(browser.begin())


PID = "01810050050"


def test_a_national_number_is_kept_as_a_keyed_hash_and_shown_nowhere(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_LOGIN_PROFILE = PROFILES["id-porten"]
    provider.claims, provider.userinfo = {"pid": PID}, {"sub": SUBJECT, "pid": PID}
    browser.log_in()
    employee = Employee.objects.get()
    assert PID not in f"{employee.subject} {employee.display_name}"
    assert employee.display_name == f"Uten navn (kode {employee.code})"
    page = browser.client.get("/ingen-rolle/").content.decode()
    assert employee.display_name in page
    assert PID not in page
    assert PID not in str([entry.fields for entry in AuditEntry.objects.all()])


def test_an_employee_with_a_new_subject_is_recognised_by_their_number(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_LOGIN_PROFILE = PROFILES["ansattporten"]
    for subject, number in (("subject-1", PID), ("subject-2", PID), ("subject-3", "03851598730")):
        provider.claims = {"pid": number, "sub": subject}
        provider.userinfo = {"sub": subject}
        browser.client.post("/logg-ut")
        assert browser.log_in() == 302
    assert Employee.objects.count() == 2


def test_a_number_hashed_by_an_older_key_is_found_and_hashed_anew(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_LOGIN_PROFILE, provider.claims = PROFILES["id-porten"], {"pid": PID}
    browser.log_in()
    before = Employee.objects.get().subject
    settings.FIKSREG_MASTER_KEYS = [bytes(range(32)), *settings.FIKSREG_MASTER_KEYS]
    browser.client.post("/logg-ut")
    browser.log_in()
    after = Employee.objects.get().subject
    assert after != before
    settings.FIKSREG_MASTER_KEYS = settings.FIKSREG_MASTER_KEYS[:1]
    browser.client.post("/logg-ut")
    browser.log_in()
    assert Employee.objects.get().subject == after


@pytest.mark.parametrize("profile", ["id-porten", "ansattporten", "entra"])
@pytest.mark.parametrize("said", [None, "", 17])
def test_a_token_without_the_subject_claim_of_the_profile_is_refused(
    browser: Browser, provider: Provider, settings: Settings, profile: str, said: object
) -> None:
    settings.OIDC_LOGIN_PROFILE = PROFILES[profile]
    provider.claims = {PROFILES[profile].subject_claim: said}
    assert browser.log_in() == 403
    assert refusals() == ["invalid-token"]
    assert not Employee.objects.exists()


def test_in_entra_people_are_known_by_object_id_and_groups_there_give_nothing(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_LOGIN_PROFILE = PROFILES["entra"]
    organisation = Organisation.objects.create(name="Havbris", organisation_number="310000019", kind="KOMMUNE")
    group = Group.objects.create(organisation=organisation, name="Saksbehandlere")
    provider.claims = {"oid": "object-1", "groups": [str(group.pk), group.name], "roles": [group.name]}
    browser.log_in()
    employee, known_as = Employee.objects.get(), names_of_word("object-1")[0]
    assert (employee.subject, employee.role_groups.count(), employee.assignments.count()) == (known_as, 0, 0)


def test_an_employee_known_by_a_number_is_logged_out_by_the_providers_own_subject(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_LOGIN_PROFILE, provider.claims = PROFILES["id-porten"], {"pid": PID}
    browser.log_in()
    browser.client.post("/logg-ut/varsel/", {"logout_token": provider.logout_token()})
    assert not browser.is_logged_in


def test_a_newcomer_gets_a_page_and_no_role(browser: Browser) -> None:
    browser.log_in()
    answer = browser.client.get("/oppslag/", follow=True)
    assert answer.status_code == 403
    assert "Du har ingen rolle" in answer.content.decode()
    assert "data-element" not in answer.content.decode()
