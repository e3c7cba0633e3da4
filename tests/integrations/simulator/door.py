"""A caller of the simulated register that does everything right; a test changes one thing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.maskinporten.registry import Client

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
PATHS = {
    WITH: "/folkeregisteret/offentlig-med-hjemmel/api/v1",
    WITHOUT: "/folkeregisteret/api/offentligutenhjemmel/v1",
}
CLIENT = "a-client"
KEY_ID = "its-key"
ORGANISATION = "310000019"
ADDRESS = "http://simulator.test"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
Document = dict[str, Any]


def scope_of(package: RightsPackage) -> str:
    return f"folkeregister:deling/{package.value}"


def registered(public_key: str, organisation: str = ORGANISATION) -> Client:
    """The client as Maskinporten knows it, with every scope."""
    return Client(CLIENT, organisation, {KEY_ID: public_key})


def grant(private_key: str, *, header: Mapping[str, object] | None = None, **claims: object) -> str:
    """A signed grant. It is right unless claims or header say otherwise; a claim that is None is left out."""
    now = int(time.time())
    right: dict[str, object] = {
        "aud": f"{ADDRESS}/maskinporten/",
        "iss": CLIENT,
        "scope": scope_of(WITH),
        "iat": now,
        "exp": now + 60,
        "jti": str(uuid4()),
    }
    content = {name: value for name, value in (right | claims).items() if value is not None}
    return jwt.encode(content, _loaded(private_key), algorithm="RS256", headers=dict(header or {"kid": KEY_ID}))


@cache
def _loaded(private_key: str) -> RSAPrivateKey:
    """The key. Cached, since loading tests its primes, which takes longer than the rest of a call."""
    key = load_pem_private_key(private_key.encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


@dataclass(slots=True)
class Door:
    """One client of both packages."""

    http: httpx.Client
    private_key: str

    def ask_token(self, assertion: str, **form: str) -> httpx.Response:
        data = {"grant_type": GRANT, "assertion": assertion, **form}
        return self.http.post("/maskinporten/token", data=data)

    def token(self, package: RightsPackage = WITH) -> str:
        answer = self.ask_token(grant(self.private_key, scope=scope_of(package))).raise_for_status()
        return str(answer.json()["access_token"])

    def get(
        self,
        path: str,
        query: list[tuple[str, str]] | None = None,
        *,
        package: RightsPackage = WITH,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        return self._send("GET", path, package, headers, params=query, content=content)

    def post(
        self,
        path: str,
        body: object,
        query: list[tuple[str, str]] | None = None,
        *,
        package: RightsPackage = WITH,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return self._send("POST", path, package, headers, params=query, json=body)

    def send_raw(self, path: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Sends a body as it is, without a content type unless headers have one."""
        return self._send("POST", path, WITH, headers, content=body)

    def person(self, number: str, *parts: str, package: RightsPackage = WITH) -> Document:
        answer = self.get(f"/personer/{number}", [("part", part) for part in parts], package=package)
        document: Document = answer.raise_for_status().json()
        return document

    def search(self, package: RightsPackage = WITH, **criteria: str) -> list[str]:
        answer = self.get("/personer/soek", list(criteria.items()), package=package).raise_for_status()
        numbers: list[str] = answer.json()["foedselsEllerDNummer"]
        return numbers

    def extract(self, package: RightsPackage = WITH, **criteria: object) -> list[str]:
        """All batches of an extract."""
        job = self.post("/uttrekk/tilpasset", criteria, package=package).raise_for_status().json()["jobbId"]
        assert self.get(f"/uttrekk/{job}/batch/0", package=package).status_code == 404
        numbers: list[str] = []
        for batch in range(1000):
            answer = self.get(f"/uttrekk/{job}/batch/{batch}", package=package).raise_for_status().json()
            if not answer:
                break
            numbers += answer["foedselsEllerDNummer"]
        return numbers

    def _send(
        self, method: str, path: str, package: RightsPackage, headers: Mapping[str, str] | None, **sent: Any
    ) -> httpx.Response:
        given = {"Authorization": f"Bearer {self.token(package)}", "Accept": "application/json", **(headers or {})}
        return self.http.request(method, PATHS[package] + path, headers=given, **sent)


def current(document: Document, key: str) -> list[Document]:
    """The current entries of a property, also of one that is a single object."""
    value = document.get(key, [])
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if row.get("erGjeldende") is not False]
