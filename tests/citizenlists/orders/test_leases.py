"""Claims: one worker at a time, no write from a worker that lost its claim, and a limited number of attempts."""

import uuid
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from citizenlists import storage, sweeper
from citizenlists.building import checkpoints
from citizenlists.models import CitizenList, Doorbell, Failure, State
from citizenlists.orders import leases, outbox
from citizenlists.orders.leases import MAX_ATTEMPTS, Claim, Heartbeat
from citizenlists.orders.parts import LEASE, LeaseLost
from tests.citizenlists.caseworkers import Caseworker
from tests.waiting import until

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(school: Caseworker) -> CitizenList:
    return school.order()


def claimed(order: CitizenList, owner: str = "first") -> Claim:
    claim = leases.claim(order.pk, owner=owner)
    assert claim is not None
    return claim


def let_lapse(order: CitizenList) -> None:
    """Makes the lease run out, as if the worker had died."""
    CitizenList.objects.filter(pk=order.pk).update(lease_until=Now() - timedelta(seconds=1))


def row(order: CitizenList) -> CitizenList:
    return CitizenList.objects.get(pk=order.pk)


def test_a_claimed_order_cannot_be_claimed_by_another_worker(order: CitizenList) -> None:
    claimed(order)
    assert leases.claim(order.pk, owner="second") is None
    assert (row(order).state, row(order).lease_owner) == (State.BUILDING, "first")


def test_an_unknown_order_cannot_be_claimed() -> None:
    assert leases.claim(uuid.uuid4(), owner="first") is None


def test_a_lapsed_claim_goes_to_the_next_worker_with_a_higher_fence(order: CitizenList) -> None:
    first = claimed(order)
    let_lapse(order)
    assert claimed(order, "second").fence > first.fence


def test_a_worker_that_wakes_up_late_can_write_nothing(order: CitizenList) -> None:
    late = claimed(order)
    let_lapse(order)
    claimed(order, "second")
    assert leases.renew(late) is False
    with pytest.raises(LeaseLost):
        checkpoints.keep_job(late, "job")
    with pytest.raises(LeaseLost):
        checkpoints.lay_out_parts(late)
    with pytest.raises(LeaseLost):
        leases.release(late, after=timedelta(), counted=True)
    assert (row(order).extract_job, row(order).checkpoints.count()) == ("", 0)


def test_a_heartbeat_holds_the_claim(order: CitizenList) -> None:
    claim = claimed(order)
    let_lapse(order)
    with Heartbeat(claim, seconds=0.02) as heartbeat:
        until(lambda: CitizenList.objects.filter(pk=order.pk, lease_until__gt=Now()).exists())
        assert leases.claim(order.pk, owner="second") is None
        heartbeat.check()


def test_a_heartbeat_tells_when_the_claim_is_lost(order: CitizenList) -> None:
    claim = claimed(order)
    let_lapse(order)
    claimed(order, "second")
    with Heartbeat(claim, seconds=0.02) as heartbeat:
        until(lambda: _is_lost(heartbeat))


def test_a_silent_workers_order_is_called_out_again(order: CitizenList) -> None:
    claimed(order)
    assert sweeper.sweep() == 0
    let_lapse(order)
    assert sweeper.sweep() == 1
    assert Doorbell.objects.filter(order=order, rung_at=None).exists()
    assert sweeper.sweep() == 0


def test_an_order_whose_workers_all_die_fails_after_five_attempts_and_says_so(order: CitizenList) -> None:
    for attempt in range(MAX_ATTEMPTS):
        claimed(order, f"worker {attempt}")
        let_lapse(order)
        sweeper.sweep()
    assert leases.claim(order.pk, owner="sixth") is None
    sweeper.sweep()
    assert (row(order).state, row(order).failure) == (State.FAILED, Failure.TOO_MANY_ATTEMPTS)


def test_progress_gives_an_order_its_attempts_back(order: CitizenList) -> None:
    for number in range(MAX_ATTEMPTS + 2):
        claim = claimed(order)
        checkpoints.keep_job(claim, f"job {number}")
        checkpoints.keep_identifiers(claim, storage.vault(order.pk, order.sealed_key), number, ["1"])
        let_lapse(order)
    assert row(order).attempt == 0


def test_waiting_costs_no_attempt_and_calls_a_worker_later(order: CitizenList) -> None:
    leases.release(claimed(order), after=timedelta(minutes=5), counted=False)
    assert (row(order).attempt, row(order).lease_until) == (0, None)
    assert outbox.relay(lambda _: None) == 0


def _is_lost(heartbeat: Heartbeat) -> bool:
    try:
        heartbeat.check()
    except LeaseLost:
        return True
    return False


def test_a_lease_from_before_the_databases_clock_was_set_back_is_a_whole_one_from_now_and_then_lapses(
    order: CitizenList,
) -> None:
    """A worker that still works renews it; one that is dead is not waited for until the old time comes."""
    alive = claimed(order)
    CitizenList.objects.filter(pk=order.pk).update(lease_until=Now() + timedelta(hours=1))
    assert sweeper.sweep() == 0
    assert leases.renew(alive)
    assert not CitizenList.objects.filter(pk=order.pk, lease_until__gt=Now() + LEASE).exists()
    let_lapse(order)
    assert sweeper.sweep() == 1


def test_a_lease_that_was_just_given_is_left_as_it_is(order: CitizenList) -> None:
    claimed(order)
    before = row(order).lease_until
    assert leases.shorten_from_the_future() == 0
    assert row(order).lease_until == before


def test_a_lease_bears_two_renewals_that_came_to_nothing() -> None:
    assert LEASE.total_seconds() > 2 * leases.RENEWAL_SECONDS


def test_a_claim_and_a_renewal_hold_for_a_whole_lease(order: CitizenList) -> None:
    claim = claimed(order)
    longest = Now() + LEASE
    almost = Now() + LEASE - timedelta(seconds=5)
    assert CitizenList.objects.filter(lease_until__gt=almost, lease_until__lte=longest).exists()
    let_lapse(order)
    assert leases.renew(claim)
    assert CitizenList.objects.filter(lease_until__gt=almost, lease_until__lte=longest).exists()
