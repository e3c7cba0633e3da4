"""Sessions, logins and subjects: a reader of the tables cannot log in with them; a change of master keys ends none."""

import secrets

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql
from pytest_django import Settings

from roles.access.requestdata import ProviderLogin
from roles.access.sessionstore import SessionStore, name_of, names_of
from roles.login.subjecthashes import names_of_word
from roles.models import Employee, LoginSession
from roles.people import opensessions
from tests.roles.provider import KNOWN_AS, SUBJECT, Browser, Provider
from tests.roles.tenants import tenant

pytestmark = pytest.mark.django_db

NEW = secrets.token_bytes(32)


def rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT t.*::text FROM {} t").format(sql.Identifier(table)))
        return str(cursor.fetchall())


def test_the_tables_hold_neither_the_cookie_nor_the_providers_ids(browser: Browser, provider: Provider) -> None:
    provider.claims = {"sid": "session-at-the-provider"}
    browser.log_in()
    key = str(browser.client.session.session_key)
    for table in ("django_session", "roles_loginsession", "roles_employee"):
        assert not [secret for secret in (key, SUBJECT, "session-at-the-provider") if secret in rows(table)], table
    assert Employee.objects.get().subject == KNOWN_AS
    assert LoginSession.objects.get().session_key == Session.objects.get().session_key == name_of(key)


def test_a_row_name_from_the_table_is_no_valid_cookie(client: Client) -> None:
    client.force_login(tenant("Nord").administrator)
    assert client.get("/admin/").status_code == 200
    thief = Client()
    thief.cookies["fiksreg-session"] = Session.objects.get().session_key
    assert thief.get("/rolle/").headers["Location"].startswith("/logg-inn/")


def test_a_session_is_made_found_changed_renamed_and_deleted_by_its_key_alone() -> None:
    store = SessionStore()
    store["a"] = 1
    store.save()
    first = str(store.session_key)
    again = SessionStore(first)
    assert (again["a"], again.exists(first)) == (1, True)
    again["a"] = 2
    again.cycle_key()
    assert SessionStore(first).get("a") is None
    assert SessionStore(again.session_key)["a"] == 2
    again.delete()
    assert not Session.objects.exists()


def test_nobody_is_logged_out_while_master_keys_are_changed(client: Client, settings: Settings) -> None:
    old = settings.FIKSREG_MASTER_KEYS[0]
    client.force_login(tenant("Nord").administrator)
    for keys in ([old, NEW], [NEW, old], [old, NEW], [NEW, old]):  # processes change at different times
        settings.FIKSREG_MASTER_KEYS = keys
        assert client.get("/admin/").status_code == 200
        session = client.session
        session["seen_at"] = session["seen_at"] - 1
        session.save()
    assert Session.objects.count() == 1
    client.post(reverse("logout"))
    assert not Session.objects.exists()


def test_a_session_of_a_key_that_is_gone_is_over(client: Client, settings: Settings) -> None:
    client.force_login(tenant("Nord").administrator)
    settings.FIKSREG_MASTER_KEYS = [NEW]
    assert client.get("/rolle/").status_code == 302


def test_the_provider_ends_a_session_that_was_opened_before_master_keys_were_changed(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    provider.claims = {"sid": "s1"}
    browser.log_in()
    settings.FIKSREG_MASTER_KEYS = [NEW, *settings.FIKSREG_MASTER_KEYS]
    for login, count in ((ProviderLogin("other", "s1"), 0), (ProviderLogin("", "s2"), 0), (ProviderLogin("", "s1"), 1)):
        assert opensessions.sessions_of_login(issuer=provider.issuer, login=login).count() == count
    assert opensessions.end(LoginSession.objects.all()) == 1
    assert not browser.is_logged_in


def test_an_employee_is_recognised_at_login_after_a_change_of_master_keys(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    browser.log_in()
    settings.FIKSREG_MASTER_KEYS = [NEW, *settings.FIKSREG_MASTER_KEYS]
    Browser(Client(), provider).log_in()
    assert Employee.objects.get().subject == names_of_word(SUBJECT)[0] != KNOWN_AS


def test_two_keys_never_share_a_name() -> None:
    assert names_of(None) == names_of("") == ()
    assert len({name_of(secrets.token_hex(16)) for _each in range(100)}) == 100
    assert all(len(name) == 40 for name in names_of("a" * 32))


def test_no_session_is_stored_by_djangos_async_methods_which_would_store_the_key_itself() -> None:
    store = SessionStore()
    store["a"] = 1
    with pytest.raises(NotImplementedError):
        async_to_sync(store.asave)(must_create=True)
    assert not Session.objects.exists()
