"""Plain HTTP clients of the three doors, each right in everything, for a test to be wrong in one thing with."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx
import jwt

from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage, parts_for
from tests.waiting import until

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
PATHS: Final = {
    WITH: "/folkeregisteret/offentlig-med-hjemmel/api/v1",
    WITHOUT: "/folkeregisteret/api/offentligutenhjemmel/v1",
}
PARTS: Final = {
    WITH: parts_for(ELEMENTS),
    WITHOUT: parts_for(key for key, each in ELEMENTS.items() if not each.is_confidential),
}
ROLES: Final = {WITH: "4b0d5b3e-0000-4000-8000-000000000001", WITHOUT: "4b0d5b3e-0000-4000-8000-000000000002"}
#: Opens names alone, though its package has everything.
NARROW: Final = "4b0d5b3e-0000-4000-8000-000000000003"
INTEGRATION: Final = "4b0d5b3e-0000-4000-8000-00000000000a"
PASSWORD: Final = "rett-passord"
GRANT_TYPE: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ORGANISATION: Final = "310000019"
DOORS: Final = [f"{keeper} {package}" for keeper in ("skatteetaten", "fiks") for package in RightsPackage]
KOMMUNER: Final = ("1870", "4640")
_ACCEPT: Final = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Client:
    """A client registered with Maskinporten. private_key: PEM."""

    client_id: str
    key_id: str
    private_key: str = field(repr=False)

    def grant(self, address: str, scope: str, *, header: Mapping[str, object] | None = None, **claims: Any) -> str:
        """Signed, right unless claims or header say otherwise; a claim that is None is left out."""
        now = int(time.time())
        right: dict[str, object] = {
            "aud": f"{address}/maskinporten/",
            "iss": self.client_id,
            "scope": scope,
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid4()),
        }
        content = {name: value for name, value in (right | claims).items() if value is not None}
        return jwt.encode(content, self.private_key, "RS256", dict(header or {"kid": self.key_id}))


def ask_token(address: str, assertion: str, **form: str) -> httpx.Response:
    data = {"grant_type": GRANT_TYPE, "assertion": assertion, **form}
    return httpx.post(f"{address}/maskinporten/token", data=data, timeout=10)


def token(address: str, client: Client, scope: str, **claims: Any) -> str:
    answer = ask_token(address, client.grant(address, scope, **claims)).raise_for_status()
    return str(answer.json()["access_token"])


@dataclass(frozen=True, slots=True)
class Door:
    """One way in, in one package."""

    name: str
    package: RightsPackage
    http: httpx.Client

    @property
    def is_fiks(self) -> bool:
        return self.name.startswith("fiks")

    def parts(self) -> list[tuple[str, str]]:
        """Every one of the package, and history."""
        return [("part", part) for part in sorted(PARTS[self.package])]

    def get(self, path: str, query: list[tuple[str, str]] | None = None) -> httpx.Response:
        return self.http.get(path, params=None if query is None else tuple(query))

    def post(self, path: str, body: object, query: list[tuple[str, str]] | None = None) -> httpx.Response:
        return self.http.post(path, params=None if query is None else tuple(query), json=body)


@contextmanager
def doors(address: str, client: Client) -> Iterator[dict[str, Door]]:
    """All of them, by name; the roles in Fiks are made here."""
    httpx.post(f"{address}/_control/fiks", json=fiks_set_up()).raise_for_status()
    with ExitStack() as stack:
        yield {
            name: Door(
                name, package, stack.enter_context(httpx.Client(base_url=address + path, headers=headers, timeout=60))
            )
            for name, package, path, headers in _ways_in(address, client)
        }


def _ways_in(address: str, client: Client) -> Iterator[tuple[str, RightsPackage, str, dict[str, str]]]:
    for package, path in PATHS.items():
        bearer = token(address, client, f"folkeregister:deling/{package}")
        yield f"skatteetaten {package}", package, path, _ACCEPT | {"Authorization": f"Bearer {bearer}"}
    bearer = token(address, client, "ks:fiks")
    for package, role in ROLES.items():
        path = f"/folkeregister/api/v1/{role}/v1"
        yield f"fiks {package}", package, path, fiks_headers(bearer)


def fiks_headers(bearer: str) -> dict[str, str]:
    integration = {"IntegrasjonId": INTEGRATION, "IntegrasjonPassord": PASSWORD}
    return _ACCEPT | {"Authorization": f"Bearer {bearer}"} | integration


def fiks_set_up() -> dict[str, Any]:
    """A role for each package that opens all of it, a narrow one, and an integration that holds them."""
    opened = [(ROLES[package], package, sorted(PARTS[package])) for package in ROLES] + [(NARROW, WITH, ["navn"])]
    roles = [
        {"id": role, "organisation": ORGANISATION, "package": str(package), "parts": parts}
        for role, package, parts in opened
    ]
    integration = {
        "id": INTEGRATION,
        "password": PASSWORD,
        "organisation": ORGANISATION,
        "roles": [role for role, _, _ in opened],
    }
    return {"roles": roles, "integrations": [integration]}


def numbers_of_everyone(door: Door) -> list[str]:
    """By extracts of both kommuner, and the named test persons, who may have no home."""
    named = [case["number"] for case in door.http.get(_named(door)).raise_for_status().json()]
    return sorted({*named, *(number for kommune in KOMMUNER for number in extracted(door, kommune))})


def _named(door: Door) -> httpx.URL:
    return door.http.base_url.copy_with(path="/testpersoner.json")


def extracted(door: Door, kommune: str) -> list[str]:
    """The first batch of an extract of everybody there."""
    job = ordered(door, kommune).raise_for_status().json()["jobbId"]
    numbers: list[str] = ready_batch(door, job).json()["foedselsEllerDNummer"]
    return numbers


def ordered(door: Door, kommune: str) -> httpx.Response:
    return door.post(
        "/uttrekk/tilpasset",
        {"personstatustyper": ["bosatt", "utflyttet", "doed"], "kommunenummer": {"bostedskommunenummer": kommune}},
    )


def ready_batch(door: Door, job: str, batch: int = 0) -> httpx.Response:
    """Asked for until it is there."""
    address = f"/uttrekk/{job}/batch/{batch}"
    until(lambda: door.get(address).status_code == 200)
    return door.get(address)


def persons(door: Door, numbers: list[str]) -> Iterator[dict[str, Any]]:
    """Each one's document with every part and its history."""
    for start in range(0, len(numbers), 1000):
        answer = door.post(
            "/personer/bulkoppslag", {"foedselsEllerDNummer": numbers[start : start + 1000]}, door.parts()
        )
        for row in answer.raise_for_status().json()["oppslag"]:
            if "folkeregisterperson" in row:
                yield row["folkeregisterperson"]
