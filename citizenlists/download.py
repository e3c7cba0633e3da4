"""Handing a finished list over: right, role and grading are looked at again, and it is logged before the first byte."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.db.models.functions import Now

from citizenlists import checkpoints, entries, rights, services, storage
from citizenlists.lookahead import looking_ahead
from citizenlists.models import CitizenList, State
from citizenlists.storage import Vault
from roles import disclosure
from roles.access import Access
from roles.audit import Event, append
from roles.disclosure import ManyDisclosed
from roles.households import ADDRESS_ELEMENTS

_NUMBER = "identifikasjonsnummer"


class Withdrawn(Exception):
    """Somebody on the list is protected now: the file is gone and the list is being built anew."""


@dataclass(frozen=True, slots=True)
class Download:
    """content: the workbook in pieces. size: in bytes, so that a receiver notices a cut."""

    content: Iterator[bytes]
    size: int
    file_name: str


def open_download(*, order: CitizenList, access: Access) -> Download:
    """The file, decrypted while it is sent. The order must be one this access may see.

    Asks the register again about the grading of everybody on the list. Raises NotNow when the list is not ready,
    RoleChanged when the role no longer covers it, Withdrawn, FolkeregisterError; Unreadable when a file is missing or
    altered anywhere, before anything is sent, and OSError when the disk cannot be asked.
    """
    if not CitizenList.objects.filter(pk=order.pk, state=State.READY, expires_at__gt=Now()).exists():
        raise services.NotNow
    rights.covering(order, access)
    vault = storage.vault(order.pk, order.sealed_key)
    vault.check(order.file_name)
    if not _still_unprotected(order, access, vault):
        services.withdraw_file(order=order)
        raise Withdrawn
    content = vault.stream(order.file_name)
    first = next(content)
    append(entries.of_person(Event.FILE_DOWNLOADED, order, access, rows=order.rows), on="audit")
    return Download(_all(first, content), order.file_size, f"innbyggerliste-{str(order.pk)[:8]}.xlsx")


def _still_unprotected(order: CitizenList, access: Access, vault: Vault) -> bool:
    """Whether nobody has become protected since the list was built, and no address on it."""
    then = _Protection.of(order, vault)
    narrow = replace(access, elements=frozenset({_NUMBER, *ADDRESS_ELEMENTS} & {*order.elements, _NUMBER}))
    batches = checkpoints.identifiers(order, vault, checkpoints.parts(order))
    calls = (partial(disclosure.disclose_many, narrow, numbers) for _part, numbers in batches)
    with looking_ahead(calls) as disclosures:
        return all(then.still_holds(now) for now in disclosures)


@dataclass(frozen=True, slots=True)
class _Protection:
    """left_out: marks of the persons not on the list. shown: marks of the households whose addresses are on it."""

    left_out: frozenset[str]
    shown: frozenset[str]

    def still_holds(self, now: ManyDisclosed) -> bool:
        return now.left_out_marks <= self.left_out and self.shown.isdisjoint(now.protected_addresses)

    @classmethod
    def of(cls, order: CitizenList, vault: Vault) -> "_Protection":
        left_out, shown, protected = set[str](), set[str](), set[str]()
        for chunk in checkpoints.chunks(order, vault):
            left_out |= chunk.left_out
            protected |= chunk.protected
            shown.update(mark for row in chunk.rows for mark in row.households)
        return cls(frozenset(left_out), frozenset(shown - protected))


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
