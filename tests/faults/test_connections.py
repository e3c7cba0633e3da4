"""However many ask at once: no process holds more connections than its share, and nobody is lost for it."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psutil
import pytest
import yaml

from citizenlists.orders.lifecycle import MOST_DOWNLOADS
from fiksreg.demo.procfile import ROOT
from tests.faults.house import EVERYBODY, Caseworker, House, house
from tests.waiting import until

#: What each process may hold (settings); fewer than come to it at once.
SHARE = 16
#: What docs/operations.md adds up, for the processes of the Procfile but with twice as many of web.
WEB_PROCESSES, WORKER_PROCESSES, OF_A_WORKERS_CHILD, OF_A_CLOCK, OF_OTHERS = 4, 2 + 1, 9, 2, 10
#: More than all processes of web together let in (fiksreg/entrance/limits.py).
VISITORS = 60


@pytest.fixture(scope="module")
def site() -> Iterator[House]:
    share = {"FIKSREG_DATABASE_CONNECTIONS": str(SHARE), "WEB_CONCURRENCY": str(WEB_PROCESSES)}
    with house(persons_per_kommune=1_500, **share) as site:
        site.start("worker", FIKSREG_DATABASE_CONNECTIONS=str(SHARE))
        yield site


@pytest.fixture(scope="module")
def caseworker(site: House) -> Iterator[Caseworker]:
    caseworker = Caseworker(site.web, "Saksbehandler barnehage")
    yield caseworker
    caseworker.leave()


class Counted:
    """The most connections that any one process of each kind held at the same time, and all of them together."""

    def __init__(self, site: House) -> None:
        self.most: Counter[str] = Counter()
        self.together = 0
        self._site, self._port, self._stop = site, site.running.postgres.port, threading.Event()

    def look(self) -> None:
        together = 0
        for name in ("web", "worker", "clock"):
            held = [self._held_by(process) for process in _tree(self._site.children[name].pid)]
            self.most[name] = max(self.most[name], *held)
            together += sum(held)
        self.together = max(self.together, together)

    def until_stopped(self) -> None:
        while not self._stop.wait(0.02):
            self.look()

    def stop(self) -> None:
        self._stop.set()

    def _held_by(self, process: psutil.Process) -> int:
        try:
            return sum(bool(held.raddr) and held.raddr.port == self._port for held in process.net_connections("tcp"))
        except psutil.NoSuchProcess:
            return 0


def _tree(pid: int) -> list[psutil.Process]:
    launcher = psutil.Process(pid)
    return [launcher, *launcher.children(recursive=True)]


@contextmanager
def counting(site: House) -> Iterator[Counted]:
    counted = Counted(site)
    with ThreadPoolExecutor(1) as threads:
        looking = threads.submit(counted.until_stopped)
        try:
            yield counted
        finally:
            counted.stop()
            looking.result()


def all_at_once(site: House, caseworker: Caseworker, path: str) -> Counter[int]:
    """How often each status was answered when so many opened the page at once."""
    with ThreadPoolExecutor(VISITORS) as threads:
        answers: list[httpx.Response] = list(threads.map(caseworker.open, [path] * VISITORS))
    return Counter(answer.status_code for answer in answers)


def nobody_is_lost(statuses: Counter[int], *, most: int = VISITORS) -> bool:
    """Answered, or told in time to try again. most: so many are answered at most, and others told that it is spent."""
    answered = statuses[200] + statuses[409]
    return set(statuses) <= {200, 409, 503} and answered >= VISITORS // 2 and statuses[200] <= most


def test_no_process_holds_more_than_its_share_and_everybody_is_answered(site: House, caseworker: Caseworker) -> None:
    person = caseworker.search(number=site.number_of("vanlig-familie"))
    with counting(site) as counted:
        order = caseworker.order(**EVERYBODY)
        assert nobody_is_lost(all_at_once(site, caseworker, person))
        until(lambda: caseworker.state(order) == "ready", seconds=60)
        assert nobody_is_lost(all_at_once(site, caseworker, f"{order}last-ned/"), most=MOST_DOWNLOADS)
    assert 1 <= counted.most["web"] <= SHARE
    assert 1 <= counted.most["worker"] <= OF_A_WORKERS_CHILD
    assert 1 <= counted.most["clock"] <= OF_A_CLOCK
    assert counted.together <= SHARE * (WEB_PROCESSES + WORKER_PROCESSES) + OF_A_CLOCK


def test_what_all_processes_may_hold_is_less_than_the_server_of_compose_gives(site: House) -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    given = re.search(r"max_connections=(\d+)", compose["services"]["postgres"]["command"])
    assert given is not None
    assert len(_tree(site.children["web"].pid)) == 1 + WEB_PROCESSES
    assert int(given[1]) >= SHARE * (WEB_PROCESSES + WORKER_PROCESSES) + OF_A_CLOCK + OF_OTHERS
