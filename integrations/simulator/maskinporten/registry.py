"""The registered clients with their keys and scopes, and the delegations in Altinn."""

from collections.abc import Iterable
from threading import Lock

import msgspec

from integrations.simulator.maskinporten.scopes import EVERY_SCOPE


class Client(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A client. keys: PEM public keys by key id; a client without keys signs with its organisation's certificate.

    organisation: the number of the organisation that owns the client.
    """

    client_id: str
    organisation: str
    keys: dict[str, str] = {}
    scopes: tuple[str, ...] = EVERY_SCOPE


class Delegation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """consumer lets supplier ask on its behalf. Both are organisation numbers."""

    consumer: str
    supplier: str
    scopes: tuple[str, ...] = EVERY_SCOPE


class Registry:
    """Clients and delegations. Thread-safe. A later one replaces an earlier one with the same id."""

    def __init__(self, clients: Iterable[Client] = (), delegations: Iterable[Delegation] = ()) -> None:
        self._lock = Lock()
        self._clients = {client.client_id: client for client in clients}
        self._delegations = {(each.consumer, each.supplier): each for each in delegations}

    def client(self, client_id: object) -> Client | None:
        return self._clients.get(client_id) if isinstance(client_id, str) else None

    def put_client(self, client: Client) -> None:
        with self._lock:
            self._clients[client.client_id] = client

    def put_delegation(self, delegation: Delegation) -> None:
        """Stores a delegation. One without scopes withdraws the delegation."""
        with self._lock:
            self._delegations[delegation.consumer, delegation.supplier] = delegation

    def delegated(self, consumer: str, supplier: str) -> tuple[str, ...]:
        """The scopes that supplier may use on behalf of consumer."""
        delegation = self._delegations.get((consumer, supplier))
        return delegation.scopes if delegation else ()
