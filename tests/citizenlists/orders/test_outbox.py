"""The doorbell: rung with the order, carried by the clock, repeated until a worker has come."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import redis
from celery import Task
from django.conf import settings
from django.db import connections
from django.db.models.functions import Now

from citizenlists import sweeper
from citizenlists.models import CitizenList, Doorbell, State
from citizenlists.orders import leases, outbox, placing, rights
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker

QUEUE = "fiksreg:celery"

pytestmark = pytest.mark.django_db


class Queue:
    """What was published."""

    def __init__(self) -> None:
        self.ids: list[UUID] = []

    def publish(self, order_id: UUID) -> None:
        self.ids.append(order_id)


def unanswered_for_long(order: CitizenList) -> None:
    Doorbell.objects.filter(order=order).update(rung_at=Now() - outbox.UNANSWERED - timedelta(seconds=1))


def test_an_order_its_doorbell_and_its_entry_in_the_log_are_written_together(
    school: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(placing, "append", fail)
    with pytest.raises(RuntimeError):
        school.order()
    assert (CitizenList.objects.count(), Doorbell.objects.count()) == (0, 0)


def test_placing_an_order_does_not_touch_the_queue(school: Caseworker, monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[object] = []
    monkeypatch.setattr(Task, "apply_async", lambda *arguments, **_options: published.append(arguments))
    order = school.order()
    assert Doorbell.objects.filter(order=order, rung_at=None).exists()
    assert published == []


def test_the_log_holds_hashes_of_the_criteria_and_not_the_criteria(school: Caseworker) -> None:
    order = school.order(born=(2019, 2020), purpose="Sak 17")
    entry = AuditEntry.objects.of_intent(order.intent_id).get()
    assert entry.event == "list:order:placed"
    assert set(entry.fields["criteria"]) == {"kommune", "born_from", "born_to"}
    assert all(len(value) == 64 for value in entry.fields["criteria"].values())
    # Not a plain search: four digits in a row may stand in a hash by chance.
    assert not re.search(r"(?<![0-9a-f])2019(?![0-9a-f])", entry.body)


def test_a_ring_is_published_once(school: Caseworker) -> None:
    order, queue = school.order(), Queue()
    assert (outbox.relay(queue.publish), outbox.relay(queue.publish)) == (1, 0)
    assert queue.ids == [order.pk]


def test_a_ring_nobody_answers_is_repeated(school: Caseworker) -> None:
    order, queue = school.order(), Queue()
    outbox.relay(queue.publish)
    unanswered_for_long(order)
    outbox.relay(queue.publish)
    assert queue.ids == [order.pk, order.pk]


def test_a_ring_that_was_answered_is_not_repeated(school: Caseworker) -> None:
    order, queue = school.order(), Queue()
    outbox.relay(queue.publish)
    leases.claim(order.pk, owner="worker")
    unanswered_for_long(order)
    assert outbox.relay(queue.publish) == 0


def test_a_queue_that_is_away_loses_no_ring(school: Caseworker, monkeypatch: pytest.MonkeyPatch) -> None:
    order, queue = school.order(), Queue()

    def refuse(_order_id: UUID) -> None:
        raise ConnectionError

    monkeypatch.setattr(sweeper, "_publish", refuse)
    assert sweeper.relay() == 0
    assert outbox.relay(queue.publish) == 1
    assert queue.ids == [order.pk]


def test_the_queue_gets_the_orders_id_and_nothing_else(school: Caseworker) -> None:
    order = school.order(purpose="Hemmelig formål")
    assert sweeper.relay() == 1
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        messages = broker.lrange(QUEUE, 0, -1)
        broker.delete(QUEUE)
    assert any(str(order.pk).encode() in message for message in messages)
    assert not any(b"Hemmelig" in message for message in messages)


def test_an_order_beyond_the_role_is_refused(school: Caseworker, neighbour: Caseworker) -> None:
    request = placing.Request("fritt-utvalg", rights.criteria_of(neighbour.order()), ("navn",), "")
    with pytest.raises(rights.RoleChanged):
        placing.place_order(access=school.access(), by=school.employee, request=request)


def test_two_relays_at_once_publish_a_ring_once(school: Caseworker) -> None:
    order, queue = school.order(), Queue()

    def publish(order_id: UUID) -> None:
        queue.publish(order_id)
        _in_another_session(order_id)

    assert outbox.relay(publish) == 1
    assert queue.ids == [order.pk]


def _in_another_session(order_id: UUID) -> None:
    """The row is locked while it is published, so another relay passes it by."""
    with connections["audit"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM citizenlists_doorbell WHERE order_id = %s FOR UPDATE SKIP LOCKED", [order_id])
        assert cursor.fetchone() is None


def test_nothing_is_put_off_for_longer_than_five_minutes(school: Caseworker) -> None:
    order = school.order()
    outbox.ring(order.pk, after=timedelta(hours=3))
    assert not Doorbell.objects.filter(ring_at__gt=Now() + timedelta(minutes=5)).exists()


@pytest.mark.parametrize("field", ["ring_at", "rung_at"])
def test_a_doorbell_from_before_the_databases_clock_was_set_back_rings_at_once(school: Caseworker, field: str) -> None:
    order, queue = school.order(), Queue()
    Doorbell.objects.filter(order=order).update(**{field: Now() + timedelta(hours=1)})
    assert outbox.relay(queue.publish) == 1
    assert queue.ids == [order.pk]
    assert outbox.relay(queue.publish) == 0 or field == "ring_at"


def test_a_bell_that_is_put_off_does_not_ring_before_its_time(school: Caseworker) -> None:
    order, queue = school.order(), Queue()
    outbox.ring(order.pk, after=timedelta(minutes=4))
    assert outbox.relay(queue.publish) == 0


@pytest.mark.parametrize("state", [State.READY, State.FAILED, State.CANCELLED, State.EXPIRED])
def test_the_bell_of_an_order_that_has_ended_is_taken_down_and_not_rung(school: Caseworker, state: State) -> None:
    order, other, queue = school.order(), school.order(), Queue()
    CitizenList.objects.filter(pk=order.pk).update(state=state)
    assert outbox.relay(queue.publish) == 1
    assert queue.ids == [other.pk]
    assert not Doorbell.objects.filter(order=order).exists()


def test_the_order_that_has_waited_longest_is_rung_for_first(school: Caseworker) -> None:
    first, second, queue = school.order(), school.order(), Queue()
    Doorbell.objects.filter(order=second).update(ring_at=Now() - timedelta(minutes=2))
    Doorbell.objects.filter(order=first).update(ring_at=Now() - timedelta(minutes=1))
    outbox.relay(queue.publish)
    assert queue.ids == [second.pk, first.pk]


def test_an_organisation_with_many_orders_leaves_room_on_the_queue_for_another(
    school: Caseworker, neighbour: Caseworker
) -> None:
    many, queue = [school.order().pk for _ in range(4)], Queue()
    one = neighbour.order().pk
    assert outbox.relay(queue.publish) == 3
    assert queue.ids == [many[0], one, many[1]]
    assert outbox.relay(queue.publish) == 0


def test_the_next_order_of_an_organisation_is_published_when_a_worker_has_come_to_one(school: Caseworker) -> None:
    many, queue = [school.order().pk for _ in range(4)], Queue()
    outbox.relay(queue.publish)
    leases.claim(many[0], owner="worker")
    outbox.relay(queue.publish)
    assert queue.ids == many[:3]


def test_an_order_on_the_queue_that_nobody_answers_is_repeated_whatever_else_stands_there(school: Caseworker) -> None:
    many, queue = [school.order().pk for _ in range(4)], Queue()
    outbox.relay(queue.publish)
    for order in CitizenList.objects.filter(pk__in=many[:2]):
        unanswered_for_long(order)
    outbox.relay(queue.publish)
    assert queue.ids == [*many[:2], *many[:2]]


def test_others_wait_from_when_their_ring_is_due_until_a_worker_has_come(
    school: Caseworker, neighbour: Caseworker
) -> None:
    mine, other = school.order(), neighbour.order()
    assert outbox.others_wait(mine.pk)
    leases.claim(other.pk, owner="worker")
    assert not outbox.others_wait(mine.pk)
    assert outbox.others_wait()
