"""Downloading a finished list: right, role and gradings are checked again, and the log entry precedes the first
byte."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from django.db.models.functions import Now

from citizenlists import storage
from citizenlists.building import checkpoints, pipeline
from citizenlists.building.lookahead import looking_ahead
from citizenlists.content.columns import columns_for
from citizenlists.models import CitizenList, State
from citizenlists.orders import lifecycle, logentries, rights
from citizenlists.storage import Vault
from roles import disclosure
from roles.access import Access, NoRole, SessionOver
from roles.audit import Event, append
from roles.disclosure import ManyDisclosed
from roles.disclosure.employeelimits import count_download
from roles.policy.marks import ADDRESS_ELEMENTS, RELATIONS

#: The right is read again after so many frames of the file (storage.FRAME_BYTES): a quarter of a MiB.
FRAMES_AT_ONCE = 4
#: The elements that decide who is on the list and whose address it shows. The register is asked only for these again.
_COMPARED = frozenset(ADDRESS_ELEMENTS) | RELATIONS.keys() | rights.READ_ALONG | {"doedsfall"}


class Withdrawn(Exception):
    """The list is out of date or shows something that may not be shown any more. Its file was deleted, and the list is
    being built again."""


@dataclass(frozen=True, slots=True)
class Download:
    """An open download. content: the workbook in pieces. size: in bytes, so that the receiver notices a broken
    download."""

    content: Iterator[bytes]
    size: int
    file_name: str


def open_download(*, order: CitizenList, access: Access) -> Download:
    """The file, decrypted while it is sent. order, access: as find_order() gives them.

    Asks the register again about everybody on the list. Raises NotNow when the list is not ready, RoleChanged when the
    role no longer covers it, Withdrawn, LimitReached, PartyError, Unreadable when a file is missing or altered (checked
    before anything is sent), and OSError when the disk fails. NoRole and SessionOver are raised when the right is gone,
    also between two pieces of the content; the receiver then gets less than `size`.
    """
    _check_ready(order)
    rights.covering(order, access)
    count_download(access)
    vault = storage.vault(order.pk, order.sealed_key)
    vault.check(order.file_name)
    if not _still_holds(order, access, vault):
        lifecycle.withdraw_file(order=order)
        raise Withdrawn
    content = _while_it_is_theirs(order, access, vault.stream(order.file_name))
    first = next(content)
    append(logentries.of_person(Event.FILE_DOWNLOADED, order, access, rows=order.rows), on="audit")
    return Download(_all(first, content), order.file_size, f"innbyggerliste-{str(order.pk)[:8]}.xlsx")


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


def _still_holds(order: CitizenList, access: Access, vault: Vault) -> bool:
    """Whether the list is still true: nobody on it has died, moved away or become protected since it was built, and no
    address on it has become protected.

    It checks what the role can see, as the build did.
    """
    then, criteria = _Built.of(order, access, vault), rights.criteria_of(order)
    needed = rights.needed_for(order, access)
    # Never more elements than the role has, not even the number: the gate reads the right again.
    narrow = replace(access, elements=needed & (_COMPARED | criteria.narrowing.elements) or needed)
    batches = checkpoints.identifiers(order, vault, checkpoints.parts(order))
    ask = partial(disclosure.disclose_many, narrow, marks_key=vault.marks_key, of_guardians=_read_again(order, access))
    calls = (partial(ask, numbers) for _, numbers in batches)
    listed = set[str]()
    with looking_ahead(calls) as disclosures:
        for now in disclosures:
            if not then.may_still_be_shown(now):
                return False
            listed |= pipeline.meeting_criteria(now, criteria)
    return then.listed <= listed


def _read_again(order: CitizenList, access: Access) -> frozenset[str]:
    """The addresses of those with parental responsibility, if the list has them."""
    return rights.of_guardians(order, access) & frozenset(ADDRESS_ELEMENTS)


@dataclass(frozen=True, slots=True)
class _Built:
    """The marks from the building of the list. left_out: persons whom the gate left out. listed: persons with a row.

    shown: households with an address on the list. For a role that may not see gradings it also holds on a list without
    addresses, because such a role must not see the household's members either.
    """

    left_out: frozenset[str]
    listed: frozenset[str]
    shown: frozenset[str]

    def may_still_be_shown(self, now: ManyDisclosed) -> bool:
        return now.left_out_marks <= self.left_out and self.shown.isdisjoint(now.protected_addresses)

    @classmethod
    def of(cls, order: CitizenList, access: Access, vault: Vault) -> "_Built":
        left_out, listed, shown, protected = set[str](), set[str](), set[str](), set[str]()
        for chunk in checkpoints.chunks(order, vault):
            left_out |= chunk.left_out
            listed |= chunk.listed
            protected |= chunk.protected
            shown.update(mark for row in chunk.rows for mark in row.all_households)
        if access.sees_gradings and not any(column.is_address for column in columns_for(order.elements)):
            shown.clear()  # for a role that may not see gradings the row itself would tell
        return cls(frozenset(left_out), frozenset(listed), frozenset(shown - protected))


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
