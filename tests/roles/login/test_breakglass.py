"""The break-glass account: it cannot be found until it is opened on the server, and it can only administer."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import identify_hasher
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from roles.access.administration import administers
from roles.audit.models import AuditEntry
from roles.login import breakglass
from roles.models import BreakGlassOpening, Employee
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db

PAGE, REASON = "/logg-inn/nodkonto/", "ID-porten svarer ikke. Kari Driftsvakt"


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def opened(*, minutes: int = 60) -> str:
    return breakglass.open_account(minutes=minutes, reason=REASON)


def logged_in(minutes: int = 60) -> Client:
    client = Client()
    assert client.post(PAGE, {"password": opened(minutes=minutes)}).headers["Location"] == "/admin/"
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def tried(password: str) -> tuple[int, str]:
    """The page's answer to a password, without the parts that differ between any two answers."""
    answer = Client().post(PAGE, {"password": password})
    return answer.status_code, re.sub(r'value="\w{64}"', "", answer.content.decode())


def log() -> list[tuple[str, dict[str, object]]]:
    entries = AuditEntry.objects.filter(chain="0").order_by("seq")
    return [(entry.event, entry.fields["details"]) for entry in entries]


def test_the_account_opened_on_the_server_gives_one_login_as_central_administrator() -> None:
    client, account = logged_in(), Employee.objects.get()
    assert is_in(client)
    assert administers(account).central
    assert not administers(account).may_look
    assert "Du bruker nødkontoen" in client.get("/admin/").content.decode()
    assert "Du bruker nødkontoen" in client.get("/hjelp/").content.decode()


def test_the_password_is_shown_once_and_kept_as_djangos_hash(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    out = StringIO()
    call_command("break_glass", "open", "--minutes", "5", "--reason", REASON, stdout=out)
    password = out.getvalue().strip().rpartition(" ")[2]
    kept = BreakGlassOpening.objects.get().password
    assert re.fullmatch(r"([a-z2-9]{6}-){3}[a-z2-9]{6}", password)
    assert identify_hasher(kept).algorithm == "pbkdf2_sha256"
    assert f"{settings.FIKSREG_BASE_URL}{PAGE}" in out.getvalue()
    assert password not in str(log())
    assert Client().post(PAGE, {"password": password}).status_code == 302


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--minutes", "0", "--reason", REASON], "1 to 240"),
        (["--minutes", "241", "--reason", REASON], "1 to 240"),
        (["--reason", "  "], "Say who"),
        (["--reason", "Kari 01810050050"], "no national identity number"),
        ([], "--reason"),
    ],
)
def test_the_account_is_not_opened_without_a_reason_or_for_too_long(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("break_glass", "open", *arguments)
    assert not Employee.objects.exists()


def answered(method: str, path: str) -> str:
    """The page without its path, reference and token, which differ between any two answers."""
    answer = getattr(Client(enforce_csrf_checks=True), method)(path, {"password": "x"})
    page = answer.content.decode().replace(path, "")
    return f"{answer.status_code} " + re.sub(r'reference>\w+<|value="\w{64}"', "", page)


@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_the_page_answers_as_an_unknown_address_unless_the_account_is_open(method: str) -> None:
    def is_unknown() -> bool:
        here, nowhere = answered(method, PAGE), answered(method, "/logg-inn/ingenting/")
        assert nowhere.startswith("404")
        return here == nowhere

    assert is_unknown()
    opened()
    assert is_unknown() is (method == "put")
    breakglass.close_account()
    assert is_unknown()
    opened()
    BreakGlassOpening.objects.update(ends_at=timezone.now())
    assert is_unknown()


def test_a_form_from_another_site_is_refused() -> None:
    password = opened()
    assert Client(enforce_csrf_checks=True).post(PAGE, {"password": password}).status_code == 403
    assert BreakGlassOpening.objects.get().attempts == 0


def test_a_password_works_once() -> None:
    password = opened()
    assert tried(password)[0] == 302
    assert tried(password) == tried("wrong")


def mistyped(password: str) -> str:
    return password[:-1] + ("a" if password[-1] != "a" else "b")


def test_wrong_passwords_from_anywhere_do_not_shut_out_the_right_one() -> None:
    password = opened()
    words = ["wrong", "x" * 120, password[1:], password[::-1], f"{password[:6]}-{'a' * 20}"]
    assert {tried(word)[0] for word in words * 9} == {403}
    assert BreakGlassOpening.objects.get().attempts == 0
    assert tried(password)[0] == 302


def test_after_five_tries_with_the_right_first_half_the_right_password_is_refused() -> None:
    password = opened()
    answers = {tried(mistyped(password)) for _attempt in range(breakglass.MOST_ATTEMPTS)}
    answers |= {tried(password), tried("wrong")}
    assert len(answers) == 1
    assert BreakGlassOpening.objects.get().used_at is None
    assert tried(opened())[0] == 302


def test_tries_at_the_same_time_are_counted_as_tries_after_each_other() -> None:
    wrong = mistyped(opened())

    def at_once(_: int) -> int:
        try:
            return tried(wrong)[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(at_once, range(24))) == {403}
    assert BreakGlassOpening.objects.get().attempts == breakglass.MOST_ATTEMPTS


def test_only_a_password_with_the_right_first_half_costs_the_slow_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned: list[str] = []
    check = breakglass.check_password
    monkeypatch.setattr(breakglass, "check_password", lambda *given: reckoned.append(given[0]) or check(*given))
    password = opened()
    sent = [password, password, *[mistyped(password)] * breakglass.MOST_ATTEMPTS, password]
    for each in ("wrong", *sent, "wrong"):
        tried(each)
    assert reckoned == sent


def test_wrong_passwords_are_logged_once_an_hour_and_each_one_with_the_right_first_half() -> None:
    password = opened()
    for word in [*["wrong"] * 9, mistyped(password), mistyped(password)]:
        tried(word)
    assert [event for event, _ in log()].count("login:session:refused") == 3


def test_a_password_is_taken_after_the_master_key_was_changed(settings: Settings) -> None:
    password = opened()
    settings.FIKSREG_MASTER_KEYS = [b"n" * 32, *settings.FIKSREG_MASTER_KEYS]
    assert tried(password)[0] == 302


def test_every_act_of_the_account_is_logged_in_the_installations_chain_with_the_reason() -> None:
    password = opened()
    tried("wrong")
    tried(password)
    breakglass.close_account()
    opening = {"opening": str(BreakGlassOpening.objects.get().pk), "reason": REASON}
    events, details = zip(*log(), strict=True)
    assert events == (
        "login:break-glass:opened",
        "login:session:refused",
        "login:session:opened",
        "login:break-glass:closed",
    )
    assert opening.items() <= details[0].items()
    assert details[1] == {"reason": "break-glass", "account": opening}
    assert details[2] == opening
    assert details[3] == {**opening, "why": "closed on the server", "sessions": 1, "attempts": 1}


def test_closing_the_account_ends_its_sessions_and_a_new_opening_does_not_restore_them() -> None:
    client, out = logged_in(), StringIO()
    call_command("break_glass", "close", stdout=out)
    assert not is_in(client)
    opened()
    assert not is_in(client)
    call_command("break_glass", "close", stdout=out)
    call_command("break_glass", "close", stdout=out)
    assert out.getvalue().split("\n")[:3] == ["Closed.", "Closed.", "It was not open."]
    assert not administers(Employee.objects.get()).anything


def test_a_new_opening_closes_the_earlier_one() -> None:
    client, first = logged_in(), opened()
    assert not is_in(client)
    opened()
    assert tried(first)[0] == 403
    assert BreakGlassOpening.objects.filter(closed_at=None).count() == 1


def test_the_session_ends_with_the_opening_and_the_clock_closes_the_opening() -> None:
    client = logged_in(minutes=5)
    assert client.get("/okt/").json()["seconds"] <= 300
    breakglass.close_lapsed()
    assert is_in(client)
    BreakGlassOpening.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)
    breakglass.close_lapsed()
    event, details = log()[-1]
    assert (event, details["why"]) == ("login:break-glass:closed", "its time was over")
    assert not administers(Employee.objects.get()).anything


