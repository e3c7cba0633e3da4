"""Kill -9 of Valkey under a worker in the middle of a list: the worker lives, and the list is finished."""

from collections.abc import Iterator

import pytest

from tests.faults.house import EVERYBODY, Caseworker, House
from tests.waiting import until

WITHIN = 60


@pytest.fixture
def at_work(small_house: House) -> Iterator[House]:
    small_house.start("worker")
    yield small_house
    small_house.slow_down("bulk", 0)
    small_house.children["worker"].kill()


def test_a_worker_whose_queue_is_killed_under_it_lives_and_the_list_is_finished(
    at_work: House, caseworker: Caseworker
) -> None:
    worker = at_work.children["worker"]
    at_work.forget_calls()
    at_work.slow_down("bulk", 3000)
    order = caseworker.order(**EVERYBODY)
    until(lambda: at_work.calls("bulk") > 0, seconds=WITHIN)
    valkey = at_work.kill_valkey()
    until(lambda: "onnection to broker lost" in worker.program.log.read_text(encoding="utf-8"), seconds=20)
    at_work.start_valkey_again(valkey)
    until(lambda: caseworker.state(order) == "ready", seconds=WITHIN)
    assert worker.is_running()
