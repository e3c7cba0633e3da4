"""Several workers on one order: whichever is killed or frozen, the list comes once and whole; small lists are quick."""

import os
import signal
import time
from collections.abc import Iterator
from threading import Event
from uuid import UUID

import psutil
import pytest

from citizenlists.orders.parts import LEASE
from fiksreg.embedded import Child
from tests.faults.house import EVERYBODY, Caseworker, House, house
from tests.faults.test_worker_killed import numbers
from tests.waiting import until

pytestmark = pytest.mark.campaign  # 7,000 persons, and each list more than once
#: Seconds.
WITHIN = 60
A_SMALL_LIST_WITHIN = 15
WORKERS = ("worker", "worker 2")
_HOLDERS = "SELECT count(DISTINCT holder) FROM citizenlists_part"


@pytest.fixture(scope="module")
def site() -> Iterator[House]:
    with house(persons_per_kommune=7_000) as site:
        for name in WORKERS:
            site.start(name)
        yield site


@pytest.fixture(scope="module")
def caseworker(site: House) -> Iterator[Caseworker]:
    caseworker = Caseworker(site.web, "Saksbehandler barnehage")
    yield caseworker
    caseworker.leave()


@pytest.fixture(scope="module")
def undisturbed(site: House, caseworker: Caseworker) -> list[str]:
    """What is in the list when nothing happens."""
    order = caseworker.order(**EVERYBODY)
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
    listed = numbers(caseworker.download(order))
    assert len(set(listed)) == len(listed) > 6 * 1000
    return listed


def at_work(site: House, worker: Child) -> list[psutil.Process]:
    """The worker's processes."""
    del site
    return [psutil.Process(worker.pid), *psutil.Process(worker.pid).children(recursive=True)]


def test_two_workers_share_one_order(site: House, caseworker: Caseworker, undisturbed: list[str]) -> None:
    site.slow_down("bulk", 1500)
    published, order = site.logged("list:file:published"), caseworker.order(**EVERYBODY)
    until(lambda: site.count(_HOLDERS) >= 2, seconds=WITHIN)
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
    assert numbers(caseworker.download(order)) == undisturbed
    assert site.logged("list:file:published") == published + 1


@pytest.mark.parametrize("name", WORKERS)
def test_whichever_worker_is_killed_the_list_comes_once_and_whole(
    site: House, caseworker: Caseworker, undisturbed: list[str], name: str
) -> None:
    site.slow_down("bulk", 1500)
    published, order = site.logged("list:file:published"), caseworker.order(**EVERYBODY)
    until(lambda: site.count(_HOLDERS) >= 2, seconds=WITHIN)
    site.children[name].kill()
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
    site.start(name)
    assert numbers(caseworker.download(order)) == undisturbed
    assert site.logged("list:file:published") == published + 1


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_frozen_past_its_leases_changes_nothing_when_it_wakes_up(
    site: House, caseworker: Caseworker, undisturbed: list[str], name: str
) -> None:
    site.slow_down("bulk", 1500)
    published, order = site.logged("list:file:published"), caseworker.order(**EVERYBODY)
    until(lambda: site.count(_HOLDERS) >= 2, seconds=WITHIN)
    frozen = at_work(site, site.children[name])
    for process in frozen:
        os.kill(process.pid, signal.SIGSTOP)
    Event().wait(LEASE.total_seconds() + 3)
    for process in frozen:
        os.kill(process.pid, signal.SIGCONT)
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
    assert numbers(caseworker.download(order)) == undisturbed
    assert site.logged("list:file:published") == published + 1


def test_a_cancelled_order_stops_every_worker(site: House, caseworker: Caseworker, undisturbed: list[str]) -> None:
    site.slow_down("bulk", 1500)
    order = caseworker.order(**EVERYBODY)
    until(lambda: site.count(_HOLDERS) >= 2, seconds=WITHIN)
    caseworker.send(f"{order}avbryt/", {}, from_page=order)
    assert (
        site.count("SELECT count(*) FROM citizenlists_part WHERE order_id = %s", str(UUID(order.split("/")[-2]))) == 0
    )
    asked = site.calls("bulk")
    until(lambda: caseworker.state(order) == "cancelled", seconds=WITHIN)
    assert site.calls("bulk") <= asked + 2 * 3  # what was taken when it was cancelled


def test_a_small_list_beside_a_large_one_is_soon_ready(
    site: House, caseworker: Caseworker, undisturbed: list[str]
) -> None:
    site.children["worker 2"].kill()
    site.slow_down("bulk", 8000)  # the large list takes longer than the small one may
    large = caseworker.order(**EVERYBODY)
    until(lambda: site.count(_HOLDERS) >= 2, seconds=WITHIN)
    site.slow_down("bulk", 500)
    begun = time.monotonic()
    small = caseworker.order(**{**EVERYBODY, "born_from": "2015", "born_to": "2016"})
    until(lambda: caseworker.state(small) == "ready", seconds=A_SMALL_LIST_WITHIN)
    took = time.monotonic() - begun
    assert took < A_SMALL_LIST_WITHIN
    caseworker.send(f"{large}avbryt/", {}, from_page=large)
