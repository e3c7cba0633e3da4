"""Grants: the JWT with which a client asks Maskinporten for a token (RFC 7523), signed with its RSA key.

The key is either registered on the client and named by its id, or the key of an organisation certificate, which is sent
along. No `resource` is sent, because the register wants the audience unspecified (contract section 1.2).
"""

import base64
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import Certificate, load_pem_x509_certificates

from integrations.http.errors import Cause, Unconfigured

_LIVES: Final = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """The wanted token. scope: what it must open. consumer_org: the organisation it is for, "" for the client's own."""

    scope: str
    consumer_org: str = ""


class Signer:
    """Makes one client's grants.

    private_key: PEM. key_id: the id of the registered key. certificate: PEM, the organisation's own first, its issuers
    after it. Exactly one of the two is given. Raises Unconfigured when they are unusable or do not match the key.
    """

    def __init__(self, *, client_id: str, private_key: str, key_id: str = "", certificate: str = "") -> None:
        self._client_id = client_id
        self._key = _load_key(private_key)
        self._headers: dict[str, object] = {"kid": key_id} if key_id else {"x5c": _chain(certificate, self._key)}

    def grant(self, wanted: Wanted, audience: str) -> str:
        now = int(time.time())
        claims = {
            "aud": audience,
            "iss": self._client_id,
            "scope": wanted.scope,
            "iat": now,
            "exp": now + _LIVES,
            "jti": str(uuid4()),
        }
        if wanted.consumer_org:
            claims["consumer_org"] = wanted.consumer_org
        return jwt.encode(claims, self._key, algorithm="RS256", headers=self._headers)


@lru_cache(maxsize=4)
def _load_key(pem: str) -> RSAPrivateKey:
    """The key in the PEM. Cached, because loading tests its primes, which takes longer than a whole call."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        raise Unconfigured(Cause.NO_ACCESS) from None
    if not isinstance(key, RSAPrivateKey):
        raise Unconfigured(Cause.NO_ACCESS)
    return key


def _chain(pem: str, key: RSAPrivateKey) -> list[str]:
    """The certificates in the form of x5c: DER in plain base64. Raises Unconfigured."""
    try:
        certificates = load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise Unconfigured(Cause.NO_ACCESS) from None
    if not _belongs(certificates[0], key):
        raise Unconfigured(Cause.NO_ACCESS)
    return [base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in certificates]


def _belongs(certificate: Certificate, key: RSAPrivateKey) -> bool:
    return certificate.public_key() == key.public_key()
