"""Places and their queue: limited, in order of arrival, and with a limited wait."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiksreg.entrance.admission import Admission, Tally
from tests.waiting import until


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def queued(admission: Admission) -> int:
    return len(admission._queue)


def waits(threads: ThreadPoolExecutor, admission: Admission) -> "Future[bool]":
    """Somebody who stands in the queue when this returns."""
    before = queued(admission)
    future = threads.submit(admission.enter)
    until(lambda: queued(admission) == before + 1)
    return future


def test_as_many_as_there_are_places_come_in_at_once() -> None:
    admission = Admission(at_once=3, waiting=0, patience=0)
    assert [admission.enter() for _ in range(4)] == [True, True, True, False]


def test_a_place_given_back_goes_to_the_longest_waiting_request(threads: ThreadPoolExecutor) -> None:
    admission = Admission(at_once=1, waiting=2, patience=30)
    assert admission.enter()
    first, second = waits(threads, admission), waits(threads, admission)
    admission.leave()
    assert first.result(timeout=10)
    assert not second.done()
    admission.leave()
    assert second.result(timeout=10)


def test_behind_a_full_queue_nobody_waits_at_all(threads: ThreadPoolExecutor) -> None:
    admission = Admission(at_once=1, waiting=1, patience=30)
    assert admission.enter()
    waiting = waits(threads, admission)
    assert not admission.enter()
    admission.leave()
    assert waiting.result(timeout=10)


def test_a_request_that_stops_waiting_takes_no_place() -> None:
    admission = Admission(at_once=1, waiting=5, patience=0.01)
    assert admission.enter()
    assert not admission.enter()
    admission.leave()
    assert admission.enter()


@given(st.lists(st.booleans(), max_size=60))
def test_whatever_comes_and_goes_no_place_is_lost_or_given_twice(comes: list[bool]) -> None:
    admission, inside = Admission(at_once=3, waiting=0, patience=0), 0
    for somebody_comes in comes:
        if somebody_comes:
            came_in = admission.enter()
            assert came_in is (inside < 3)
            inside += came_in
        elif inside:
            admission.leave()
            inside -= 1


def test_frequent_events_are_logged_with_their_count_once_a_second() -> None:
    said, now = list[int](), [0.0]
    tally = Tally(said.append, lambda: now[0])
    for at in (0.0, 0.1, 0.2, 0.9, 1.0, 1.1, 2.5):
        now[0] = at
        tally.add()
    assert said == [1, 4, 2]
