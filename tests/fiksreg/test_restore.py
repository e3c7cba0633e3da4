"""Backup and restore as docs/operations.md has it, with PostgreSQL's own programs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from pytest_django import Settings

from fiksreg.demo import secrets
from fiksreg.demo.procfile import ROOT
from fiksreg.embedded import Child, Postgres, PostgresPasswords, Program
from fiksreg.embedded.databases import CLOCK, OWNER, SUPERUSER, WEB, WORKER
from fiksreg.embedded.folders import postgres_programs, server_account
from roles.audit import append
from roles.audit.checkpoints import sign_due
from tests.roles.audit.acts import batch, lookup, numbers
from tests.roles.audit.signingkeys import new_keys
from tests.services import Services, process_environment
from tests.waiting import until

pytestmark = pytest.mark.django_db
HERE = UUID("11111111-1111-4111-8111-111111111111")
THERE = UUID("22222222-2222-4222-8222-222222222222")
PASSWORDS = PostgresPasswords.from_secrets(secrets.make_up())
BEGIN = """
import django, sys
django.setup()
from fiksreg.databaseroles import begin
from fiksreg.processes import Process
begin(Process(sys.argv[1]))
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """A database server, and commands of ours run on it."""

    running: Services
    postgres: Postgres
    checkpoints: Path
    public_key: str

    def run(self, *command: str, role: str = WEB, **environment: str) -> "subprocess.CompletedProcess[str]":
        told = {
            "DATABASE_URL": self.postgres.url(role),
            "DATABASE_OWNER_URL": self.postgres.url(OWNER),
            "FIKSREG_CHECKPOINT_PUBLIC_KEYS": self.public_key,
            "FIKSREG_CHECKPOINT_FILE": str(self.checkpoints),
        }
        return subprocess.run(
            [sys.executable, *command],
            env={**process_environment(self.running), **told, **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def migrate(self) -> None:
        assert self.run("manage.py", "migrate", "--database", "owner", "-v0").returncode == 0

    def verified(self, **environment: str) -> dict[str, object]:
        verdict: dict[str, object] = json.loads(self.run("manage.py", "verify_audit", "--json", **environment).stdout)
        return verdict

    def count(self) -> int:
        with self.postgres.connect(SUPERUSER, "fiksreg") as connection:
            (count,) = connection.execute("SELECT count(*) FROM audit_entry").fetchone() or (0,)
        return int(str(count))


@pytest.fixture
def shipped(settings: Settings, tmp_path: Path) -> Path:
    """This process is the clock."""
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public]
    settings.FIKSREG_CHECKPOINT_FILE = str(tmp_path / "checkpoints.jsonl")
    return tmp_path / "checkpoints.jsonl"


@pytest.fixture
def before(running: Services, shipped: Path, settings: Settings) -> Installation:
    """What is backed up: six entries of one organisation and one of another, signed."""
    for number in numbers(5):
        append(lookup(HERE, number), on="audit")
    batch(HERE, numbers(3))
    append(lookup(THERE), on="audit")
    sign_due()
    return Installation(running, running.postgres, shipped, settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS[0])


@pytest.fixture
def new_host(open_folder: Path, before: Installation) -> Iterator[Installation]:
    """Another server with the roles and an empty database, as the first steps of the restore leave it."""
    postgres = Postgres(open_folder / "postgres", PASSWORDS, log=open_folder / "postgres.log", durable=False)
    child = postgres.start()
    postgres.create_database()
    yield Installation(before.running, postgres, before.checkpoints, before.public_key)
    child.kill()
    shutil.rmtree(postgres.place, ignore_errors=True)


def program(name: str, *arguments: str, server: Postgres, role: str) -> None:
    """One of PostgreSQL's own."""
    url = server.url(role)
    subprocess.run([postgres_programs() / name, *arguments, f"--dbname={url}"], check=True, timeout=60)


def dump(server: Postgres, file: Path) -> None:
    ours = [f"--exclude-schema={schema}" for schema in ("pristine", "demo", "catalogue")]  # the tests' own
    program("pg_dump", "--format=custom", *ours, f"--file={file}", server=server, role=OWNER)


def restore(server: Postgres, file: Path) -> None:
    options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    program("pg_restore", *options, str(file), server=server, role=OWNER)


def test_a_dump_restored_on_a_new_host_is_whole_and_every_process_starts(
    before: Installation, new_host: Installation, tmp_path: Path
) -> None:
    dump(before.postgres, tmp_path / "dump")
    restore(new_host.postgres, tmp_path / "dump")
    assert new_host.run("-c", BEGIN, "web").returncode != 0, "nothing is granted by the restore itself"
    new_host.migrate()
    for process, role in (("web", WEB), ("worker", WORKER), ("clock", CLOCK)):
        started = new_host.run("-c", BEGIN, process, role=role)
        assert started.returncode == 0, started.stderr
    assert new_host.verified()["ok"] is True
    assert new_host.count() == 7
    with new_host.postgres.connect(OWNER, "fiksreg") as owner, pytest.raises(psycopg.Error, match="append-only"):
        owner.execute("DELETE FROM audit_entry")


def test_a_restore_that_opens_the_log_to_a_process_is_found_and_mended_by_the_next_migration(
    before: Installation, new_host: Installation, tmp_path: Path
) -> None:
    """As default privileges of an older installation do."""
    with new_host.postgres.connect(OWNER, "fiksreg") as owner:
        owner.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {WEB}".encode())
    dump(before.postgres, tmp_path / "dump")
    restore(new_host.postgres, tmp_path / "dump")
    assert "audit.E004" in new_host.run("-c", BEGIN, "web").stderr
    new_host.migrate()
    assert new_host.run("-c", BEGIN, "web").returncode == 0


def test_entries_after_the_dump_are_missed_and_their_loss_can_be_accepted(
    before: Installation, new_host: Installation, tmp_path: Path
) -> None:
    dump(before.postgres, tmp_path / "dump")
    for _ in range(1000):
        append(lookup(HERE), on="audit")
    sign_due()
    restore(new_host.postgres, tmp_path / "dump")
    new_host.migrate()
    verdict = new_host.verified()
    assert (verdict["organisation"], verdict["seq"], verdict["reason"]) == (str(HERE), 7, "tail-cut")
    accepted = new_host.run(
        "manage.py", "accept_restore", "--reason", "Dump of the night. Kari", "--to", str(tmp_path / "new.jsonl")
    )
    assert f"Lost: chain {HERE}, entries 7 to 1006 at least" in accepted.stdout
    assert new_host.verified()["ok"] is False, "the old file goes on saying so"
    assert new_host.verified(FIKSREG_CHECKPOINT_FILE=str(tmp_path / "new.jsonl"))["ok"] is True
    with new_host.postgres.connect(WEB, "fiksreg") as web:
        (body,) = web.execute("SELECT body FROM audit_entry WHERE event = 'log:restore:accepted'").fetchone() or ("",)
    assert json.loads(str(body))["details"]["lost"] == {str(HERE): {"first": 7, "last": 1006}}


def test_a_restore_is_no_excuse_for_anything_but_a_lost_end(before: Installation, tmp_path: Path) -> None:
    new = tmp_path / "new.jsonl"
    accept = ("manage.py", "accept_restore", "--reason", "Kari", "--to", str(new))
    assert "holds everything that was shipped" in before.run(*accept).stderr
    with before.postgres.connect(SUPERUSER, "fiksreg") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE audit_entry SET recorded_us = 1 WHERE chain = %s AND seq = 2", [str(HERE)])
    assert "entry-altered" in before.run(*accept).stderr
    assert not new.exists()


def test_a_base_backup_and_the_archived_log_bring_back_what_was_committed_after_it(
    before: Installation, new_host: Installation, open_folder: Path, tmp_path: Path
) -> None:
    server, archive, base = new_host.postgres, folder_of_the_server(open_folder / "archive"), open_folder / "base"
    dump(before.postgres, tmp_path / "dump")
    restore(server, tmp_path / "dump")
    with server.connect(SUPERUSER, "postgres") as superuser:
        superuser.execute("ALTER SYSTEM SET archive_mode = on")
        superuser.execute(f"ALTER SYSTEM SET archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'".encode())
    child = server.start_again()
    copy = Postgres(open_folder / "restored", PASSWORDS, log=tmp_path / "log")
    base_backup(server, base, tmp_path / "base.log")
    with server.connect(SUPERUSER, "fiksreg") as after:
        call = "SELECT audit_append(%s, body, '{}', '{}', '{}', '{}') FROM audit_entry WHERE chain = %s AND seq = 1"
        after.execute(call, [str(THERE), str(THERE)])
        after.execute("SELECT pg_switch_wal()")
        until(lambda: archived(server), seconds=20)
    child.kill()
    base.rename(copy.data)
    with (copy.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"archive_mode = off\nrestore_command = 'cp {archive}/%f %p'\n")
    (copy.data / "recovery.signal").touch()
    restored = copy.start()
    try:
        until(lambda: is_primary(copy), seconds=20)
        installation = Installation(before.running, copy, before.checkpoints, before.public_key)
        installation.migrate()
        assert (installation.count(), installation.verified()["ok"]) == (8, True)
    finally:
        restored.kill()
        shutil.rmtree(copy.place, ignore_errors=True)


def folder_of_the_server(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    if account := server_account():
        os.chown(folder, account.uid, account.gid)
    return folder


def base_backup(server: Postgres, folder: Path, log: Path) -> None:
    """By the account that owns the server's files. (The wheel's pg_verifybackup ends with a segmentation fault.)"""
    options = (
        f"--dbname={server.url(SUPERUSER, '')}",
        f"--pgdata={folder_of_the_server(folder)}",
        "--wal-method=stream",
    )
    program = Program(
        name="pg_basebackup",
        command=(str(postgres_programs() / "pg_basebackup"), *options),
        folder=Path("/"),
        log=log,
        environment={"PATH": os.defpath},
        account=server_account(),
    )
    Child(program).finish(seconds=60)


def archived(server: Postgres) -> bool:
    with server.connect(SUPERUSER, "postgres") as superuser:
        row = superuser.execute("SELECT last_archived_time > now() - interval '1 min' FROM pg_stat_archiver").fetchone()
    return bool(row and row[0])


def is_primary(server: Postgres) -> bool:
    with server.connect(SUPERUSER, "postgres") as superuser:
        return superuser.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
