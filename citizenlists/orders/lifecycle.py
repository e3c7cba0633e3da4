"""The functions that change the state of an order. Each is atomic and writes its log entry."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from citizenlists import storage
from citizenlists.building import checkpoints
from citizenlists.content.figures import NO_CHARTS, Charts
from citizenlists.models import (
    FINAL,
    UNFINISHED,
    CheckpointKind,
    CitizenList,
    Failure,
    State,
)
from citizenlists.orders import logentries, outbox, rights
from citizenlists.orders.leases import Claim, lock_order
from citizenlists.orders.orderlimits import room_for_one_more
from citizenlists.storage import FileWriter
from roles.access import Access
from roles.audit import Event, append

#: The downloads of one list, by everybody together. A list is for one use; more is a copy that goes round.
MOST_DOWNLOADS = 20


class DownloadsSpent(Exception):
    """The list was downloaded as often as it may be."""


class NotNow(Exception):
    """The order is in a state where this cannot be done."""


def cancel_if_unfinished(*, access: Access, order: CitizenList) -> bool:
    """Cancels the order unless it has ended. Returns whether it was cancelled."""
    try:
        cancel_order(access=access, order=order)
    except NotNow:
        return False
    return True


def cancel_order(*, access: Access, order: CitizenList) -> None:
    """Ends an unfinished order and destroys the data fetched for it. Raises NotNow."""
    with transaction.atomic():
        _end(_row(order.pk).filter(state__in=UNFINISHED), State.CANCELLED)
        order.parts.all().delete()
        append(logentries.of_person(Event.ORDER_CANCELLED, order, access), on="default")
    storage.remove(order.pk)


def fail_order(*, order: CitizenList, failure: Failure) -> None:
    """Ends an unfinished order with a reason, and destroys the data fetched for it.

    Raises NotNow, also when a worker has claimed the order since it was read.
    """
    with transaction.atomic():
        _end(_row(order.pk).filter(fence=order.fence, state__in=UNFINISHED), State.FAILED, failure)
        order.parts.all().delete()
        append(logentries.of_system(Event.ORDER_FAILED, order, logentries.WORKER, reason=failure.value), on="default")
    storage.remove(order.pk)


def publish(
    *,
    claim: Claim,
    access: Access,
    writer: FileWriter,
    name: str,
    rows: int,
    unread: int = 0,
    marks: Sequence[str] = (),
    charts: Charts = NO_CHARTS,
) -> None:
    """Makes the finished file the order's result: the file, the row and the log entry, or none of them.

    writer: has the whole workbook, under `name`. unread: how many persons could not be read. marks: names of the files
    that replace the chunks; the chunks and other files that are no longer needed are removed. charts: of the rows.
    Raises LeaseLost.
    """
    writer.finish()  # before the row is locked, so that nobody waits for a slow disk
    with transaction.atomic():
        order = lock_order(claim)
        writer.publish()
        _row(order.pk).update(
            state=State.READY,
            rows=rows,
            unread=unread,
            figures=msgspec.to_builtins(charts),
            built_seeing_gradings=access.sees_gradings,
            file_name=name,
            file_size=writer.size,
            ended_at=Now(),
            expires_at=Now() + timedelta(days=order.organisation.lists_kept_days),
            lease_until=None,
            lease_owner="",
        )
        checkpoints.keep_marks(order, marks)
        append(logentries.of_system(Event.FILE_PUBLISHED, order, logentries.WORKER, access, rows=rows), on="default")
    checkpoints.tidy(CitizenList.objects.get(pk=claim.order_id))


def count_download(*, order: CitizenList) -> None:
    """Counts a download of a finished list. Raises DownloadsSpent, and NotNow when the list is not ready any more."""
    finished = _row(order.pk).filter(state=State.READY, file_name=order.file_name)
    if finished.filter(downloads__lt=MOST_DOWNLOADS).update(downloads=F("downloads") + 1):
        return
    raise DownloadsSpent if finished.exists() else NotNow


def withdraw_file(*, order: CitizenList) -> None:
    """Withdraws a finished list that is no longer true (see download.py) and has it built again. Raises NotNow."""
    with transaction.atomic():
        finished = _row(order.pk).filter(state=State.READY, file_name=order.file_name)
        _move(finished, state=State.ORDERED, file_name="", rows=0, persons_done=0, rebuilt=True)
        order.checkpoints.filter(kind=CheckpointKind.ROWS).delete()
        outbox.ring(order.pk)
        append(logentries.of_system(Event.FILE_WITHDRAWN, order, logentries.WORKER), on="default")
    checkpoints.tidy(CitizenList.objects.get(pk=order.pk))


def give_up_damaged(*, order: CitizenList, access: Access) -> None:
    """Fails a finished list whose files are missing or altered. It can be taken up again.

    Does nothing when the order has changed since it was read.
    """
    with suppress(NotNow), transaction.atomic():
        finished = _row(order.pk).filter(state=State.READY, file_name=order.file_name)
        _end(finished, State.FAILED, Failure.FILE_DAMAGED)
        append(logentries.of_person(Event.FILE_DAMAGED, order, access), on="default")
        transaction.on_commit(partial(storage.remove, order.pk))


def take_up_again(*, access: Access, order: CitizenList) -> None:
    """Has a failed order built again from the beginning.

    It counts among the unfinished orders of its orderer again. Raises NotNow, LimitReached, and RoleChanged when the
    role no longer covers it.
    """
    rights.covering(order, access)
    sealed_key = storage.new_sealed_key(order.pk)
    with room_for_one_more(access, order.ordered_by, besides=[order.pk]):
        failed = _row(order.pk).filter(state=State.FAILED, searched_by=[]).exclude(failure__in=FINAL)
        changes = {
            **checkpoints.NOTHING_DONE,
            "rows": 0,
            "file_name": "",
            "file_size": 0,
            "restarts": 0,
            "rebuilt": False,
            "downloads": 0,
        }
        _move(failed, state=State.ORDERED, failure="", ended_at=None, expires_at=None, sealed_key=sealed_key, **changes)
        checkpoints.discard(order)
        outbox.ring(order.pk)
        append(logentries.of_person(Event.ORDER_TAKEN_UP_AGAIN, order, access), on="default")


def expire_order(*, order: CitizenList) -> None:
    """Destroys a finished list's key and file. Raises NotNow."""
    with transaction.atomic():
        _end(_row(order.pk).filter(state=State.READY), State.EXPIRED)
        append(logentries.of_system(Event.FILE_EXPIRED, order, logentries.CLOCK), on="default")
    storage.remove(order.pk)


def delete_list(*, access: Access, order: CitizenList) -> None:
    """Destroys a finished list's key and file before its time. Raises NotNow."""
    with transaction.atomic():
        _end(_row(order.pk).filter(state=State.READY), State.DELETED)
        append(logentries.of_person(Event.FILE_DELETED, order, access), on="default")
    storage.remove(order.pk)


def _row(order_id: UUID) -> QuerySet[CitizenList]:
    return CitizenList.objects.filter(pk=order_id)


def _end(rows: QuerySet[CitizenList], state: State, failure: str = "") -> None:
    # Without the key nobody can read what a worker may still write for the order; the sweeper removes it.
    _move(
        rows,
        state=state,
        failure=failure,
        ended_at=Now(),
        sealed_key=b"",
        sealed_search=b"",
        lease_until=None,
        lease_owner="",
    )


def _move(orders: QuerySet[CitizenList], /, **changes: object) -> None:
    # The figures are those of a finished list, and an order that moves has none or loses it.
    if not orders.update(**changes, figures={}, attempt=0, stalled_since=None):
        raise NotNow
