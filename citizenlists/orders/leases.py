"""Who works on an order, and until when: claims with a lease and a fencing number.

Time is the database's alone. A worker renews its lease while it works; when it dies the lease runs out, the sweeper
rings again and the next claim gets a higher fencing number. Everything a worker writes names its number, so one that
wakes up late can change nothing.
"""

import logging
import threading
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from citizenlists.models import UNFINISHED, CitizenList, State
from citizenlists.orders import outbox

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)
RENEWAL_SECONDS = 5.0
MAX_ATTEMPTS = 5

FREE = Q(state__in=UNFINISHED) & (Q(lease_until=None) | Q(lease_until__lt=Now()))
#: No lease is longer than LEASE: one that is was given before the database's clock was set back.
FROM_THE_FUTURE = Q(state=State.BUILDING, lease_until__gt=Now() + LEASE)
SILENT = Q(state=State.BUILDING, lease_until__lt=Now())


class LeaseLost(Exception):
    """The order is no longer ours: another worker has it, or it was cancelled. Stop, and write nothing more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's hold on one order. `fence` goes up with every claim."""

    order_id: UUID
    fence: int


def claim(order_id: UUID, *, owner: str) -> Claim | None:
    """Takes the order, or None when it is somebody's, finished, or has used up its attempts.

    owner: which worker, for the operator. The caller must hold on with a Heartbeat.
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
        )
        outbox.answered(order_id)
    return Claim(order_id, order.fence)


def lock_order(claim: Claim) -> CitizenList:
    """The order's row, locked until the transaction ends. Raises LeaseLost."""
    order = _mine(claim).select_for_update().first()
    if order is None:
        raise LeaseLost
    return order


def renew(claim: Claim) -> bool:
    """Holds on for another lease. False: the order is no longer ours."""
    return _mine(claim).update(lease_until=Now() + LEASE) == 1


def shorten_from_the_future() -> int:
    """Gives every lease that the database's clock left behind a whole one from now: who still works renews it."""
    return CitizenList.objects.filter(FROM_THE_FUTURE).update(lease_until=Now() + LEASE)


def release(claim: Claim, *, after: timedelta, counted: bool) -> None:
    """Lets go and has a worker called again later.

    counted: whether this attempt counts against MAX_ATTEMPTS; waiting for somebody else does not. Raises LeaseLost.
    """
    with transaction.atomic():
        order = lock_order(claim)
        order.lease_until, order.lease_owner = None, ""
        order.attempt -= 0 if counted or not order.attempt else 1
        order.save(update_fields=["lease_until", "lease_owner", "attempt"])
        outbox.ring(order.pk, after=after)


def stall(claim: Claim, *, patience: timedelta) -> bool:
    """Notes that somebody else stops the work. Returns whether that has lasted longer than `patience`.

    Counted from the first time since something was last done for the order. Raises LeaseLost.
    """
    if not _mine(claim).update(stalled_since=Coalesce("stalled_since", Now())):
        raise LeaseLost
    return _mine(claim).filter(stalled_since__lt=Now() - patience).exists()


def _mine(claim: Claim) -> QuerySet[CitizenList]:
    return CitizenList.objects.filter(pk=claim.order_id, fence=claim.fence, state=State.BUILDING)


class Heartbeat:
    """Renews a claim from a thread of its own, while the work goes on."""

    def __init__(self, claim: Claim, seconds: float = RENEWAL_SECONDS) -> None:
        self._claim, self._seconds = claim, seconds
        self._stop, self._lost = threading.Event(), threading.Event()
        # In the order's context: what it logs carries the order's id.
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
            if not renew(self._claim):
                self._lost.set()
        except DatabaseError:
            # The lease may run out meanwhile; the fencing number keeps that harmless. Try again on a new connection.
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
