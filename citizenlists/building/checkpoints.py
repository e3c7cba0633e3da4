"""Checkpoints: the finished steps of an order. Each is written under the worker's fencing number, first file, then row.

A kill between the two leaves a file that no row names; the sweeper removes it.
"""

from collections.abc import Iterator, Sequence

import msgspec
from django.db import transaction
from django.db.models import F

from citizenlists import storage
from citizenlists.building import pipeline
from citizenlists.building.pipeline import Chunk, Slice, slices
from citizenlists.models import Checkpoint, CheckpointKind, CitizenList
from citizenlists.orders.leases import Claim, lock_order
from citizenlists.storage import Vault
from roles.connections import let_go

#: The values of these columns in an order before any step is done.
NOTHING_DONE = {"extract_job": "", "extract_complete": False, "persons_found": 0, "persons_done": 0}
_identifiers = msgspec.msgpack.Decoder(list[str])
_chunk = msgspec.msgpack.Decoder(Chunk)


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


def keep_chunk(claim: Claim, vault: Vault, part: Slice, chunk: Chunk) -> None:
    """Stores the rows of one bulk lookup. Raises LeaseLost."""
    name = f"rows-{part.number}-{claim.fence}"
    vault.write(name, msgspec.msgpack.encode(chunk))
    with transaction.atomic():
        order = lock_order(claim)
        _keep(order, CheckpointKind.ROWS, part.number, size=len(chunk.rows), name=name)
        _advance(order, persons_done=F("persons_done") + part.size)


def start_over(claim: Claim) -> None:
    """Discards the extract and everything made from it, when the register has deleted it or our files are damaged.

    Raises LeaseLost.
    """
    with transaction.atomic():
        order = lock_order(claim)
        order.checkpoints.all().delete()
        CitizenList.objects.filter(pk=order.pk).update(**NOTHING_DONE, restarts=F("restarts") + 1)


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


def identifiers(order: CitizenList, vault: Vault, parts: list[Slice]) -> Iterator[tuple[Slice, list[str]]]:
    """Each of these parts with its identifiers, in order, with one batch in memory at a time. Raises Unreadable."""
    names = dict(order.checkpoints.filter(kind=CheckpointKind.IDENTIFIERS).values_list("number", "file_name"))
    let_go()  # reading files needs no database connection
    batch, opened = -1, list[str]()
    for part in parts:
        if part.batch != batch:
            batch, opened = part.batch, _identifiers.decode(vault.read(names[part.batch]))
        yield part, opened[part.start : part.stop]


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


def keep_marks(order: CitizenList, names: Sequence[str]) -> None:
    """Replaces the checkpoints of the chunks by the files of marks, in order. Call it in the publishing transaction."""
    chunks = order.checkpoints.filter(kind=CheckpointKind.ROWS)
    for checkpoint, name in zip(chunks, names, strict=True):
        checkpoint.file_name = name
        checkpoint.save(update_fields=["file_name"])


def tidy(order: CitizenList) -> None:
    """Removes the files of this and earlier claims that no row names: unfinished, replaced or left by a kill."""
    named = {*order.checkpoints.values_list("file_name", flat=True), order.file_name}
    storage.remove_others(order.pk, named, up_to=order.fence)


def _names(order: CitizenList, kind: CheckpointKind) -> list[str]:
    return list(order.checkpoints.filter(kind=kind).values_list("file_name", flat=True))


def _keep(order: CitizenList, kind: CheckpointKind, number: int, *, size: int, name: str) -> None:
    Checkpoint.objects.create(order=order, kind=kind, number=number, size=size, file_name=name)


def _advance(order: CitizenList, **changes: object) -> None:
    # A step was done, so the counts towards giving up start again.
    CitizenList.objects.filter(pk=order.pk).update(**changes, attempt=0, stalled_since=None)
