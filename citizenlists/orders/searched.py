"""The search that a list is from: sealed in its order, since it may name a person, and bound to that order."""

from uuid import UUID

from citizenlists.models import CitizenList
from integrations.folkeregisteret.criteria import SearchCriteria
from roles.disclosure.searchslips import as_text, from_text
from roles.keyring import resealed, seal, unseal

_SEAL = "list-search"


def sealed_search(order_id: UUID, search: SearchCriteria) -> bytes:
    """The search, sealed for the order."""
    return seal(_SEAL, as_text(search), order_id.bytes)


def search_of(order: CitizenList) -> SearchCriteria:
    """The search of an order that has not ended. Raises Unsealable."""
    return from_text(unseal(_SEAL, bytes(order.sealed_search), order.pk.bytes))


def rewrapped(order_id: UUID, sealed: bytes) -> bytes:
    """The same search, sealed by the current master key. Raises Unsealable."""
    return resealed(_SEAL, sealed, order_id.bytes)
