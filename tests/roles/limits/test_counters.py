"""Counts within windows: the same rules in Valkey and in a process of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from roles.limits.counters import Counters, Counts, OwnCounts, SharedCounts, Window

MINUTE = Window("minute", 3, 60)
DAY = Window("day", 5, 86_400)
RUN = Window("run", 2, 600, renewed=True)


class Clock:
    """A clock that only a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Away:
    """A Valkey that does not answer."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        def answer(*_args: object) -> None:
            raise redis.ConnectionError

        return answer


def shared() -> SharedCounts:
    return SharedCounts(redis.Redis.from_url(settings.REDIS_URL))


@pytest.fixture(params=["shared", "own"])
def counts(request: pytest.FixtureRequest) -> Counters:
    """Each store of counts, because the rules must be the same."""
    kept: Counts = shared() if request.param == "shared" else OwnCounts()
    return Counters(kept, kept)


@pytest.fixture
def somebody() -> str:
    return str(uuid4())


def test_a_window_takes_as_many_as_it_holds_and_says_when_it_has_room_again(counts: Counters, somebody: str) -> None:
    assert [counts.take(somebody, MINUTE) for _ in range(3)] == [None] * 3
    full = counts.take(somebody, MINUTE)
    assert full is not None
    assert full.window == MINUTE
    assert 55 <= full.seconds <= 60


def test_a_full_window_is_news_once(counts: Counters, somebody: str) -> None:
    for _ in range(3):
        counts.take(somebody, MINUTE)
    told = [counts.take(somebody, MINUTE), counts.ask(somebody, MINUTE), counts.take(somebody, MINUTE)]
    assert [full.is_news for full in told if full] == [True, False, False]


def test_when_one_window_is_full_the_others_count_nothing(counts: Counters, somebody: str) -> None:
    for _ in range(6):
        counts.take(somebody, MINUTE, DAY)
    assert [counts.take(somebody, DAY) for _ in range(2)] == [None, None]
    full = counts.take(somebody, DAY)
    assert full is not None
    assert full.window == DAY


def test_of_two_full_windows_the_one_is_said_that_stays_so_longest(counts: Counters, somebody: str) -> None:
    for _ in range(5):
        counts.take(somebody, DAY)
    for _ in range(3):
        counts.take(somebody, MINUTE)
    full = counts.take(somebody, MINUTE, DAY)
    assert full is not None
    assert full.window == DAY


def test_asking_counts_nothing(counts: Counters, somebody: str) -> None:
    assert [counts.ask(somebody, RUN) for _ in range(9)] == [None] * 9
    assert counts.take(somebody, RUN) is None


def test_a_count_given_back_may_be_taken_again_but_no_more(counts: Counters, somebody: str) -> None:
    counts.take(somebody, RUN)
    for _ in range(5):
        counts.give_back(somebody, RUN)
    assert [counts.take(somebody, RUN) is None for _ in range(3)] == [True, True, False]


def test_an_emptied_window_begins_anew(counts: Counters, somebody: str) -> None:
    for _ in range(3):
        counts.take(somebody, RUN)
    counts.give_back(somebody, DAY, RUN)
    assert counts.take(somebody, RUN) is None


def test_the_counts_of_two_owners_are_separate(counts: Counters, somebody: str) -> None:
    for _ in range(4):
        counts.take(somebody, MINUTE)
    assert counts.take(str(uuid4()), MINUTE) is None


def test_however_many_ask_at_once_no_more_pass_and_one_alone_brings_the_news(somebody: str) -> None:
    counters = Counters(shared(), OwnCounts())
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: counters.take(somebody, Window("race", 10, 60)), range(80)))
    assert answers.count(None) == 10
    assert sum(full.is_news for full in answers if full) == 1


def test_a_window_ends_so_many_seconds_after_its_first_and_a_renewed_one_after_its_latest(somebody: str) -> None:
    clock = Clock()
    own = OwnCounts(clock)
    counters = Counters(own, own, clock)
    for window in (MINUTE, RUN):
        counters.take(somebody, window)
    clock.now += 59
    counters.take(somebody, RUN)
    clock.now += 1
    assert [counters.take(somebody, MINUTE) for _ in range(3)] == [None] * 3
    clock.now += 598
    assert counters.take(somebody, RUN) is not None
    clock.now += 1
    assert counters.take(somebody, RUN) is None


def test_valkey_keeps_a_window_no_longer_than_it_lasts(somebody: str) -> None:
    valkey = redis.Redis.from_url(settings.REDIS_URL)
    counters = Counters(SharedCounts(valkey), OwnCounts())
    counters.take(somebody, MINUTE, RUN)
    valkey.expire(f"fiksreg:count:{somebody}:minute", 7)
    valkey.expire(f"fiksreg:count:{somebody}:run", 7)
    counters.take(somebody, MINUTE, RUN)
    assert valkey.ttl(f"fiksreg:count:{somebody}:minute") <= 7
    assert valkey.ttl(f"fiksreg:count:{somebody}:run") > 590


def test_while_valkey_is_away_a_process_keeps_the_same_limits_by_itself(somebody: str) -> None:
    counters = Counters(Away(), OwnCounts())
    assert [counters.take(somebody, MINUTE) is None for _ in range(5)] == [True, True, True, False, False]


def test_valkey_is_asked_again_when_it_has_had_a_rest(somebody: str) -> None:
    clock, away = Clock(), Away()
    counters = Counters(away, OwnCounts(clock), clock)
    counters.take(somebody, MINUTE)
    counters._shared = shared()
    counters.take(somebody, MINUTE)
    assert shared().take(somebody, [Window("minute", 1, 60)], 0) is None
    clock.now += 6
    counters.take(somebody, MINUTE)
    assert shared().take(somebody, [Window("minute", 1, 60)], 0) is not None


def test_a_process_by_itself_forgets_rather_than_grow_without_a_bound() -> None:
    own = OwnCounts()
    for number in range(25_000):
        own.take(str(number), [MINUTE], 1)
    assert len(own._counts) <= 10_000
