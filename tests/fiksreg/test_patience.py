"""Every connection of ours has timeouts, which depend on its process."""

import subprocess
import sys
import time

import psycopg
import pytest
from django.db import connections

from fiksreg.demo.procfile import ROOT
from fiksreg.embedded.databases import PROCESSES
from fiksreg.patience import answer_within, session_options
from fiksreg.processes import Process
from fiksreg.waiting import _bound
from roles.audit import LogBusy, append
from tests.roles.audit.acts import lookup
from tests.services import Services, process_environment

pytestmark = pytest.mark.django_db
SHOW = """
import django, sys
django.setup()
from django.db import connections
from fiksreg.databaseroles import begin
from fiksreg.processes import Process
begin(Process(sys.argv[1]))
for alias in ("default", "audit"):
    with connections[alias].cursor() as cursor:
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "tcp_user_timeout"):
            cursor.execute("SHOW " + name)
            print(name, cursor.fetchone()[0], flush=True)
"""
SAID = {
    "web": ["statement_timeout 8s", "lock_timeout 4s", "idle_in_transaction_session_timeout 10s"],
    "worker": ["statement_timeout 1min", "lock_timeout 10s", "idle_in_transaction_session_timeout 30s"],
    "clock": ["statement_timeout 1min", "lock_timeout 4s", "idle_in_transaction_session_timeout 30s"],
}


@pytest.mark.parametrize("process", Process)
def test_both_connections_of_a_process_have_its_patience(running: Services, process: Process) -> None:
    role = PROCESSES[list(Process).index(process)]
    ended = subprocess.run(
        [sys.executable, "-c", SHOW, process],
        env={**process_environment(running), "DATABASE_URL": running.postgres.url(role)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stdout.splitlines() == [*SAID[process], "tcp_user_timeout 30000"] * 2


@pytest.mark.parametrize("process", [*Process, None])
def test_no_session_waits_for_a_lock_or_idles_in_a_transaction_without_end(process: Process | None) -> None:
    options = session_options(process)
    assert "lock_timeout=0" not in options
    assert "idle_in_transaction_session_timeout=0" not in options
    assert process is None or "statement_timeout=0" not in options


@pytest.mark.parametrize("process", Process)
def test_we_wait_longer_than_the_server_works_and_not_much_longer(process: Process) -> None:
    statement = int(session_options(process).split("statement_timeout=")[1].split()[0]) / 1000
    assert statement < answer_within(process) <= statement + 5


def test_an_answer_that_does_not_come_costs_the_connection_and_not_the_process(running: Services) -> None:
    with psycopg.connect(running.environment["DATABASE_URL"]) as session:
        _bound(session, 0.3)
        assert session.execute("SELECT 1").fetchone() == (1,)
        begun = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="did not answer"):
            session.execute("SELECT pg_sleep(20)")
        assert time.monotonic() - begun < 5
        assert session.closed


def test_an_entry_that_takes_longer_than_a_statement_may_is_said_to_find_the_log_busy(running: Services) -> None:
    append(lookup(None), on="audit")
    with connections["audit"].cursor() as cursor:
        cursor.execute("SET statement_timeout = '50ms'")
    try:
        with running.postgres.connect("postgres", "fiksreg") as holder, holder.transaction():
            holder.execute("SELECT FROM audit_head FOR UPDATE")
            with pytest.raises(LogBusy):
                append(lookup(None), on="audit")
    finally:
        connections["audit"].close()
