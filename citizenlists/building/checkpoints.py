"""Checkpoints: the finished steps of an order. Each is written under the worker's fencing number, first file, then row.

A kill between the two leaves a file that no row names; the sweeper removes it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import msgspec
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from citizenlists import storage
from citizenlists.building import pipeline
from citizenlists.building.pipeline import Chunk, Slice, slices
from citizenlists.content.lines import Line
from citizenlists.models import Checkpoint, CheckpointKind, CitizenList, Part
from citizenlists.orders import parts as claimed
from citizenlists.orders.leases import Claim, lock_order
from citizenlists.orders.parts import PartClaim
from citizenlists.storage import Vault
from roles.connections import let_go

#: The values of these columns in an order before any step is done.
NOTHING_DONE = {
    "extract_asked": False,
    "extract_job": "",
    "extract_complete": False,
    "persons_found": 0,
    "persons_done": 0,
    "lookups_since": None,
}
_identifiers = msgspec.msgpack.Decoder(list[str])
_chunk = msgspec.msgpack.Decoder(Chunk)
_lines = msgspec.msgpack.Decoder(list[Line])


def keep_job(claim: Claim, job: str) -> None:
    """Stores the register's job id. Raises LeaseLost."""
    with transaction.atomic():
        order = lock_order(claim)
        order.extract_job = job
        order.save(update_fields=["extract_job"])


def keep_identifiers(claim: Claim, vault: Vault, number: int, identifiers: list[str]) -> None:
    """Stores batch `number` of the extract. Raises LeaseLost."""
    name = f"identifiers-{number}-{claim.fence}"
    vault.write(name, msgspec.msgpack.encode(identifiers))
    with transaction.atomic():
        order = lock_order(claim)
        _keep(order, CheckpointKind.IDENTIFIERS, number, size=len(identifiers), name=name)
        _advance(order, persons_found=F("persons_found") + len(identifiers))


def end_of_extract(claim: Claim) -> None:
    """Records that every batch of the extract is stored. Raises LeaseLost."""
    with transaction.atomic():
        _advance(lock_order(claim), extract_complete=True)


def lay_out_parts(claim: Claim) -> None:
    """Makes a part of each bulk lookup that is neither done nor a part already. Raises LeaseLost."""
    with transaction.atomic():
        order = lock_order(claim)
        there = parts_done(order) | set(order.parts.values_list("number", flat=True))
        Part.objects.bulk_create(_part(order, one) for one in parts(order) if one.number not in there)
        CitizenList.objects.filter(pk=order.pk, persons_done=0).update(lookups_since=Now())


def _part(order: CitizenList, one: Slice) -> Part:
    return Part(order=order, number=one.number, batch=one.batch, start=one.start, stop=one.stop)


def keep_chunk(part: PartClaim, vault: Vault, chunk: Chunk) -> None:
    """Stores the rows of one part, which is done then. Raises LeaseLost and PartLost."""
    vault.write(part.file_name, msgspec.msgpack.encode(chunk))
    with transaction.atomic():
        order = claimed.finish(part)
        _keep(order, CheckpointKind.ROWS, part.number, size=len(chunk.rows), name=part.file_name)
        _advance(order, persons_done=F("persons_done") + part.size)


def start_over(claim: Claim) -> None:
    """Discards the extract and everything made from it, when the register has deleted it or our files are damaged.

    Raises LeaseLost.
    """
    with transaction.atomic():
        order = lock_order(claim)
        discard(order)
        CitizenList.objects.filter(pk=order.pk).update(**NOTHING_DONE, restarts=F("restarts") + 1)


def discard(order: CitizenList) -> None:
    """Deletes everything that is done or laid out. Call it with the order's row locked."""
    order.checkpoints.all().delete()
    order.parts.all().delete()


def batches_kept(order: CitizenList) -> int:
    """The number of stored batches of the extract, which is also the number of the next batch."""
    return order.checkpoints.filter(kind=CheckpointKind.IDENTIFIERS).count()


def parts(order: CitizenList) -> list[Slice]:
    """All bulk lookups that the order needs."""
    batches = order.checkpoints.filter(kind=CheckpointKind.IDENTIFIERS).values_list("number", "size")
    return list(slices(batches.order_by("number")))


