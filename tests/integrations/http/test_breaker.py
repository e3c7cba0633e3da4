import pytest

from integrations.http.breaker import Breaker, PartyState
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


def test_it_tells_how_the_party_has_answered_lately(breaker: Breaker, clock: Clock) -> None:
    assert breaker.state() is PartyState.WELL
    for _ in range(5):
        breaker.succeeded(seconds=2.5)
    assert breaker.state() is PartyState.SLOW
    clock.now += 181
    assert breaker.state() is PartyState.WELL


def test_a_few_slow_answers_among_quick_ones_say_nothing(breaker: Breaker) -> None:
    for seconds in (0.1, 0.2, 4.0, 0.1, 4.0, 0.3):
        breaker.succeeded(seconds=seconds)
    assert breaker.state() is PartyState.WELL


def test_a_party_that_is_down_is_told_without_taking_the_trial_from_who_asks(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 2
    assert breaker.state() is PartyState.DOWN
    breaker.check()  # the trial is still free
    breaker.succeeded()
    assert breaker.state() is PartyState.WELL


def test_a_failure_of_long_ago_says_nothing(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 200
    assert breaker.state() is PartyState.WELL
