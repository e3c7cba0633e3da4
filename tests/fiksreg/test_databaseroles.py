"""Each process has a database role with the rights it needs, and does not start with the role of another process."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from fiksreg import databaseroles
from fiksreg.demo.procfile import ROOT, command_lines
from fiksreg.embedded.databases import CLOCK, OWNER, PROCESSES, SUPERUSER, WEB, WORKER
from fiksreg.processes import Process, rights_on
from tests.services import EVERYBODY, Services, process_environment

pytestmark = pytest.mark.django_db
Connection = psycopg.Connection[tuple[object, ...]]
ROLES = dict(zip(Process, PROCESSES, strict=True))
ATTEMPTS = {
    "r": "EXPLAIN SELECT * FROM {}",
    "i": "EXPLAIN INSERT INTO {} DEFAULT VALUES",
    "u": "EXPLAIN UPDATE {} SET {} = NULL",
    "d": "EXPLAIN DELETE FROM {}",
    "t": "TRUNCATE {}",
}


@pytest.fixture
def granted(running: Services) -> Iterator[Callable[[], None]]:
    """Grants as a migration does; once more when the test has ended."""
    with running.postgres.connect(OWNER, "fiksreg") as owner:
        yield lambda: databaseroles.grant(owner)
        databaseroles.grant(owner)


@pytest.fixture
def superuser(running: Services) -> Iterator[Connection]:
    with running.postgres.connect(SUPERUSER, "fiksreg") as connection:
        yield connection


def may(connection: Connection, statement: sql.Composed) -> bool:
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.Error:  # the role was let through, and the statement was odd
        return True
    return True


def columns_of(superuser: Connection) -> dict[str, str]:
    """A column that may be set, of every table there is."""
    rows = superuser.execute("""
        SELECT relname::text, min(attname::text) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND attnum > 0 AND attgenerated = '' AND NOT attisdropped
        GROUP BY relname
    """)
    return {str(table): str(column) for table, column in rows}


@pytest.mark.parametrize("process", Process)
def test_each_role_may_do_with_each_table_what_stands_in_the_table_and_nothing_else(
    running: Services, superuser: Connection, process: Process
) -> None:
    wrong = []
    with running.postgres.connect(ROLES[process], "fiksreg") as connection:
        for table, column in columns_of(superuser).items():
            for verb, attempt in ATTEMPTS.items():
                statement = sql.SQL(attempt).format(sql.Identifier(table), sql.Identifier(column))
                if may(connection, statement) != (verb in rights_on(table, process)):
                    wrong.append((table, verb))
    assert wrong == []


#: What must hold whatever stands in the table of rights.
NEVER = [
    (WORKER, "INSERT INTO roles_roleassignment DEFAULT VALUES"),
    (WORKER, "UPDATE roles_role SET name = ''"),
    (WORKER, "UPDATE roles_employee SET is_active = true"),
    (WORKER, "UPDATE roles_legalbasis SET section = ''"),
    (WORKER, "DELETE FROM roles_organisation"),
    (WORKER, "SELECT FROM django_session"),
    (WORKER, "SELECT FROM roles_loginsession"),
    (WORKER, "SELECT FROM roles_breakglassopening"),
    (WORKER, "UPDATE roles_integration SET password_digest = ''"),
    (WORKER, "SELECT FROM lookup_personreference"),
    (WORKER, "SELECT FROM audit_entry"),
    (CLOCK, "UPDATE roles_role SET name = ''"),
    (CLOCK, "INSERT INTO roles_employee DEFAULT VALUES"),
    (CLOCK, "INSERT INTO roles_roleassignment DEFAULT VALUES"),
    (CLOCK, "INSERT INTO roles_administratorship DEFAULT VALUES"),
    (CLOCK, "INSERT INTO citizenlists_citizenlist DEFAULT VALUES"),
    (CLOCK, "INSERT INTO citizenlists_checkpoint DEFAULT VALUES"),
    (WEB, "INSERT INTO citizenlists_checkpoint DEFAULT VALUES"),
    (WEB, "DELETE FROM citizenlists_citizenlist"),
    (WEB, "UPDATE fiksreg_leadership SET beat = 1"),
    (WEB, "SELECT audit_keep_checkpoint('0', 1, '{}', 'x')"),
    (WORKER, "SELECT audit_keep_checkpoint('0', 1, '{}', 'x')"),
    *((role, "UPDATE audit_head SET seq = 0") for role in PROCESSES),
    *((role, "INSERT INTO audit_checkpoint VALUES ('0', 1, '{}', 'x')") for role in PROCESSES),
    *((role, "UPDATE django_migrations SET name = 'x'") for role in PROCESSES),
    *((role, "SET ROLE fiksreg_owner") for role in PROCESSES),
    (WEB, "SET ROLE fiksreg_clock"),
    (WORKER, "SET ROLE fiksreg_web"),
]


@pytest.mark.parametrize(("role", "statement"), NEVER)
def test_what_a_role_must_never_do_is_refused(running: Services, role: str, statement: str) -> None:
    with (
        running.postgres.connect(role, "fiksreg") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


@pytest.mark.parametrize("process", Process)
@pytest.mark.parametrize("role", [*PROCESSES, EVERYBODY])
def test_a_process_starts_as_its_own_role_alone(running: Services, process: Process, role: str) -> None:
    with acting_as(role):
        assert (list(databaseroles._wrong(process)) == []) == (role == ROLES[process])


EXCESSES = [
    (WORKER, "UPDATE ON roles_role", "may UPDATE on roles_role"),
    (WORKER, "UPDATE (name) ON roles_role", "may UPDATE on roles_role"),
    (WORKER, "SELECT (session_key) ON django_session", "may SELECT on django_session"),
    (CLOCK, "INSERT ON roles_roleassignment", "may INSERT on roles_roleassignment"),
    (WEB, "INSERT ON citizenlists_checkpoint", "may INSERT on citizenlists_checkpoint"),
    (WEB, "TRUNCATE ON roles_role", "may more on roles_role"),
    (WEB, "TRIGGER ON roles_role", "may more on roles_role"),
    (WEB, "EXECUTE ON FUNCTION audit_keep_checkpoint", "may call audit_keep_checkpoint"),
    (WEB, "UPDATE ON fiksreg_leadership", "may UPDATE on fiksreg_leadership"),
]


@pytest.mark.parametrize(("role", "right", "said"), EXCESSES)
def test_a_process_whose_role_was_given_more_does_not_start_until_the_next_migration(
    superuser: Connection, granted: Callable[[], None], role: str, right: str, said: str
) -> None:
    process = next(each for each, name in ROLES.items() if name == role)
    superuser.execute(f"GRANT {right} TO {role}".encode())
    with acting_as(role):
        assert said in list(databaseroles._wrong(process))
    granted()
    with acting_as(role):
        assert list(databaseroles._wrong(process)) == []


@pytest.mark.usefixtures("granted")
def test_a_process_whose_role_was_given_less_does_not_start(superuser: Connection) -> None:
    superuser.execute(f"REVOKE INSERT ON citizenlists_checkpoint FROM {WORKER}".encode())
    superuser.execute(f"REVOKE EXECUTE ON FUNCTION audit_keep_checkpoint FROM {CLOCK}".encode())
    with acting_as(WORKER):
        assert list(databaseroles._wrong(Process.WORKER)) == ["may not INSERT on citizenlists_checkpoint"]
    with acting_as(CLOCK):
        assert list(databaseroles._wrong(Process.CLOCK)) == ["may not call audit_keep_checkpoint"]


def test_a_migration_takes_the_keeping_of_checkpoints_from_every_role_but_the_clocks(
    superuser: Connection, granted: Callable[[], None]
) -> None:
    superuser.execute("CREATE ROLE former_runtime")
    try:
        superuser.execute("GRANT EXECUTE ON FUNCTION audit_keep_checkpoint TO former_runtime, PUBLIC")
        superuser.execute("ALTER DEFAULT PRIVILEGES FOR ROLE fiksreg_owner GRANT ALL ON TABLES TO former_runtime")
        granted()
        question = "SELECT has_function_privilege('former_runtime', %s::regproc, 'EXECUTE')"
        assert superuser.execute(question, ["audit_keep_checkpoint"]).fetchone() == (False,)
    finally:
        superuser.execute("DROP OWNED BY former_runtime")
        superuser.execute("DROP ROLE former_runtime")


def test_a_table_of_a_later_release_is_not_judged(superuser: Connection) -> None:
    superuser.execute("CREATE TABLE of_a_later_release (it int)")
    superuser.execute(f"GRANT ALL ON of_a_later_release TO {WORKER}".encode())
    try:
        with acting_as(WORKER):
            assert list(databaseroles._wrong(Process.WORKER)) == []
    finally:
        superuser.execute("DROP TABLE of_a_later_release")


def test_nothing_is_migrated_where_a_role_is_missing(running: Services) -> None:
    ended = run(running, sys.executable, "manage.py", "migrate", "--database", "owner", DATABASE_CLOCK_ROLE="nobody")
    assert ended.returncode != 0
    assert "The database has no role nobody." in ended.stderr


@pytest.mark.parametrize("process", Process)
def test_the_process_says_why_it_does_not_start_as_another_ones_role(running: Services, process: Process) -> None:
    other = PROCESSES[(list(Process).index(process) + 1) % 3]
    command = {"web": ("python", "-c", "import fiksreg.wsgi")}.get(process, command_lines()[process])
    ended = run(running, *command, DATABASE_URL=running.postgres.url(other))
    assert ended.returncode != 0
    assert f"database.E001: The database role of this process is not the {process}'s" in ended.stderr


def run(running: Services, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        env={**process_environment(running), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
