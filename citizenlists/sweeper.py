"""The clock's work on orders: calling workers, rescuing orders of dead workers, failing hopeless ones, expiring lists.

Each function may run in any process, any number of times, also in parallel.
"""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerAway

from citizenlists import storage
from citizenlists.building import checkpoints
from citizenlists.models import UNFINISHED, CitizenList, Failure, State
from citizenlists.orders import leases, lifecycle, notices, outbox, parts, schedules
from citizenlists.orders.leases import FREE, MAX_ATTEMPTS, SILENT
from citizenlists.orders.lifecycle import NotNow
from citizenlists.tasks import build, help_out, run_schedule, send_notice

logger = logging.getLogger(__name__)

#: Seconds.
HELPERS_ARE_CALLED_FOR: Final = 2.0
#: Seconds after which a message about a notice or schedule is dropped, because the next one comes.
_SOON_AGAIN: Final = 30.0
#: Orders come before help; 0 is the highest priority of the queue.
_LOWEST: Final = 9


def relay() -> int:
    """Puts due orders on the queue. Returns how many. While the broker does not answer, the next call tries again."""
    try:
        return outbox.relay(_publish)
    except (BrokerAway, ConnectionError, TimeoutError):
        logger.warning("the queue cannot be reached")
        return 0


def call_helpers() -> int:
    """Calls one more helper to every order with parts that nobody has taken. Returns how many.

    No helper is called while orders wait for a worker of their own.
    """
    if outbox.others_wait():
        return 0
    try:
        return sum(map(_call_helper, parts.wanting_help()))
    except (BrokerAway, ConnectionError, TimeoutError):
        return 0


def send_notices() -> int:
    """Has the e-mails sent that are due. Returns how many."""
    notices.forget()
    return _have_done(send_notice.apply_async, notices.due())


def run_schedules() -> int:
    """Has the schedules run that are due. Returns how many."""
    return _have_done(run_schedule.apply_async, schedules.due())


def _have_done(call: Callable[..., object], orders: Iterable[UUID]) -> int:
    try:
        return sum(bool(call(args=(str(order),), retry=False, expires=_SOON_AGAIN)) for order in orders)
    except (BrokerAway, ConnectionError, TimeoutError):
        return 0


def sweep() -> int:
    """Calls a worker to every order whose worker went silent, and fails the orders with no attempts left."""
    leases.shorten_from_the_future()
    exhausted = CitizenList.objects.filter(FREE, attempt__gte=MAX_ATTEMPTS)
    return sum(map(_rescue, _ids(CitizenList.objects.filter(SILENT)))) + _each(_give_up, exhausted)


def expire() -> int:
    """Destroys every list that is past its expires_at. Returns how many."""
    return _each(_expire, CitizenList.objects.filter(state=State.READY, expires_at__lte=Now()))


def clear() -> int:
    """Removes the folders of orders that have ended or do not exist. Returns how many.

    In the other folders it removes the files that a killed worker left.
    """
    folders = {folder.name: folder for folder in _folders()}
    needed = CitizenList.objects.filter(pk__in=folders, state__in=(*UNFINISHED, State.READY))
    left = folders.keys() - {str(order_id) for order_id in _ids(needed)}
    for name in left:
        storage.remove(UUID(name))
    for order in needed.filter(state=State.READY):
        checkpoints.tidy(order)
    return len(left)


def _publish(order_id: UUID) -> None:
    build.apply_async(args=(str(order_id),), retry=False)


def _call_helper(order_id: UUID) -> int:
    # A call that no worker is free to answer is dropped: the next one comes.
    help_out.apply_async(args=(str(order_id),), retry=False, expires=HELPERS_ARE_CALLED_FOR, priority=_LOWEST)
    return 1


def _rescue(order_id: UUID) -> int:
    with transaction.atomic():
        silent = CitizenList.objects.filter(SILENT, pk=order_id).select_for_update(skip_locked=True).first()
        if silent is None:
            return 0
        logger.warning("citizen list %s: its worker went silent", order_id)
        CitizenList.objects.filter(pk=order_id).update(lease_until=None, lease_owner="")
        outbox.ring(order_id)
    return 1


def _give_up(order: CitizenList) -> None:
    lifecycle.fail_order(order=order, failure=Failure.TOO_MANY_ATTEMPTS)


def _expire(order: CitizenList) -> None:
    lifecycle.expire_order(order=order)


def _each(act: Callable[[CitizenList], None], orders: QuerySet[CitizenList]) -> int:
    done = 0
    for order in orders.select_related("role", "ordered_by"):
        try:
            act(order)
            done += 1
        except NotNow:
            continue
    return done


def _ids(orders: QuerySet[CitizenList]) -> list[UUID]:
    return list(orders.values_list("pk", flat=True))


def _folders() -> Iterable[Path]:
    root = Path(settings.FIKSREG_FILES_DIR)
    return [folder for folder in root.iterdir() if _is_order(folder.name)] if root.is_dir() else []


def _is_order(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
