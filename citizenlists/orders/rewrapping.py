"""Sealing what the orders have sealed once more, by the current master key."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from citizenlists import storage
from citizenlists.models import CitizenList
from citizenlists.orders import searched
from roles.keyring import Unsealable

logger = logging.getLogger(__name__)

_SEALED: dict[str, Callable[[UUID, bytes], bytes]] = {
    "sealed_key": storage.rewrapped,
    "sealed_search": searched.rewrapped,
}


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """How many boxes were sealed anew, and how many no master key in use opens."""

    done: int
    unopened: int


def rewrap_all() -> Rewrapped:
    """Seals every data key and every search of a list by the current master key. It may run at any time, also while
    lists are built, downloaded and ended; a box that was changed meanwhile is left alone."""
    results = [_rewrap(field, *row) for field in _SEALED for row in _boxes(field)]
    return Rewrapped(results.count(True), results.count(None))


def _boxes(field: str) -> list[tuple[UUID, bytes]]:
    rows = CitizenList.objects.exclude(**{field: b""}).values_list("pk", field)
    return [(order_id, bytes(box)) for order_id, box in rows]


def _rewrap(field: str, order_id: UUID, box: bytes) -> bool | None:
    """Whether the box was sealed anew; None when it cannot be opened."""
    try:
        anew = _SEALED[field](order_id, box)
    except Unsealable as error:
        logger.warning("%s of list %s: %s", field, order_id, error)
        return None
    if anew == box:
        return False
    # Only while the row has this box: an order that ended meanwhile has none, and must not get its key back.
    return bool(CitizenList.objects.filter(pk=order_id, **{field: box}).update(**{field: anew}))
