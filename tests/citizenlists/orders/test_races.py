"""Each lock of an order, proved by two real sessions: one stands still in the middle when the other comes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models.functions import Now

from citizenlists import storage, sweeper, tasks
from citizenlists.building import checkpoints
from citizenlists.models import CitizenList, Doorbell, Failure, State
from citizenlists.orders import leases, lifecycle, outbox
from citizenlists.orders.leases import Claim, LeaseLost
from citizenlists.orders.lifecycle import NotNow
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.racing import all_at_once, paused, race

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(school: Caseworker) -> CitizenList:
    return school.order()


def claimed(order: CitizenList) -> Claim:
    claim = leases.claim(order.pk, owner="first")
    assert claim is not None
    return claim


def lapsed(order: CitizenList) -> Claim:
    """A claim whose worker has gone silent."""
    claim = claimed(order)
    CitizenList.objects.filter(pk=order.pk).update(lease_until=Now() - timedelta(seconds=1))
    return claim


def publishing(school: Caseworker, order: CitizenList) -> Callable[[], None]:
    """A worker's last act: writes the file and publishes it, with the claim that it has now."""
    claim = claimed(order)
    vault = storage.vault(order.pk, order.sealed_key)

    def publish() -> None:
        with vault.create("list-1") as writer:
            writer.write(b"a workbook")
            lifecycle.publish(claim=claim, access=school.access(), writer=writer, name="list-1", rows=1)

    return publish


def row(order: CitizenList) -> CitizenList:
    return CitizenList.objects.get(pk=order.pk)


def test_of_two_workers_at_once_one_gets_the_order(order: CitizenList, monkeypatch: pytest.MonkeyPatch) -> None:
    with paused(monkeypatch, outbox, "delete_doorbell") as pause:
        first, second = race(
            pause, lambda: leases.claim(order.pk, owner="first"), lambda: leases.claim(order.pk, owner="second")
        )
    assert first.result() == Claim(order.pk, 1)
    assert second.result() is None
    assert (row(order).lease_owner, row(order).fence, row(order).attempt) == ("first", 1, 1)


def test_of_many_workers_at_once_one_gets_the_order(order: CitizenList) -> None:
    claims = all_at_once([lambda: leases.claim(order.pk, owner="worker")] * 8)
    assert [claim for claim in claims if claim] == [Claim(order.pk, 1)]


def test_nobody_takes_an_order_between_a_workers_look_at_its_claim_and_its_write(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = lapsed(order)

    def take_over() -> str:
        leases.claim(order.pk, owner="second")
        return row(order).extract_job

    with paused(monkeypatch, checkpoints, "lock_order", after=True) as pause:
        first, second = race(pause, lambda: checkpoints.keep_job(late, "job"), take_over)
    first.result()
    assert second.result() == "job"


def test_an_order_is_cancelled_or_published_and_never_both(
    school: Caseworker, order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = storage.vault(order.pk, order.sealed_key)
    publish = publishing(school, order)
    with paused(monkeypatch, lifecycle, "lock_order", after=True) as pause:
        first, second = race(pause, publish, lambda: lifecycle.cancel_order(access=school.access(), order=order))
    first.result()
    with pytest.raises(NotNow):
        second.result()
    assert row(order).state == State.READY
    assert vault.read("list-1") == b"a workbook"
    assert not AuditEntry.objects.of_intent(order.intent_id).filter(event="list:order:cancelled").exists()


def test_a_cancelled_order_is_never_published(
    school: Caseworker, order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = publishing(school, order)
    with paused(monkeypatch, lifecycle, "append") as pause:
        first, second = race(pause, lambda: lifecycle.cancel_order(access=school.access(), order=order), publish)
    first.result()
    with pytest.raises(LeaseLost):
        second.result()
    assert (row(order).state, row(order).file_name) == (State.CANCELLED, "")
    assert not storage.folder_of(order.pk).exists()


def test_of_two_sweepers_at_once_one_rescues_and_the_other_passes_by(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    lapsed(order)
    with paused(monkeypatch, outbox, "ring") as pause:
        first, second = race(pause, sweeper.sweep, sweeper.sweep)
    assert (first.result(), second.result()) == (1, 0)
    assert not second.waited


def test_a_sweeper_takes_nothing_from_a_worker_that_is_just_claiming(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    lapsed(order)
    with paused(monkeypatch, outbox, "delete_doorbell") as pause:
        first, second = race(pause, lambda: leases.claim(order.pk, owner="second"), sweeper.sweep)
    assert (first.result(), second.result()) == (Claim(order.pk, 2), 0)
    assert row(order).lease_owner == "second"
    assert row(order).lease_until is not None


def test_of_two_clocks_at_once_one_publishes_a_ring(order: CitizenList) -> None:
    published: list[UUID] = []

    def slowly(order_id: UUID) -> None:
        published.append(order_id)
        assert Doorbell.objects.filter(pk=order_id, rung_at=None).exists()

    counts = all_at_once([lambda: outbox.relay(slowly)] * 6)
    assert published == [order.pk]
    assert sum(counts) == 1


def test_a_late_worker_fails_no_order_that_another_has_claimed(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = lapsed(order)

    def fail() -> None:
        with pytest.raises(LeaseLost):
            tasks._fail(late, Failure.FAULT)

    with paused(monkeypatch, lifecycle, "fail_order") as pause:
        first, second = race(pause, fail, lambda: leases.claim(order.pk, owner="second"))
    first.result()
    assert second.result() == Claim(order.pk, 2)
    assert (row(order).state, row(order).failure) == (State.BUILDING, "")
    assert bytes(row(order).sealed_key)


def test_a_late_worker_that_looks_first_fails_no_order_either(order: CitizenList) -> None:
    late = lapsed(order)
    leases.claim(order.pk, owner="second")
    with pytest.raises(LeaseLost):
        tasks._fail(late, Failure.FAULT)
    assert row(order).state == State.BUILDING


def test_a_late_worker_notes_no_trouble_on_an_order_that_another_has_claimed(order: CitizenList) -> None:
    late = lapsed(order)
    leases.claim(order.pk, owner="second")
    with pytest.raises(LeaseLost):
        leases.stall(late, patience=timedelta())
    assert row(order).stalled_since is None


def test_a_list_read_before_it_was_built_again_is_not_taken_back(order: CitizenList) -> None:
    CitizenList.objects.update(state=State.READY, file_name="list-1")
    read = row(order)
    CitizenList.objects.update(file_name="list-2")
    with pytest.raises(NotNow):
        lifecycle.withdraw_file(order=read)
    assert (row(order).state, row(order).file_name) == (State.READY, "list-2")


def test_a_list_read_before_it_was_built_again_is_not_given_up(school: Caseworker, order: CitizenList) -> None:
    CitizenList.objects.update(state=State.READY, file_name="list-1")
    read = row(order)
    CitizenList.objects.update(file_name="list-2")
    lifecycle.give_up_damaged(order=read, access=school.access())
    assert row(order).state == State.READY
    assert not AuditEntry.objects.of_intent(order.intent_id).filter(event="list:file:damaged").exists()
