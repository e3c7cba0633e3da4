"""Kill -9 of a worker in the middle of a list: the next one goes on where it was, and the list is finished once."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import psutil
import pytest
from openpyxl import load_workbook

from fiksreg.embedded import Child
from tests.faults.house import EVERYBODY, Caseworker, House, house
from tests.waiting import until

pytestmark = pytest.mark.campaign  # 3,300 persons, and each list more than once
#: Seconds.
WITHIN = 60
#: Looked up ahead, and one whose rows were not kept yet.
LOST_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What is in the list when nothing happens, and how many lookups it takes."""

    numbers: list[str]
    lookups: int


@pytest.fixture(scope="module")
def site() -> Iterator[House]:
    with house(persons_per_kommune=3_300) as site:
        yield site


@pytest.fixture(scope="module")
def caseworker(site: House) -> Iterator[Caseworker]:
    caseworker = Caseworker(site.web, "Saksbehandler barnehage")
    yield caseworker
    caseworker.leave()


@pytest.fixture(scope="module")
def undisturbed(site: House, caseworker: Caseworker) -> Undisturbed:
    worker = site.start("worker")
    order = caseworker.order(**EVERYBODY)
    until(lambda: caseworker.state(order) == "ready", seconds=60)
    lookups = site.calls("bulk")
    listed = numbers(caseworker.download(order))
    worker.kill()
    assert len(set(listed)) == len(listed) > 2 * 1000
    return Undisturbed(listed, lookups)


def kill_all_of_it(worker: Child) -> None:
    worker.kill()


def kill_the_process_at_work(worker: Child) -> None:
    """The parent lives on, and starts another child."""
    for process in psutil.Process(worker.pid).children(recursive=True):
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_all_of_it, kill_the_process_at_work])
def test_a_list_is_finished_once_and_whole_by_the_next_worker(
    site: House, caseworker: Caseworker, undisturbed: Undisturbed, kill: Callable[[Child], None]
) -> None:
    published = site.logged("list:file:published")
    worker = site.start("worker")
    site.slow_down("bulk", 1000)
    site.forget_calls()
    order = caseworker.order(**EVERYBODY)
    until(lambda: caseworker.percent(order) > 5, seconds=60)
    kill(worker)
    if not worker.is_running():
        worker = site.start("worker")
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
    lookups = site.calls("bulk")
    assert numbers(caseworker.download(order)) == undisturbed.numbers
    assert site.logged("list:file:published") == published + 1
    assert undisturbed.lookups <= lookups <= undisturbed.lookups + LOST_AT_MOST
    worker.kill()


def numbers(workbook: bytes) -> list[str]:
    """The first column, in the order of the register's extract."""
    rows = load_workbook(BytesIO(workbook)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [str(row[0]) for row in rows]
