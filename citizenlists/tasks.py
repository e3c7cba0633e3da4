"""The worker's task: building an order, and handling each way in which that can fail. Celery brings only the id."""

import gc
import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_process_init
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connections
from structlog.contextvars import bound_contextvars

from citizenlists.building import checkpoints
from citizenlists.building.build import Builder, ExtractNotReady
from citizenlists.building.helping import help_with
from citizenlists.building.labels import TooManyLabels
from citizenlists.building.partwork import read
from citizenlists.building.turns import TurnOver
from citizenlists.models import Failure, Waiting
from citizenlists.orders import leases, lifecycle, notices, schedules
from citizenlists.orders.extractlimit import ExtractsTaken
from citizenlists.orders.leases import MAX_ATTEMPTS, Claim, Heartbeat
from citizenlists.orders.lifecycle import NotNow
from citizenlists.orders.parts import LeaseLost
from citizenlists.orders.rights import RoleChanged
from citizenlists.storage import Unreadable
from integrations.folkeregisteret.errors import ExtractGone, TooManyHits
from integrations.http.errors import Busy, PartyError
from roles.access import NoRole
from roles.audit import LogBusy
from roles.keyring import UnknownKey, Unsealable
from roles.violations import PolicyViolation

logger = logging.getLogger(__name__)

#: An order that the register or the disk stops for longer than this fails. The time starts again when a step is done.
PATIENCE = timedelta(hours=2)
_SOON, _AT_ONCE = timedelta(seconds=10), timedelta(seconds=1)

#: Errors for which a new attempt is useless.
_HOPELESS: dict[type[Exception], Failure] = {
    NoRole: Failure.RIGHT_WITHDRAWN,
    RoleChanged: Failure.ROLE_CHANGED,
    PolicyViolation: Failure.ROLE_CHANGED,
    TooManyLabels: Failure.TOO_MANY_LABELS,
    TooManyHits: Failure.TOO_MANY_HITS,
}
#: Errors that usually pass, with the reason why the order failed when they do not.
_WAITED_OUT: dict[type[Exception], Failure] = {
    ExtractNotReady: Failure.REGISTER_AWAY,
    OSError: Failure.STORAGE_AWAY,
    OperationalError: Failure.FAULT,
    InterfaceError: Failure.FAULT,
    InternalError: Failure.FAULT,
    LogBusy: Failure.FAULT,
}


@worker_process_init.connect
def spare_the_collector(**_signal: object) -> None:
    """Excludes the loaded modules from garbage collection, so that collecting among a list's many records is cheap."""
    gc.collect()
    gc.freeze()


@shared_task(name="citizenlists.building.build", ignore_result=True)
def build(order_id: str) -> None:
    """Builds the order if it can be claimed. A repeated or late message finds nothing to do."""
    with bound_contextvars(order=order_id):
        claim = leases.claim(UUID(order_id), owner=f"{socket.gethostname()}:{os.getpid()}")
        if claim is not None:
            _build(claim)


@shared_task(name="citizenlists.building.help", ignore_result=True)
def help_out(order_id: str) -> None:
    """Helps with the order that another worker builds, if there is something to do."""
    with bound_contextvars(order=order_id):
        help_with(UUID(order_id))


@shared_task(name="citizenlists.notices.send", ignore_result=True)
def send_notice(order_id: str) -> None:
    """Sends the e-mail about this order, if it is due."""
    with bound_contextvars(order=order_id):
        notices.send(UUID(order_id))


@shared_task(name="citizenlists.schedules.run", ignore_result=True)
def run_schedule(order_id: str) -> None:
    """Places this order once more, if its schedule is due."""
    with bound_contextvars(order=order_id):
        schedules.run(UUID(order_id))


def _build(claim: Claim) -> None:
    try:
        with Heartbeat(claim) as heartbeat:
            _attempt(claim, Builder(claim, heartbeat).run)
    except LeaseLost:
        logger.warning("the citizen list is no longer ours: stopped")


def _attempt(claim: Claim, run: Callable[[], None]) -> None:
    try:
        run()
    except tuple(_HOPELESS) as error:
        _fail(claim, _failure(_HOPELESS, error))
    except (ExtractGone, Unreadable):
        _start_over(claim)
    except PartyError as error:
        _after_register_error(claim, error)
    except tuple(_WAITED_OUT) as error:
        _wait_out(claim, error)
    except (TurnOver, ExtractsTaken, SoftTimeLimitExceeded) as pause:
        _let_others_come(claim, pause)
    except LeaseLost:
        raise
    except Unsealable as error:
        _after_key_error(claim, error)
    except Exception:
        logger.exception("an attempt at the citizen list failed")
        _again(claim, Failure.FAULT)


def _let_others_come(claim: Claim, pause: Exception) -> None:
    if isinstance(pause, ExtractsTaken):
        leases.release(claim, after=_SOON, counted=False, waits_for=Waiting.EXTRACTS)
    else:
        leases.release(claim, after=timedelta(), counted=False)


def _failure(known: dict[type[Exception], Failure], error: Exception) -> Failure:
    return next(failure for kind, failure in known.items() if isinstance(error, kind))


def _wait_out(claim: Claim, error: Exception) -> None:
    logger.warning("the citizen list waits", exc_info=error)
    if isinstance(error, DatabaseError | InterfaceError):
        connections.close_all()  # so that the next statement opens a new connection
    _wait(claim, _failure(_WAITED_OUT, error))


def _after_register_error(claim: Claim, error: PartyError) -> None:
    logger.warning("no answer for the citizen list: %s", error)
    if not error.retryable:
        # A single odd answer may be an accident, so the register is asked a few more times at growing intervals.
        _again(claim, Failure.REGISTER_REFUSED, _SOON)
    else:
        _wait(claim, Failure.REGISTER_AWAY, timedelta(seconds=error.retry_after) if isinstance(error, Busy) else _SOON)


def _after_key_error(claim: Claim, error: Unsealable) -> None:
    if not isinstance(error, UnknownKey):
        raise LeaseLost from None  # the order was ended meanwhile, so its key is gone
    logger.warning("the citizen list is sealed by a master key that this worker does not have")
    _wait(claim, Failure.FAULT)


def _wait(claim: Claim, failure: Failure, pause: timedelta = _SOON) -> None:
    """Releases the order to wait for the register, the disk, the database or a key. It costs no attempt, but the order
    fails with `failure` when the waiting lasts longer than PATIENCE."""
    if leases.stall(claim, patience=PATIENCE):
        _fail(claim, failure)
    else:
        leases.release(claim, after=max(pause, _SOON), counted=False)


def _again(claim: Claim, failure: Failure, pause: timedelta = _AT_ONCE) -> None:
    order = read(claim.order_id)
    if order.attempt >= MAX_ATTEMPTS or order.restarts >= MAX_ATTEMPTS:
        _fail(claim, failure)
    else:
        leases.release(claim, after=pause * 2**order.attempt, counted=True)


def _start_over(claim: Claim) -> None:
    logger.warning("the citizen list begins anew")
    checkpoints.start_over(claim)
    _again(claim, Failure.FAULT)


def _fail(claim: Claim, failure: Failure) -> None:
    order = read(claim.order_id)
    if order.fence != claim.fence:
        raise LeaseLost
    try:
        lifecycle.fail_order(order=order, failure=failure)
    except NotNow:
        raise LeaseLost from None