def parts_done(order: CitizenList) -> frozenset[int]:
    """The numbers of the bulk lookups whose rows are stored."""
    return frozenset(order.checkpoints.filter(kind=CheckpointKind.ROWS).values_list("number", flat=True))


class Identifiers:
    """The identifiers of the parts of an order, with one batch in memory at a time."""

    def __init__(self, order: CitizenList, vault: Vault) -> None:
        names = order.checkpoints.filter(kind=CheckpointKind.IDENTIFIERS).values_list("number", "file_name")
        self._names, self._vault = dict(names), vault
        self._batch, self._opened = -1, list[str]()

    def of(self, part: Slice | PartClaim) -> list[str]:
        """The identifiers of one part. Raises Unreadable."""
        if part.batch != self._batch:
            let_go()  # reading files needs no database connection
            self._batch, self._opened = part.batch, _identifiers.decode(self._vault.read(self._names[part.batch]))
        return self._opened[part.start : part.stop]


def identifiers(order: CitizenList, vault: Vault, parts: list[Slice]) -> Iterator[tuple[Slice, list[str]]]:
    """Each of these parts with its identifiers, in order. Raises Unreadable."""
    opened = Identifiers(order, vault)
    for part in parts:
        yield part, opened.of(part)


def chunks(order: CitizenList, vault: Vault) -> Iterator[Chunk]:
    """All stored chunks in order, with one in memory at a time. Raises Unreadable."""
    names = _names(order, CheckpointKind.ROWS)
    let_go()  # reading files needs no database connection
    for name in names:
        yield _chunk.decode(vault.read(name))


def check_identifiers(order: CitizenList, vault: Vault) -> None:
    """Reads every batch to the end, because a download needs them for asking about gradings again. Raises
    Unreadable."""
    for name in _names(order, CheckpointKind.IDENTIFIERS):
        vault.check(name)


def marks_of(claim: Claim, vault: Vault, number: int, chunk: Chunk) -> str:
    """Stores the marks of a chunk, which a download needs, without the cells. Returns the name of the file."""
    name = f"marks-{number}-{claim.fence}"
    vault.write(name, msgspec.msgpack.encode(pipeline.without_cells(chunk)))
    return name


class LinesAside:
    """Lines laid aside in encrypted files while a list is sorted, as citizenlists.building.sorting.Pages says.

    tidy() removes the files when the list is published. check: raises LeaseLost when the worker must stop.
    """

    def __init__(self, claim: Claim, vault: Vault, check: Callable[[], None]) -> None:
        self._fence, self._vault, self._check, self._number = claim.fence, vault, check, count()

    def put(self, lines: list[Line]) -> str:
        self._check()
        name = f"lines-{next(self._number)}-{self._fence}"
        self._vault.write(name, msgspec.msgpack.encode(lines))
        return name

    def get(self, name: str) -> list[Line]:
        self._check()
        return _lines.decode(self._vault.read(name))


def keep_marks(order: CitizenList, names: Sequence[str]) -> None:
    """Replaces the checkpoints of the chunks by the files of marks, in order. Call it in the publishing transaction."""
    chunks = order.checkpoints.filter(kind=CheckpointKind.ROWS)
    for checkpoint, name in zip(chunks, names, strict=True):
        checkpoint.file_name = name
        checkpoint.save(update_fields=["file_name"])


def tidy(order: CitizenList, *, up_to: int | None = None) -> None:
    """Removes the files that no row names: unfinished, replaced or left by a kill.

    up_to: the last claim on the order whose files are removed, if not the last one of all. Files of later claims stay,
    and so does the file of every claimed part, whose row comes after it.
    """
    checkpoints, parts = (rows.values_list("file_name", flat=True) for rows in (order.checkpoints, order.parts))
    storage.remove_others(
        order.pk, {*parts, *checkpoints, order.file_name}, up_to=order.fence if up_to is None else up_to
    )


def _names(order: CitizenList, kind: CheckpointKind) -> list[str]:
    return list(order.checkpoints.filter(kind=kind).values_list("file_name", flat=True))


def _keep(order: CitizenList, kind: CheckpointKind, number: int, *, size: int, name: str) -> None:
    Checkpoint.objects.create(order=order, kind=kind, number=number, size=size, file_name=name)


def _advance(order: CitizenList, **changes: object) -> None:
    # A step was done, so the counts towards giving up start again.
    CitizenList.objects.filter(pk=order.pk).update(**changes, attempt=0, stalled_since=None)
