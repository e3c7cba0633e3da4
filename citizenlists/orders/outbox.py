"""The doorbell of an order: rung in the transaction that changes the order, put on the queue by the clock.

A message on the queue is an order's id and nothing else. A ring that no worker answers is repeated, so a broker that
loses its messages costs seconds but no order.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from citizenlists.models import UNFINISHED, Doorbell

logger = logging.getLogger(__name__)

UNANSWERED = timedelta(seconds=15)
_AT_ONCE = timedelta()
_LONGEST = timedelta(minutes=5)
_RINGS_AT_A_TIME = 100

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
    """Publishes every ring that is due, also those that no worker has answered in time. Returns how many.

    publish: puts an order's id on the queue, or raises; then the rest is left for the next call.
    """
    Doorbell.objects.exclude(order__state__in=UNFINISHED).delete()
    due = list(Doorbell.objects.filter(_due()).order_by("ring_at").values_list("pk", flat=True)[:_RINGS_AT_A_TIME])
    return sum(_publish(order_id, publish) for order_id in due)


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
