"""Workers' claims on orders, each with a lease and a fencing number.

Times are the database's alone. A worker renews its lease while it works. When it dies, the lease runs out, the sweeper
rings again, and the next claim gets a higher fencing number. Every write of a worker names its number, so a worker that
wakes up late cannot change anything.
"""

import logging
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from django.db import DatabaseError, connections, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from citizenlists.models import UNFINISHED, CitizenList, State, Waiting
from citizenlists.orders import outbox, parts
from citizenlists.orders.parts import LEASE, LeaseLost

logger = logging.getLogger(__name__)

RENEWAL_SECONDS = 5.0
MAX_ATTEMPTS = 5

FREE = Q(state__in=UNFINISHED) & (Q(lease_until=None) | Q(lease_until__lt=Now()))
#: Finds leases longer than LEASE, which were given before the database's clock was set back.
FROM_THE_FUTURE = Q(state=State.BUILDING, lease_until__gt=Now() + LEASE)
SILENT = Q(state=State.BUILDING, lease_until__lt=Now())


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's claim on one order. `fence` increases with every claim. holder: the worker's id on the parts that it
    takes."""

    order_id: UUID
    fence: int
    holder: UUID = field(default_factory=uuid4, compare=False)


def claim(order_id: UUID, *, owner: str) -> Claim | None:
    """Claims the order; returns None when another worker has it, it has ended, or its attempts are used up.

    owner: the name of the worker, for operators. The caller must keep the claim with a Heartbeat.
    """
    with transaction.atomic():
        order = CitizenList.objects.filter(FREE, pk=order_id, attempt__lt=MAX_ATTEMPTS).select_for_update().first()
        if order is None:
            return None
        order.fence += 1
        CitizenList.objects.filter(pk=order_id).update(
            state=State.BUILDING,
            lease_owner=owner[:100],
            lease_until=Now() + LEASE,
            attempt=F("attempt") + 1,
            fence=order.fence,
            waits_for="",
        )
        outbox.delete_doorbell(order_id)
    return Claim(order_id, order.fence)


def lock_order(claim: Claim) -> CitizenList:
    """The order's row, locked until the transaction ends. Raises LeaseLost."""
    order = _mine(claim).select_for_update().first()
    if order is None:
        raise LeaseLost
    return order


def renew(claim: Claim) -> bool:
    """Renews the lease, and those of the parts that the worker holds. Returns False when the claim is lost."""
    parts.renew(claim.holder)
    return _mine(claim).update(lease_until=Now() + LEASE) == 1


def shorten_from_the_future() -> int:
    """Shortens each lease from before the database's clock was set back to a whole one from now. Returns how many.

    A worker that still works renews it.
    """
    return CitizenList.objects.filter(FROM_THE_FUTURE).update(lease_until=Now() + LEASE)


def release(claim: Claim, *, after: timedelta, counted: bool, waits_for: Waiting | None = None) -> None:
    """Gives the claim up and has a worker called again after `after`. Raises LeaseLost.

    counted: whether this attempt counts against MAX_ATTEMPTS; waiting for another party does not.
    """
    with transaction.atomic():
        order = lock_order(claim)
        order.lease_until, order.lease_owner = None, ""
        order.attempt -= 0 if counted or not order.attempt else 1
        order.waits_for = waits_for.value if waits_for else ""
        order.save(update_fields=["lease_until", "lease_owner", "attempt", "waits_for"])
        outbox.ring(order.pk, after=after)


def stall(claim: Claim, *, patience: timedelta) -> bool:
    """Records that another party stops the work. Returns whether that has lasted longer than `patience`.

    The time counts from the first such record since a step was last done. Raises LeaseLost.
    """
    if not _mine(claim).update(stalled_since=Coalesce("stalled_since", Now())):
        raise LeaseLost
    return _mine(claim).filter(stalled_since__lt=Now() - patience).exists()


def _mine(claim: Claim) -> QuerySet[CitizenList]:
    return CitizenList.objects.filter(pk=claim.order_id, fence=claim.fence, state=State.BUILDING)


class Heartbeat:
    """A context that renews a claim from its own thread while the work goes on.

    claimed: the claim on an order, or what renews claims of another kind and returns False when they are lost.
    """

    def __init__(self, claimed: Claim | Callable[[], bool], seconds: float = RENEWAL_SECONDS) -> None:
        self._renewal = partial(renew, claimed) if isinstance(claimed, Claim) else claimed
        self._seconds = seconds
        self._stop, self._lost = threading.Event(), threading.Event()
        # In the order's context, so that its log lines carry the order's id.
        self._thread = threading.Thread(target=copy_context().run, args=(self._beat,), name="heartbeat", daemon=True)

    def check(self) -> None:
        """Raises LeaseLost when a renewal was refused."""
        if self._lost.is_set():
            raise LeaseLost

    def _beat(self) -> None:
        try:
            while not self._stop.wait(self._seconds) and not self._lost.is_set():
                self._renew()
        finally:
            connections.close_all()

    def _renew(self) -> None:
        try:
            if not self._renewal():
                self._lost.set()
        except DatabaseError:
            # Tried again on a new connection. The lease may run out meanwhile; the fencing number makes that harmless.
            logger.warning("the lease could not be renewed")
            connections.close_all()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
