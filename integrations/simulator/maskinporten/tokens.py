"""Access tokens: JWTs with Maskinporten's claims, signed with a key whose public half is published."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from jwt.algorithms import RSAAlgorithm

from integrations.simulator.maskinporten.grants import Grant

_AUDIENCE: Final = "unspecified"
_DELEGATED_IN: Final = "https://tt02.altinn.no/"
_KEPT: Final = 1000


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says about its bearer. consumer, supplier: organisation numbers; supplier is "" without
    delegation."""

    client_id: str
    scopes: frozenset[str]
    consumer: str
    supplier: str
    expires: int


class Tokens:
    """Issues and checks tokens. pem: the private key; a new one is made without it. seconds: a token's lifetime. clock:
    as time.time."""

    def __init__(self, pem: str = "", *, seconds: int = 120, clock: Callable[[], float] = time.time) -> None:
        self._key = _load_key(pem) if pem else generate_private_key(public_exponent=65537, key_size=2048)
        self._key_id = _thumbprint(self._key.public_key())
        self._seconds = seconds
        self._clock = clock
        self._known: dict[str, Token] = {}

    def issue(self, grant: Grant, issuer: str) -> dict[str, object]:
        """The token endpoint's answer to a checked grant."""
        now = int(self._clock())
        claims = _claims(grant) | {"iss": issuer, "iat": now, "exp": now + self._seconds}
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._key_id})
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self._seconds - 1,
            "scope": claims["scope"],
        }

    def key_set(self) -> dict[str, object]:
        """The public key as a set of one (RFC 7517)."""
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        wanted = {name: key[name] for name in ("kty", "n", "e")}
        return {"keys": [wanted | {"use": "sig", "alg": "RS256", "kid": self._key_id}]}

    def bearer(self, authorization: str) -> Token | None:
        """The token of an Authorization header; None unless it is ours and still valid. A signature is checked once."""
        scheme, _, text = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = self._known.get(text) or self._read(text)
        return token if token and token.expires > self._clock() else None

    def _read(self, text: str) -> Token | None:
        try:
            claims = jwt.decode(text, self._key.public_key(), algorithms=["RS256"], audience=_AUDIENCE)
        except jwt.InvalidTokenError:
            return None
        token = _token(claims)
        self._known = ({} if len(self._known) >= _KEPT else self._known) | {text: token}
        return token


def _claims(grant: Grant) -> dict[str, object]:
    """The claims of a token, except issuer and time. With a delegation, the consumer is the party that has the right,
    the supplier the one that asks."""
    claims: dict[str, object] = {
        "aud": _AUDIENCE,
        "client_amr": grant.means,
        "token_type": "Bearer",
        "scope": " ".join(grant.scopes),
        "client_id": grant.client_id,
        "client_orgno": grant.supplier or grant.consumer,
        "consumer": _party(grant.consumer),
        "jti": str(uuid4()),
    }
    delegated = {"supplier": _party(grant.supplier), "delegation_source": _DELEGATED_IN}
    return claims | (delegated if grant.supplier else {})


def _token(claims: dict[str, Any]) -> Token:
    return Token(
        client_id=claims["client_id"],
        scopes=frozenset(claims["scope"].split()),
        consumer=_number(claims["consumer"]),
        supplier=_number(claims["supplier"]) if "supplier" in claims else "",
        expires=claims["exp"],
    )


def _party(organisation: str) -> dict[str, str]:
    """An organisation's id by ISO 6523; 0192 is the Norwegian register of organisations."""
    return {"authority": "iso6523-actorid-upis", "ID": f"0192:{organisation}"}


def _number(party: dict[str, str]) -> str:
    return party["ID"].partition(":")[2]


def _load_key(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the signing key is not an RSA key")
    return key


def _thumbprint(key: RSAPublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()[:16]
