"""The doorbell of an order: rung in the transaction that changes the order, put on the queue by the clock.

A message on the queue is an order's id and nothing else. A ring that no worker answers is repeated, so a broker that
loses its messages costs seconds but no order.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, Window
from django.db.models.functions import Now, RowNumber

from citizenlists.models import UNFINISHED, Doorbell

logger = logging.getLogger(__name__)

UNANSWERED = timedelta(seconds=15)
_AT_ONCE = timedelta()
_LONGEST = timedelta(minutes=5)
_RINGS_AT_A_TIME = 100
#: So many orders of one organisation stand on the queue at a time. Its others wait here, so that the queue is shared
#: between organisations and not between orders.
ON_THE_QUEUE = 2

Publish = Callable[[UUID], None]


def ring(order_id: UUID, *, after: timedelta = _AT_ONCE) -> None:
    """Has a worker called to the order after `after`, at most five minutes.

    Call it in the transaction that makes the order free for a claim.
    """
    ring_at = Now() + min(after, _LONGEST)
    Doorbell.objects.update_or_create(order_id=order_id, defaults={"ring_at": ring_at, "rung_at": None})


def delete_doorbell(order_id: UUID) -> None:
    """Deletes the order's doorbell, because a worker has come."""
    Doorbell.objects.filter(order_id=order_id).delete()


def relay(publish: Publish) -> int:
    """Publishes the rings that are due, also those that no worker has answered in time, as far as their organisations
    have room on the queue. Returns how many.

    publish: puts an order's id on the queue, or raises; then the rest is left for the next call.
    """
    Doorbell.objects.exclude(order__state__in=UNFINISHED).delete()
    return sum(_publish(order_id, publish) for order_id in _next())


def others_wait(order_id: UUID | None = None) -> bool:
    """Whether an order, other than this one, is waiting for a worker now."""
    return Doorbell.objects.filter(ring_at__lte=Now()).exclude(order_id=order_id).exists()


def _next() -> list[UUID]:
    """The orders to be put on the queue: the first of each organisation before the second of any, and so on."""
    place = Window(RowNumber(), partition_by=F("order__organisation"), order_by=("ring_at", "pk"))
    due = Doorbell.objects.filter(_due()).annotate(place=place).order_by("place", "ring_at")
    room = _room_on_the_queue()
    bells = due.values_list("pk", "order__organisation", "place", "rung_at")[:_RINGS_AT_A_TIME]
    return [
        pk for pk, organisation, place, rung_at in bells if rung_at or place <= room.get(organisation, ON_THE_QUEUE)
    ]


def _room_on_the_queue() -> dict[UUID, int]:
    """How many more orders may be put on the queue, for each organisation that has one there."""
    rung = Doorbell.objects.exclude(rung_at=None).values_list("order__organisation").annotate(rung=Count("pk"))
    return {organisation: ON_THE_QUEUE - count for organisation, count in rung.order_by()}


def _due() -> Q:
    """The filter for due doorbells. A time further ahead than any delay was written before the database's clock was set
    back, so it counts as due."""
    time_is_out = Q(ring_at__lte=Now()) | Q(ring_at__gt=Now() + _LONGEST)
    return time_is_out & (Q(rung_at=None) | Q(rung_at__lt=Now() - UNANSWERED) | Q(rung_at__gt=Now()))


def _publish(order_id: UUID, publish: Publish) -> bool:
    with transaction.atomic():
        bell = Doorbell.objects.filter(_due(), pk=order_id).select_for_update(skip_locked=True).first()
        if bell is None:
            return False
        if bell.rung_at is not None:
            logger.warning("citizen list %s: nobody came; ringing again", order_id)
        publish(order_id)
        Doorbell.objects.filter(pk=order_id).update(rung_at=Now())
    return True
