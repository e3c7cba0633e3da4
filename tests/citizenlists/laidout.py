"""Orders whose extract is there and whose parts are laid out, without a register."""

from datetime import timedelta

from django.db.models.functions import Now

from citizenlists import storage
from citizenlists.building import checkpoints, pipeline
from citizenlists.building.pipeline import Chunk
from citizenlists.models import CheckpointKind, CitizenList, Part
from citizenlists.orders import leases
from citizenlists.orders.leases import Claim
from citizenlists.orders.parts import PartClaim
from citizenlists.storage import Vault

NOTHING = Chunk((), frozenset(), frozenset())


def vault_of(order: CitizenList) -> Vault:
    return storage.vault(order.pk, order.sealed_key)


def laid_out(order: CitizenList, parts: int) -> Claim:
    """The claim of the one who coordinates, with so many parts left to do."""
    claim = leases.claim(order.pk, owner="coordinator")
    assert claim is not None
    numbers = [f"{number:011}" for number in range(pipeline.CHUNK_SIZE * (parts - 1) + 1)]
    checkpoints.keep_identifiers(claim, vault_of(order), 0, numbers)
    checkpoints.end_of_extract(claim)
    checkpoints.lay_out_parts(claim)
    return claim


def keep(order: CitizenList, part: PartClaim) -> None:
    checkpoints.keep_chunk(part, vault_of(order), NOTHING)


def let_lapse(part: PartClaim) -> None:
    """Makes the lease of the part run out, as if its worker had died."""
    Part.objects.filter(pk=part.pk).update(lease_until=Now() - timedelta(seconds=1))


def done(order: CitizenList) -> list[int]:
    """The numbers of the parts whose rows are stored."""
    rows = order.checkpoints.filter(kind=CheckpointKind.ROWS)
    return list(rows.order_by("number").values_list("number", flat=True))
