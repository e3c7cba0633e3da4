"""All processes together keep the register's quota, at little cost for a call."""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import httpx
import pytest
import redis

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.budget import LocalSlots, RequestBudget, SharedSlots
from integrations.http.errors import Busy, Cause
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, tokens
from tests.services import Services

QUOTA = 60_000


class Clock:
    """A clock that only sleep() moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "sleep", clock.sleep)
    return clock


class Counted(LocalSlots):
    """Remembers how many slots were asked for, each time."""

    def __init__(self, per_minute: float, clock: Clock) -> None:
        super().__init__(per_minute, clock)
        self.blocks: list[int] = []

    def take(self, count: int, longest: float) -> float:
        self.blocks.append(count)
        return super().take(count, longest)


class Away:
    """A Valkey that does not answer."""

    asked = 0

    def take(self, _count: int, _longest: float) -> float:
        self.asked += 1
        raise redis.ConnectionError


@pytest.fixture
def valkey(running: Services) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(running.environment["REDIS_URL"]) as valkey:
        yield valkey
        valkey.delete("budget-of-a-test")


def test_no_minute_has_more_requests_than_the_quota_however_many_processes_ask(clock: Clock) -> None:
    slots = LocalSlots(QUOTA, clock)
    processes = [RequestBudget(slots, per_minute=QUOTA, clock=clock) for _ in range(8)]
    sent: list[float] = []
    while clock.now < 1150:
        for process in processes:
            process.take(clock.now + 60)
            sent.append(clock.now)
    in_a_minute = max(later - earlier for earlier, later in _windows(sent))
    assert 0.85 * QUOTA < in_a_minute <= QUOTA


def _windows(sent: list[float]) -> Iterator[tuple[int, int]]:
    """For each request, the places of the first of the minute behind it, and of itself."""
    first = 0
    for last, moment in enumerate(sent, start=1):
        while sent[first] <= moment - 60:
            first += 1
        yield first, last


def test_a_request_that_cannot_wait_is_refused_at_once_and_takes_no_slot(clock: Clock) -> None:
    budget = RequestBudget(LocalSlots(60, clock), per_minute=60, clock=clock)
    for _ in range(3):
        budget.take(clock.now)
    with pytest.raises(Busy) as busy:
        budget.take(clock.now + 0.5)
    assert clock.now == 1000
    assert (busy.value.cause, busy.value.status) == (Cause.OWN_QUOTA, None)
    clock.now += busy.value.retry_after
    budget.take(clock.now)


def test_a_request_that_can_wait_waits(clock: Clock) -> None:
    budget = RequestBudget(LocalSlots(60, clock), per_minute=60, clock=clock)
    moments = []
    for _ in range(10):
        budget.take(clock.now + 10)
        moments.append(clock.now)
    assert 1.0 < moments[-1] - moments[-2] < 1.2
    assert all(earlier <= later for earlier, later in pairwise(moments))


def test_a_busy_process_asks_for_many_slots_at_a_time(clock: Clock) -> None:
    slots = Counted(QUOTA, clock)
    budget = RequestBudget(slots, per_minute=QUOTA, clock=clock)
    for _ in range(2500):
        budget.take(clock.now + 1)
    assert len(slots.blocks) < 50


def test_a_process_with_a_call_now_and_then_takes_no_more_than_it_uses(clock: Clock) -> None:
    slots = Counted(QUOTA, clock)
    budget = RequestBudget(slots, per_minute=QUOTA, clock=clock)
    for _ in range(100):
        budget.take(clock.now + 1)
    for _ in range(20):
        clock.now += 3
        budget.take(clock.now + 1)
    assert slots.blocks[-10:] == [1] * 10


def test_without_valkey_a_process_keeps_to_a_share_and_looks_again_after_a_rest(clock: Clock) -> None:
    away = Away()
    budget = RequestBudget(away, per_minute=QUOTA, clock=clock)
    begun, passed = clock.now, 0
    while clock.now < begun + 60:
        budget.take(clock.now + 60)
        passed += 1
    assert QUOTA * 0.04 < passed <= QUOTA * 0.05
    assert 2 <= away.asked <= 13


def test_valkey_counts_for_everybody_and_forgets_when_nothing_is_asked(valkey: "redis.Redis") -> None:
    one, other = (SharedSlots(valkey, "budget-of-a-test", per_minute=1200) for _ in range(2))
    assert [one.take(30, 0), other.take(29, 0)] == [0, 0]
    with pytest.raises(Busy) as busy:
        one.take(10, 0)
    assert 0.2 < busy.value.retry_after <= 0.6
    assert 0.2 < other.take(10, 5) <= 0.6
    assert 0 < valkey.pttl("budget-of-a-test") < 5000


_TAKES = """
import sys, time, redis
from integrations.http.budget import RequestBudget, SharedSlots
from integrations.http.errors import Busy
slots = SharedSlots(redis.Redis.from_url(sys.argv[1]), "budget-of-a-test", 1200)
budget, passed = RequestBudget(slots, per_minute=1200), 0
for _ in range(200):
    try:
        budget.take(time.monotonic())
        passed += 1
    except Busy:
        pass
print(passed)
"""


def test_two_processes_share_one_burst(valkey: "redis.Redis", running: Services) -> None:
    command = [sys.executable, "-c", _TAKES, running.environment["REDIS_URL"]]
    begun = time.monotonic()
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    passed = sum(int(process.communicate(timeout=30)[0]) for process in processes)
    assert 40 <= passed <= 60 + 18 * (time.monotonic() - begun) + 1


def test_a_used_up_quota_is_busy_and_neither_asks_nor_blames_the_register() -> None:
    register = Register(httpx.Response(200, json=document()))
    budget = RequestBudget(LocalSlots(1), per_minute=1)
    client = FolkeregisterClient(
        door=SkatteetatenDoor("https://register.example"),
        tokens=tokens(register),
        http=httpx.Client(transport=httpx.MockTransport(register)),
        budget=budget,
    )
    asked = partial(client.person, RightsPackage.WITH_LEGAL_BASIS, A_NUMBER, {"navn"})
    assert asked()
    for _ in range(8):
        with pytest.raises(Busy) as busy:
            asked()
        assert busy.value.cause is Cause.OWN_QUOTA
    assert len(register.asked) == 1
