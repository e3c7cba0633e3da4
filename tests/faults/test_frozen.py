"""Frozen is not dead: what stands still with its line open, its locks and its lead, holds nobody up for long."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from fiksreg.demo.procfile import ROOT
from fiksreg.embedded import Child, Program, leftovers
from fiksreg.embedded.databases import SUPERUSER, WEB
from fiksreg.leadership import BEAT_SECONDS, LEASE_SECONDS
from tests import processes
from tests.faults.house import Caseworker, House
from tests.faults.test_queue_lost import ORDER, QUEUE
from tests.services import process_environment
from tests.waiting import until

A_PAGE_WITHIN = 10 + 5
FOLLOWED_WITHIN = LEASE_SECONDS + BEAT_SECONDS + 5
HOLD = """
import sys, django
django.setup()
from django.db import connection, transaction
from fiksreg.databaseroles import begin
from fiksreg.processes import Process
begin(Process(sys.argv[1]))
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SELECT FROM citizenlists_citizenlist WHERE id = %s FOR UPDATE", [sys.argv[2]])
    print("holds", flush=True)
    sys.stdin.read()
    import threading; threading.Event().wait()
"""


@contextmanager
def frozen(*pids: int) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.fixture
def queue(small_house: House) -> Iterator["redis.Redis[bytes]"]:
    with redis.Redis.from_url(small_house.running.environment["REDIS_URL"]) as queue:
        queue.delete(QUEUE)
        yield queue
        queue.delete(QUEUE)


@pytest.fixture
def standby(small_house: House) -> Iterator[Child]:
    child = processes.start(small_house.running, "clock")
    yield child
    child.stop()


def test_a_clock_that_leads_and_is_frozen_is_followed_and_stands_by_when_it_goes_on(
    small_house: House, caseworker: Caseworker, queue: "redis.Redis[bytes]", standby: Child
) -> None:
    leader = small_house.children["clock"]
    until(lambda: holder(small_house) > 0)
    with frozen(leader.pid):
        caseworker.order(**ORDER)
        until(lambda: queue.llen(QUEUE) > 0, seconds=FOLLOWED_WITHIN)
        followed = terms(small_house)
    until(lambda: terms(small_house) == followed, seconds=2)
    standby.stop()
    queue.delete(QUEUE)
    caseworker.order(**ORDER)
    until(lambda: queue.llen(QUEUE) > 0, seconds=5)


def holder(house: House) -> int:
    return house.count("SELECT count(*) FROM fiksreg_leadership")


def terms(house: House) -> str:
    with house.running.postgres.connect(SUPERUSER, "fiksreg") as connection:
        row = connection.execute("SELECT holder::text FROM fiksreg_leadership").fetchone()
    return str(row[0]) if row else ""


def test_an_order_held_by_a_frozen_process_is_a_page_in_time_and_free_soon(
    small_house: House, caseworker: Caseworker, tmp_path: Path
) -> None:
    order = caseworker.order(**ORDER)
    token = caseworker.token_on(order)
    holder = holding(small_house, order.rstrip("/").rsplit("/", 1)[-1], tmp_path)
    try:
        with frozen(holder.pid):
            begun = time.monotonic()
            page = caseworker.send_with(token, f"{order}avbryt/", {}, follow=False)
            assert time.monotonic() - begun < A_PAGE_WITHIN
            assert page.status_code in {302, 500, 503}
            until(lambda: cancelled(caseworker, token, order), seconds=20)
    finally:
        holder.kill()


def cancelled(caseworker: Caseworker, token: str, order: str) -> bool:
    caseworker.send_with(token, f"{order}avbryt/", {}, follow=False)
    return caseworker.state(order) == "cancelled"


def holding(house: House, order: str, folder: Path) -> Child:
    """A process of ours that has locked the order's row, and does nothing more."""
    database = {"DATABASE_URL": house.running.postgres.url(WEB)}
    log = folder / "holding.log"
    child = Child(
        Program(
            name="holding",
            command=(sys.executable, "-c", HOLD, "web", order),
            folder=ROOT,
            log=log,
            environment={**process_environment(house.running), **database},
        )
    )
    child.wait_until(lambda: "holds" in log.read_text(), seconds=30)
    return child


def test_a_database_that_is_frozen_is_a_page_in_time_and_all_is_well_when_it_goes_on(
    small_house: House, caseworker: Caseworker
) -> None:
    caseworker.open("/oppslag/").raise_for_status()
    servers = leftovers.by_title(small_house.running.postgres.name)
    assert len(servers) > 1
    with frozen(*servers):
        begun = time.monotonic()
        page = caseworker.open("/oppslag/")
        assert time.monotonic() - begun < A_PAGE_WITHIN
        assert page.status_code in {500, 503}
    until(lambda: caseworker.open("/oppslag/").status_code == 200, seconds=20)
