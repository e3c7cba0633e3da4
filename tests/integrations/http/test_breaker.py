import pytest

from integrations.http.breaker import Breaker
from integrations.http.errors import Unavailable


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=3, rest=2.0, clock=clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.check()
        breaker.failed()


def is_open(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except Unavailable:
        return True
    return False


def test_the_breaker_stays_closed_until_so_many_calls_have_failed_in_a_row(breaker: Breaker) -> None:
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert not is_open(breaker)


def test_an_open_breaker_fails_calls_at_once(breaker: Breaker) -> None:
    fail(breaker, 3)
    assert is_open(breaker)


def test_after_its_rest_one_call_is_let_through_and_the_others_are_not(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 2.0
    assert [is_open(breaker) for _ in range(3)] == [False, True, True]


def test_a_trial_that_succeeds_closes_it(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 2.0
    breaker.check()
    breaker.succeeded()
    assert not any(is_open(breaker) for _ in range(3))


def test_a_trial_that_fails_gives_it_another_rest(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 2.0
    fail(breaker, 1)
    clock.now += 1.9
    assert is_open(breaker)
    clock.now += 0.1
    assert not is_open(breaker)


def test_a_trial_that_never_ends_does_not_keep_it_open(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 2.0
    breaker.check()
    clock.now += 2.0
    assert not is_open(breaker)
