"""One clock process works and the others stand by. A lease lapses when the count stops, whatever the time of day is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from fiksreg import clock, leadership
from fiksreg.clock import Chore
from fiksreg.embedded.databases import SUPERUSER
from fiksreg.leadership import BEAT_SECONDS, LEASE_SECONDS, Candidacy
from tests.services import Services
from tests.waiting import until

pytestmark = pytest.mark.django_db


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_a_clock_stands_by_while_another_one_leads_and_follows_when_it_resigns(seconds: Seconds) -> None:
    first, second = Candidacy(seconds), Candidacy(seconds)
    done: list[str] = []
    chores = [Chore("note", 0, lambda: done.append("done"))]
    assert [first.leads(), second.leads(), clock.tick(chores, second)] == [True, False, False]
    first.resign()
    assert clock.tick(chores, second) is True
    assert (done, first.leads()) == (["done"], False)


def test_a_leader_that_beats_is_never_followed(seconds: Seconds) -> None:
    leader, standby = Candidacy(seconds), Candidacy(seconds)
    for _ in range(20):
        assert leader.leads()
        assert not standby.leads()
        seconds.now += LEASE_SECONDS * 0.9


def test_a_leader_that_stands_still_is_followed_after_its_lease_and_finds_out_when_it_goes_on(
    seconds: Seconds,
) -> None:
    leader, standby = Candidacy(seconds), Candidacy(seconds)
    assert leader.leads()
    assert not standby.leads()
    seconds.now += LEASE_SECONDS - 0.1
    assert not standby.leads()
    seconds.now += 0.1
    assert standby.leads()
    assert not leader.leads()


def test_a_leader_believes_its_own_lease_no_longer_than_a_beat(seconds: Seconds) -> None:
    assert BEAT_SECONDS < LEASE_SECONDS / 2
    leader, standby = Candidacy(seconds), Candidacy(seconds)
    assert leader.leads()
    standby.leads()
    leadership.Leadership.objects.update(holder=standby._me)
    assert leader.leads()
    seconds.now += BEAT_SECONDS
    assert not leader.leads()


def test_of_many_clocks_that_see_the_leader_stand_still_one_takes_over(seconds: Seconds) -> None:
    """Real sessions at once, round after round."""
    for _ in range(5):
        candidates, together = [Candidacy(seconds) for _ in range(6)], Barrier(6)
        for candidate in candidates:
            candidate.leads()
        seconds.now += LEASE_SECONDS

        def bid(candidate: Candidacy, together: Barrier = together) -> bool:
            together.wait()
            try:
                return candidate.leads()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(bid, candidates)) == 1
        seconds.now += LEASE_SECONDS


def test_of_two_that_take_over_at_once_the_second_waits_and_finds_it_taken(running: Services, seconds: Seconds) -> None:
    gone, first, second = Candidacy(seconds), Candidacy(seconds), Candidacy(seconds)
    for candidate in (gone, first, second):
        candidate.leads()
    seconds.now += LEASE_SECONDS
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert first.leads()
            late = pool.submit(in_a_session_of_its_own, second)
            until(lambda: somebody_waits(running))
        assert late.result(timeout=10) is False


def in_a_session_of_its_own(candidate: Candidacy) -> bool:
    try:
        return candidate.leads()
    finally:
        connections.close_all()


def somebody_waits(running: Services) -> bool:
    with running.postgres.connect(SUPERUSER, "fiksreg") as watcher:
        return bool(watcher.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall())


def test_nobody_but_the_clock_can_keep_the_clock_from_leading(running: Services) -> None:
    """Any role could take an advisory lock, but only the clock may write the row."""
    with running.postgres.connect("fiksreg_web", "fiksreg") as web:
        for statement in ("UPDATE fiksreg_leadership SET beat = 0", "SELECT FROM fiksreg_leadership FOR UPDATE"):
            with pytest.raises(Exception, match="permission denied"):
                web.execute(statement)


def test_a_chore_that_fails_does_not_stop_the_others() -> None:
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError

    clock.tick([Chore("fails", 0, fail), Chore("note", 0, lambda: done.append("done"))], Candidacy())
    assert done == ["done"]


def test_a_chore_waits_for_its_turn() -> None:
    done: list[str] = []
    chores, candidacy = [Chore("note", 3600, lambda: done.append("done"))], Candidacy()
    clock.tick(chores, candidacy)
    clock.tick(chores, candidacy)
    assert done == ["done"]


def test_a_clock_that_stopped_leading_between_two_chores_does_not_do_the_second(seconds: Seconds) -> None:
    leader, done = Candidacy(seconds), list[str]()

    def taken_meanwhile() -> None:
        leadership.Leadership.objects.update(holder=Candidacy()._me)
        seconds.now += LEASE_SECONDS

    chores = [Chore("long", 0, taken_meanwhile), Chore("note", 0, lambda: done.append("done"))]
    assert clock.tick(chores, leader) is False
    assert done == []


@pytest.fixture(autouse=True)
def _nobody_leads() -> Iterator[None]:
    yield
    leadership.Leadership.objects.all().delete()
