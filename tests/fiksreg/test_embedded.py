"""The servers from the wheels: what they survive, and what they never leave behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from fiksreg.embedded import Child, Postgres, PostgresPasswords, Program, Valkey, leftovers
from fiksreg.embedded.databases import OWNER, PROCESSES, SUPERUSER, WEB
from fiksreg.embedded.postgres import OtherSecrets
from tests.waiting import runs, until

PASSWORDS = PostgresPasswords(
    superuser="superuser-secret", owner="owner-secret", web="web-secret", worker="worker-secret", clock="clock-secret"
)


@pytest.fixture
def postgres(open_folder: Path) -> Postgres:
    return Postgres(open_folder / "postgres", PASSWORDS, log=open_folder / "postgres.log", durable=False)


@pytest.fixture
def started() -> Iterator[Callable[[Child], Child]]:
    """Keeps what a test starts, and ends it."""
    children: list[Child] = []

    def keep(child: Child) -> Child:
        children.append(child)
        return child

    yield keep
    for child in children:
        child.kill()


def test_data_survives_a_kill_of_the_database_server(postgres: Postgres, started: Callable[[Child], Child]) -> None:
    server = started(postgres.start())
    postgres.create_database()
    with psycopg.connect(postgres.url(OWNER)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS it")
        connection.execute(f"GRANT SELECT ON kept TO {WEB}".encode())
    os.kill(server.pid, signal.SIGKILL)
    started(postgres.start_again())
    with psycopg.connect(postgres.url(WEB)) as connection:
        assert connection.execute("SELECT it FROM kept").fetchone() == (1,)


def test_the_role_of_no_process_may_create_tables_or_roles(
    postgres: Postgres, started: Callable[[Child], Child]
) -> None:
    started(postgres.start())
    postgres.create_database()
    for role in PROCESSES:
        with psycopg.connect(postgres.url(role), autocommit=True) as connection:
            for forbidden in ("CREATE TABLE mine (it int)", "CREATE ROLE friend", "CREATE DATABASE mine"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(forbidden)


def test_nobody_gets_in_with_a_wrong_password(postgres: Postgres, started: Callable[[Child], Child]) -> None:
    started(postgres.start())
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url(SUPERUSER, "postgres").replace("superuser-secret", "guess"))


def test_a_stale_process_id_file_that_names_somebody_elses_process_does_not_keep_the_database_down(
    postgres: Postgres, started: Callable[[Child], Child]
) -> None:
    server = started(postgres.start())
    pid_file = postgres.data / "postmaster.pid"
    remembered = pid_file.read_text(encoding="ascii")
    server.kill()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        pid_file.write_text(remembered.replace(str(server.pid), str(stranger.pid), 1), encoding="ascii")
        started(postgres.start_again())
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_that_was_left_behind_is_ended_before_the_next_one_starts(
    postgres: Postgres, started: Callable[[Child], Child]
) -> None:
    first = started(postgres.start())
    second = started(postgres.start_again())
    assert not first.is_running()
    assert second.is_running()


def test_the_database_runs_also_below_a_folder_that_only_its_owner_may_enter(
    open_folder: Path, started: Callable[[Child], Child]
) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    postgres = Postgres(home / "postgres", PASSWORDS, log=open_folder / "postgres.log", durable=False)
    try:
        started(postgres.start()).stop()
        assert Postgres(home / "postgres", PASSWORDS, log=open_folder / "postgres.log").place == postgres.place
    finally:
        shutil.rmtree(postgres.place)


def test_an_interrupted_creation_is_begun_anew(postgres: Postgres, started: Callable[[Child], Child]) -> None:
    half_made = postgres.place / "data.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")
    assert started(postgres.start()).is_running()


def test_other_secrets_than_the_data_was_made_with_are_named_as_the_reason(
    postgres: Postgres, open_folder: Path, started: Callable[[Child], Child]
) -> None:
    started(postgres.start()).kill()
    others = PostgresPasswords(superuser="another", owner="o", web="w", worker="k", clock="c")
    with pytest.raises(OtherSecrets, match="other secrets"):
        Postgres(open_folder / "postgres", others, log=open_folder / "postgres.log", durable=False).start()


def test_the_queue_survives_a_kill_of_its_server(open_folder: Path, started: Callable[[Child], Child]) -> None:
    valkey = Valkey(open_folder / "valkey", "broker-secret", log=open_folder / "valkey.log")
    server = started(valkey.start())
    with redis.Redis.from_url(valkey.url) as client:
        client.rpush("queue", "an order")
        client.execute_command("WAITAOF", 1, 0, 2000)
    os.kill(server.pid, signal.SIGKILL)
    started(valkey.start_again())
    with redis.Redis.from_url(valkey.url, decode_responses=True) as client:
        assert client.lrange("queue", 0, -1) == ["an order"]


@pytest.mark.parametrize("name", ["min mappe", "it's", 'a "quoted" one', "back\\slash", "Ærfugl 2"])
def test_the_queue_runs_in_a_folder_of_any_name(
    open_folder: Path, started: Callable[[Child], Child], name: str
) -> None:
    valkey = Valkey(open_folder / name / "valkey", "broker-secret", log=open_folder / "valkey.log")
    started(valkey.start())
    with redis.Redis.from_url(valkey.url) as client:
        client.set("order", "1")
    assert (open_folder / name / "valkey" / "appendonlydir").is_dir()


def test_no_password_stands_in_a_command_line(
    postgres: Postgres, open_folder: Path, started: Callable[[Child], Child]
) -> None:
    started(postgres.start())
    started(Valkey(open_folder / "valkey", "broker-secret", log=open_folder / "valkey.log").start())
    assert leftovers.by_title("-secret") == []


LAUNCHER = """
import sys
from pathlib import Path
from fiksreg.embedded import Child, Program

folder = Path(sys.argv[1])
child = Child(Program(name="child", command=("sleep", "600"), folder=folder, log=folder / "log", environment={}))
print(child.pid, flush=True)
input()
"""


def test_a_child_ends_when_its_launcher_is_killed(open_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(open_folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as launcher:
        assert launcher.stdout is not None
        child = int(launcher.stdout.readline())
        launcher.kill()
    until(lambda: not runs(child))


def test_stopping_a_child_ends_its_own_children_too(open_folder: Path) -> None:
    script = 'sleep 600 & echo $!; trap "" TERM; wait; wait'
    log = open_folder / "family.log"
    program = Program(
        name="family", command=("/bin/sh", "-c", script), folder=open_folder, log=log, environment={"PATH": os.defpath}
    )
    child = Child(program)
    until(lambda: log.exists() and log.read_text().strip().isdecimal())
    child.stop(patience=0.1)
    until(lambda: not runs(int(log.read_text())))
