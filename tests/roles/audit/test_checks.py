"""The runtime role can append to the log and read it. With any further right no process starts."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import ProgrammingError, connections

from fiksreg.embedded.databases import OWNER, WEB
from roles.audit import append
from roles.audit.checks import RULES, assert_append_only
from roles.audit.models import AuditEntry
from roles.audit.verification import verify
from tests.roles.audit.acts import lookup
from tests.services import EVERYBODY, Services, process_environment

pytestmark = pytest.mark.django_db
Superuser = psycopg.Connection[tuple[object, ...]]
TABLES = ("audit_entry", "audit_subject", "audit_head", "audit_checkpoint")


def attempt(statement: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET seq = 1", "DELETE FROM {}", "TRUNCATE {}", "INSERT INTO {} SELECT * FROM {}", "DROP TABLE {}"],
)
def test_the_runtime_role_cannot_write_past_the_door(busy: UUID, table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError):
        attempt(statement.replace("{}", table))
    assert verify().ok


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_unchanged ON audit_entry",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE FUNCTION public.sha256(text) RETURNS bytea LANGUAGE sql AS 'SELECT NULL::bytea'",
        "SET ROLE fiksreg_owner",
    ],
)
def test_the_runtime_role_cannot_take_the_guards_away(busy: UUID, statement: str) -> None:
    with pytest.raises(ProgrammingError):
        attempt(statement)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET chain = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_even_the_owner_is_held_to_appending(
    running: Services, superuser: Superuser, busy: UUID, table: str, statement: str
) -> None:
    superuser.execute("INSERT INTO audit_checkpoint VALUES ('0', 1, '{}', '')")
    with (
        closing(running.postgres.connect(OWNER, "fiksreg")) as owner,
        pytest.raises(psycopg.Error, match="append-only"),
    ):
        owner.execute(statement.replace("{}", table).encode())


def test_the_head_can_only_move_one_entry_on(running: Services, busy: UUID) -> None:
    with (
        closing(running.postgres.connect(OWNER, "fiksreg")) as owner,
        pytest.raises(psycopg.Error, match="append-only"),
    ):
        owner.execute("UPDATE audit_head SET seq = seq + 2")


def test_a_process_that_can_only_append_may_start(db: None) -> None:
    assert_append_only()
    call_command("check", databases=["default", "audit"])


@contextmanager
def altered(superuser: Superuser, do: str, undo: str) -> Iterator[None]:
    superuser.execute(do.encode())
    try:
        yield
    finally:
        superuser.execute(undo.encode())


EXCESSES = [
    (
        "audit.E001",
        "ALTER FUNCTION audit_append SECURITY INVOKER",
        "ALTER FUNCTION audit_append SECURITY DEFINER",
    ),
    ("audit.E002", "ALTER ROLE {0} SUPERUSER", "ALTER ROLE {0} NOSUPERUSER"),
    ("audit.E002", "ALTER ROLE {0} CREATEROLE", "ALTER ROLE {0} NOCREATEROLE"),
    ("audit.E002", "GRANT pg_write_all_data TO {0}", "REVOKE pg_write_all_data FROM {0}"),
    ("audit.E003", "GRANT {1} TO {0}", "REVOKE {1} FROM {0}"),
    ("audit.E004", "GRANT INSERT ON audit_entry TO {0}", "REVOKE INSERT ON audit_entry FROM {0}"),
    ("audit.E004", "GRANT UPDATE (body) ON audit_entry TO {0}", "REVOKE UPDATE (body) ON audit_entry FROM {0}"),
    ("audit.E004", "GRANT TRUNCATE ON audit_subject TO PUBLIC", "REVOKE TRUNCATE ON audit_subject FROM PUBLIC"),
    ("audit.E005", "GRANT CREATE ON SCHEMA public TO {0}", "REVOKE CREATE ON SCHEMA public FROM {0}"),
    (
        "audit.E006",
        "ALTER TABLE audit_head DISABLE TRIGGER audit_head_unchanged",
        "ALTER TABLE audit_head ENABLE TRIGGER audit_head_unchanged",
    ),
]


@pytest.mark.parametrize(("rule", "do", "undo"), EXCESSES)
def test_a_process_that_could_do_more_does_not_start(superuser: Superuser, rule: str, do: str, undo: str) -> None:
    with altered(superuser, do.format(EVERYBODY, OWNER), undo.format(EVERYBODY, OWNER)):
        with pytest.raises(ImproperlyConfigured, match=f"{rule}: {RULES[rule][:20]}"):
            assert_append_only()
        with pytest.raises(SystemCheckError, match=rule):
            call_command("check", databases=["default"])
    assert_append_only()


def run(running: Services, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command],
        env={**process_environment(running), **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("-c", "import fiksreg.wsgi"),
        ("-m", "celery", "--app", "fiksreg", "worker", "--pool", "solo"),
        ("manage.py", "clock"),
    ],
    ids=["web", "worker", "clock"],
)
def test_a_process_that_owns_the_log_does_not_start(running: Services, db: None, command: tuple[str, ...]) -> None:
    process = run(running, *command, DATABASE_URL=running.postgres.url(OWNER))
    assert process.returncode == 1
    assert "audit.E003" in process.stderr


def test_the_next_migration_takes_back_what_was_granted_by_hand(
    running: Services, superuser: Superuser, organisation: UUID
) -> None:
    superuser.execute(f"GRANT ALL ON audit_entry TO {WEB}".encode())
    assert run(running, "manage.py", "migrate", "--database", "owner").returncode == 0
    assert_append_only()
    append(lookup(organisation), on="audit")
    assert AuditEntry.objects.of_organisation(organisation).count() == 1
