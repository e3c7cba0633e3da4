"""What a worker does with an order, and what becomes of the order when it cannot be done. Celery brings only the id."""

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
from django.db.models.functions import Now

from citizenlists import checkpoints, leases, services
from citizenlists.build import Builder, ExtractNotReady, read
from citizenlists.leases import MAX_ATTEMPTS, Claim, Heartbeat, LeaseLost
from citizenlists.models import CitizenList, Failure
from citizenlists.rights import RoleChanged
from citizenlists.services import NotNow
from citizenlists.storage import Unreadable
from integrations.folkeregisteret.errors import Busy, ExtractGone, FolkeregisterError
from roles.access import NoRole
from roles.keyring import UnknownKey, Unsealable
from roles.violations import PolicyViolation

logger = logging.getLogger(__name__)

#: An order that the register does not let finish within this time is given up.
PATIENCE = timedelta(hours=2)
_SOON = timedelta(seconds=10)


@worker_process_init.connect
def spare_the_collector(**_signal: object) -> None:
    """What the process has loaded stays for good: without it, looking for garbage among a list's records is cheap."""
    gc.collect()
    gc.freeze()


@shared_task(name="citizenlists.build", ignore_result=True)
def build(order_id: str) -> None:
    """Builds the order, if it can be claimed. A second or late message finds nothing to do."""
    claim = leases.claim(UUID(order_id), owner=f"{socket.gethostname()}:{os.getpid()}")
    if claim is None:
        return
    try:
        with Heartbeat(claim) as heartbeat:
            _attempt(claim, Builder(claim, heartbeat).run)
    except LeaseLost:
        logger.warning("citizen list %s: stopped, no longer ours", order_id)


def _attempt(claim: Claim, run: Callable[[], None]) -> None:
    try:
        run()
    except NoRole:
        _fail(claim, Failure.RIGHT_WITHDRAWN)
    except (RoleChanged, PolicyViolation):
        _fail(claim, Failure.ROLE_CHANGED)
    except (ExtractGone, Unreadable):
        checkpoints.start_over(claim)
        _again(claim, Failure.FAULT)
    except FolkeregisterError as error:
        _after_register_error(claim, error)
    except ExtractNotReady:
        _wait(claim, _SOON)
    except SoftTimeLimitExceeded:
        leases.release(claim, after=timedelta(), counted=False)
    except LeaseLost:
        raise
    except Unsealable as error:
        _after_key_error(claim, error)
    except Exception:
        logger.exception("citizen list %s: attempt failed", claim.order_id)
        _again(claim, Failure.FAULT)


def _after_register_error(claim: Claim, error: FolkeregisterError) -> None:
    logger.warning("citizen list %s: %s", claim.order_id, error)
    if not error.retryable:
        _fail(claim, Failure.REGISTER_REFUSED)
    else:
        _wait(claim, timedelta(seconds=error.retry_after) if isinstance(error, Busy) else _SOON)


def _after_key_error(claim: Claim, error: Unsealable) -> None:
    if not isinstance(error, UnknownKey):
        raise LeaseLost from None  # an order that was ended meanwhile has no key any more
    logger.warning("citizen list %s: sealed by a master key that this worker does not have", claim.order_id)
    _wait(claim, _SOON, Failure.FAULT)


def _wait(claim: Claim, pause: timedelta, failure: Failure = Failure.REGISTER_AWAY) -> None:
    """Waiting for somebody else costs no attempt, but has an end. failure: what it is called then."""
    if _is_overdue(claim):
        _fail(claim, failure)
    else:
        leases.release(claim, after=max(pause, _SOON), counted=False)


def _again(claim: Claim, failure: Failure) -> None:
    order = read(claim.order_id)
    if order.attempt >= MAX_ATTEMPTS or _is_overdue(claim):
        _fail(claim, failure)
    else:
        leases.release(claim, after=timedelta(seconds=2**order.attempt), counted=True)


def _is_overdue(claim: Claim) -> bool:
    return CitizenList.objects.filter(pk=claim.order_id, ordered_at__lt=Now() - PATIENCE).exists()


def _fail(claim: Claim, failure: Failure) -> None:
    order = read(claim.order_id)
    if order.fence != claim.fence:
        raise LeaseLost
    try:
        services.fail_order(order=order, failure=failure)
    except NotNow:
        raise LeaseLost from None