@pytest.fixture(params=["Nord", "Sør"])
def house(request: pytest.FixtureRequest) -> Tenant:
    return [tenant(name) for name in ("Nord", "Sør")][request.param == "Sør"]


@pytest.mark.parametrize("path", ["/oppslag/", "/innbyggerlister/"])
def test_the_account_sees_no_person_in_any_organisation(house: Tenant, path: str) -> None:
    client = logged_in()
    answer = client.get(path, follow=True)
    assert answer.status_code == 403
    assert house.role.name not in answer.content.decode()


def test_no_other_employee_can_have_a_password_or_log_in_with_one(house: Tenant) -> None:
    house.administrator.set_password("et-passord")
    with pytest.raises(IntegrityError, match="employee_without_password"), transaction.atomic():
        house.administrator.save()
    for account in (house.administrator, house.caseworker):
        for names in ({"username": str(account.pk)}, {"id": str(account.pk)}, {}):
            assert authenticate(password="et-passord", **names) is None
    for path in ("/logg-inn/", "/admin/login/", PAGE):
        client = Client()
        client.post(path, {"username": str(house.administrator.pk), "password": "et-passord"})
        assert "_auth_user_id" not in client.session


def test_sessions_of_employees_and_of_the_account_are_never_mistaken_for_each_other(house: Tenant) -> None:
    opened()
    account = Employee.objects.get(issuer="local")
    for employee, backend in ((house.administrator, "breakglass.BreakGlassBackend"), (account, "backends.OidcBackend")):
        client = Client()
        client.force_login(employee, backend=f"roles.{backend}")
        assert not is_in(client)
