"""Downloading a finished list: right, role and gradings are checked again, and the log entry precedes the first
byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models.functions import Now

from citizenlists import storage
from citizenlists.ageing import Changes, changes_since
from citizenlists.content.formats import file_type
from citizenlists.models import CitizenList, State
from citizenlists.orders import lifecycle, logentries, rights
from roles.access import Access, NoRole, SessionOver
from roles.audit import Event, append
from roles.disclosure.employeelimits import count_download

#: The right is read again after so many frames of the file (storage.FRAME_BYTES): a quarter of a MiB.
FRAMES_AT_ONCE = 4


class ChangedSince(Exception):
    """The list is not what it was when it was built."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


class Withdrawn(ChangedSince):
    """The list names somebody who is not on it any more, or shows something that may not be shown any more. Its file
    was deleted, and the list is being built again."""


class Aged(ChangedSince):
    """Somebody on the list has moved. It may be downloaded all the same."""


@dataclass(frozen=True, slots=True)
class Download:
    """An open download. content: the file in pieces. size: in bytes, so that the receiver notices a broken
    download."""

    content: Iterator[bytes]
    size: int
    file_name: str
    content_type: str


def open_download(*, order: CitizenList, access: Access, takes_it_aged: bool = True) -> Download:
    """The file, decrypted while it is sent. order, access: as find_order() gives them. takes_it_aged: also when
    somebody on it has moved.

    Asks the register again about everybody on the list. Raises NotNow when the list is not ready, RoleChanged when the
    role no longer covers it or sees gradings no more, Withdrawn, Aged, DownloadsSpent, LimitReached, PartyError,
    Unreadable when a file is missing or altered (checked before anything is sent), and OSError when the disk fails.
    NoRole and SessionOver are raised when the right is gone, also between two pieces of the content; the receiver then
    gets less than `size`.
    """
    _check_ready(order)
    rights.covering_finished(order, access)
    count_download(access)
    vault = storage.vault(order.pk, order.sealed_key)
    if order.downloads >= lifecycle.MOST_DOWNLOADS:
        raise lifecycle.DownloadsSpent  # before the register is asked about anybody
    vault.check(order.file_name)
    changes = changes_since(order, access, vault)
    if changes.are_grave:
        lifecycle.withdraw_file(order=order)
        raise Withdrawn(changes)
    if changes.moved and not takes_it_aged:
        raise Aged(changes)
    content = _while_it_is_theirs(order, access, vault.stream(order.file_name))
    first = next(content)
    lifecycle.count_download(order=order)
    append(logentries.of_person(Event.FILE_DOWNLOADED, order, access, rows=order.rows), on="audit")
    kind = file_type(order.file_format)
    name = f"{kind.name}-{str(order.pk)[:8]}.{kind.ending}"
    return Download(_whole(first, content, order, access), order.file_size, name, kind.content_type)


def _while_it_is_theirs(order: CitizenList, access: Access, frames: Iterator[bytes]) -> Iterator[bytes]:
    """The content in larger pieces. Before each piece the right is read again; a denial is logged and raised."""
    while piece := b"".join(islice(frames, FRAMES_AT_ONCE)):
        try:
            access.check_still_held()
            _check_ready(order)
        except (NoRole, SessionOver, lifecycle.NotNow):
            append(logentries.denied(Event.FILE_DOWNLOADED, order, access), on="audit")
            raise
        yield piece


def _check_ready(order: CitizenList) -> None:
    ready = CitizenList.objects.filter(pk=order.pk, state=State.READY, file_name=order.file_name, expires_at__gt=Now())
    if not ready.exists():
        raise lifecycle.NotNow


def _whole(first: bytes, rest: Iterator[bytes], order: CitizenList, access: Access) -> Iterator[bytes]:
    """All of the content. A log entry says when the last piece has been taken; without it the receiver has less."""
    yield first
    yield from rest
    append(logentries.of_person(Event.FILE_SENT, order, access), on="audit")
