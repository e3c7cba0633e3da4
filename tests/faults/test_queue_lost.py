"""The queue loses what it holds, or the clock dies before it has filled it: the order is built all the same."""

from collections.abc import Iterator

import pytest
import redis

from tests.faults.house import Caseworker, House
from tests.waiting import until

ORDER: dict[str, str | list[str]] = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "1900",
    "born_to": "2026",
    "elements": ["navn"],
    "purpose": "Sak 2026/17",
}
QUEUE = "fiksreg:celery"
WITHIN = 60


@pytest.fixture
def queue(small_house: House) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(small_house.running.environment["REDIS_URL"]) as queue:
        yield queue


@pytest.fixture
def worker(small_house: House) -> Iterator[None]:
    """Dead when the test has ended."""
    yield
    if "worker" in small_house.children:
        small_house.children["worker"].kill()


def test_a_queue_that_forgets_everything_costs_no_order(
    small_house: House, caseworker: Caseworker, queue: redis.Redis, worker: None
) -> None:
    order = caseworker.order(**ORDER)
    until(lambda: queue.llen(QUEUE) > 0)
    queue.flushall()
    small_house.start("worker")
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)


def test_a_clock_killed_before_it_called_a_worker_costs_no_order(
    small_house: House, caseworker: Caseworker, worker: None
) -> None:
    small_house.children["clock"].kill()
    order = caseworker.order(**ORDER)
    small_house.start("clock")
    small_house.start("worker")
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
