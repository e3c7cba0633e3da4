"""A caller of Fiks' door that does everything right; a test changes one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import httpx

from integrations.folkeregisteret.elements import RightsPackage
from tests.integrations.simulator.door import ORGANISATION, WITH, Door, grant

FIKS_SCOPE: Final = "ks:fiks"
KOMMUNE: Final = "310000027"
BASIS: Final = ("person-basis",)
FIKS_ERROR: Final = {"timestamp", "status", "error", "errorId", "path", "message"}


@dataclass(frozen=True, slots=True)
class FiksCaller:
    """An integration that belongs to a vendor, with a role in a kommune."""

    http: httpx.Client
    role: str
    headers: Mapping[str, str]
    organisation: str = ORGANISATION

    @property
    def path(self) -> str:
        return f"/folkeregister/api/v1/{self.role}/v1"

    def get(self, path: str, parts: Iterable[str] = (), *, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """headers: added to the caller's own, or in place of them."""
        query = [("part", part) for part in parts]
        given = {**self.headers, **(headers or {})}
        return self.http.get(self.path + path, params=query or None, headers=given)

    def post(self, path: str, body: object, parts: Iterable[str] = ()) -> httpx.Response:
        query = [("part", part) for part in parts]
        return self.http.post(self.path + path, params=query, json=body, headers=self.headers)

    def in_role(self, role: str) -> "FiksCaller":
        return replace(self, role=role)


def set_up(
    door: Door, *, name: str = "a-role", package: RightsPackage = WITH, parts: tuple[str, ...] = BASIS
) -> FiksCaller:
    """Makes a role and an integration in Fiks, and returns a caller that uses them."""
    role = {"id": name, "organisation": KOMMUNE, "package": package.value, "parts": parts}
    integration = {"id": f"{name}-s", "password": "its-password", "organisation": ORGANISATION, "roles": [name]}
    administrator: dict[str, Any] = {"roles": [role], "integrations": [integration]}
    door.http.post("/_control/fiks", json=administrator).raise_for_status()
    token = door.ask_token(grant(door.private_key, scope=FIKS_SCOPE)).raise_for_status().json()["access_token"]
    headers = {
        "Authorization": f"Bearer {token}",
        "IntegrasjonId": f"{name}-s",
        "IntegrasjonPassord": "its-password",
        "Accept": "application/json",
    }
    return FiksCaller(door.http, name, headers)


@dataclass(slots=True)
class ThroughFiks(Door):
    """The calls of Door, in a role whose only part is person-basis."""

    caller: FiksCaller

    def _send(
        self, method: str, path: str, _package: RightsPackage, headers: Mapping[str, str] | None, **sent: Any
    ) -> httpx.Response:
        given = {**self.caller.headers, **(headers or {})}
        return self.http.request(method, self.caller.path + path, headers=given, **sent)


def through_fiks(door: Door) -> ThroughFiks:
    return ThroughFiks(door.http, door.private_key, set_up(door))
