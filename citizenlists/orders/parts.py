"""Workers' claims on the parts of an order, so that several workers on several machines share it.

The worker with the claim on the order (leases.py) coordinates: it fetches the extract and publishes. It and the helpers
take parts, each part with a lease of its own. Everything that changes a part holds the order's row, so what holds for
the parts of an order is decided by one worker at a time. A claim that has run out, was taken over, or is on an order
that is not being built any more cannot store anything.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from citizenlists.models import CitizenList, Part, State

LEASE = timedelta(seconds=15)
#: A part that was taken so often is left to the one who coordinates, whose attempts are counted: it may be what kills.
TAKEN_BY_HELPERS = 3

#: A lease longer than LEASE was given before the database's clock was set back.
_FREE = Q(lease_until=None) | Q(lease_until__lt=Now()) | Q(lease_until__gt=Now() + LEASE)


class LeaseLost(Exception):
    """The claim on the order is lost: another worker has it, or it was cancelled. The worker must stop and write
    nothing more."""


class PartLost(Exception):
    """The claim on the part ran out. Another worker has the part, or will take it."""


@dataclass(frozen=True, slots=True)
class PartClaim:
    """A worker's claim on one part, which is identifiers start..stop of batch `batch`."""

    pk: int
    order_id: UUID
    claims: int
    number: int
    batch: int
    start: int
    stop: int
    file_name: str

    @property
    def size(self) -> int:
        return self.stop - self.start


def take(order_id: UUID, holder: UUID, *, is_helper: bool) -> PartClaim | None:
    """Claims the first free part; returns None when there is none. Raises LeaseLost when the order is not built now.

    The worker must keep the claim by renewing it.
    """
    with transaction.atomic():
        order = lock_building(order_id)
        free = order.parts.filter(_FREE, claims__lt=TAKEN_BY_HELPERS) if is_helper else order.parts.filter(_FREE)
        part = free.first()
        if part is None:
            return None
        # The order's fence stands last, so that whoever claims the order later finds this file and can remove it.
        name = f"rows-{part.pk}.{part.claims + 1}-{order.fence}"
        changes = {"holder": holder, "lease_until": Now() + LEASE, "claims": F("claims") + 1, "file_name": name}
        Part.objects.filter(pk=part.pk).update(**changes)
    return PartClaim(part.pk, order_id, part.claims + 1, part.number, part.batch, part.start, part.stop, name)


def finish(claim: PartClaim) -> CitizenList:
    """Deletes the part, for the transaction that stores its rows. Returns the order, locked.

    Raises LeaseLost when the order is not built now, and PartLost.
    """
    order = lock_building(claim.order_id)
    mine = Part.objects.filter(pk=claim.pk, claims=claim.claims, lease_until__gte=Now())
    if not mine.delete()[0]:
        raise PartLost
    return order


def renew(holder: UUID) -> bool:
    """Renews the leases that have not run out of all parts that this worker holds. Returns True: what is lost is
    noticed when it is stored."""
    Part.objects.filter(holder=holder, lease_until__gte=Now()).update(lease_until=Now() + LEASE)
    return True


def give_back(holder: UUID) -> None:
    """Frees the parts that this worker holds, for others to take at once."""
    Part.objects.filter(holder=holder).update(holder=None, lease_until=None)


def are_left(order_id: UUID) -> bool:
    """Whether any part is not done."""
    return Part.objects.filter(order_id=order_id).exists()


def wanting_help() -> list[UUID]:
    """The orders that a worker is building and that have free parts for a helper."""
    free = Part.objects.filter(_FREE, claims__lt=TAKEN_BY_HELPERS, order__state=State.BUILDING)
    coordinated = free.filter(order__lease_until__gt=Now())
    return list(coordinated.order_by("order").values_list("order", flat=True).distinct())


def lock_building(order_id: UUID) -> CitizenList:
    """The row of an order that is being built, locked until the transaction ends. Raises LeaseLost."""
    order = CitizenList.objects.filter(pk=order_id, state=State.BUILDING).select_for_update().first()
    if order is None:
        raise LeaseLost
    return order
