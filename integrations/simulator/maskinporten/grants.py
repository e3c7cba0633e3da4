"""Checks grants: JWTs that a client signed (RFC 7523)."""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.types import Options

from integrations.simulator.maskinporten.certificates import Authorities
from integrations.simulator.maskinporten.refusals import bad_grant, bad_parameter, bad_scope, not_delegated, refusal
from integrations.simulator.maskinporten.registry import Client, Registry

_LONGEST: Final = 120
_MOST_SKEW: Final = 10
#: Times are checked below, by Maskinporten's rules.
_OPTIONS: Final[Options] = {"strict_aud": True, "verify_iat": False}
KEY, CERTIFICATE = "private_key_jwt", "virksomhetssertifikat"


class _Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The claims of a grant; the register wants no `resource`."""

    aud: str
    iss: str
    scope: str
    iat: int
    exp: int
    jti: str
    consumer_org: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A checked grant. consumer: the organisation that the token is for. supplier: the one that asks on its behalf; ""
    when it asks itself.

    means: how the client was authenticated, in Maskinporten's words.
    """

    client_id: str
    scopes: tuple[str, ...]
    consumer: str
    supplier: str
    means: str


@dataclass(slots=True)
class Grants:
    """Checks grants. Thread-safe."""

    registry: Registry
    authorities: Authorities
    _used: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def read(self, assertion: str, *, issuer: str) -> Grant:
        """The checked grant. issuer: the only accepted audience. Raises Problem 400, or 403 for a scope that is not
        delegated."""
        header, client = self._signed_by(assertion)
        key, means = self._key(header, client)
        claims = _claims(_verified(assertion, key, issuer))
        _check_times(claims)
        grant = self._granted(client, claims, means)
        self._use_once(claims)
        return grant

    def _granted(self, client: Client, claims: _Claims, means: str) -> Grant:
        """The grant with all that the client asks for. Raises Problem when it may not have a part of it."""
        scopes = tuple(claims.scope.split())
        if not scopes or not set(scopes) <= set(client.scopes):
            raise bad_scope()
        if not claims.consumer_org:
            return Grant(client.client_id, scopes, client.organisation, "", means)
        self._check_delegation(client, claims.consumer_org, scopes)
        return Grant(client.client_id, scopes, claims.consumer_org, client.organisation, means)

    def _signed_by(self, assertion: str) -> tuple[dict[str, Any], Client]:
        try:
            unverified = jwt.decode_complete(assertion, options={"verify_signature": False})
        except jwt.InvalidTokenError:
            raise bad_parameter() from None
        client = self.registry.client(unverified["payload"].get("iss"))
        if client is None:
            raise bad_grant("", "MP-100")
        return unverified["header"], client

    def _key(self, header: dict[str, Any], client: Client) -> tuple[str | RSAPublicKey, str]:
        """The key that checks the signature, and the means of authentication. A client with registered keys must name
        one of them; another client uses its certificate. Raises Problem 400, also for a grant with both."""
        if client.keys:
            key = client.keys.get(str(header.get("kid", "")))
            if key is None or "x5c" in header:
                raise bad_grant("Invalid JWT. The client requires a registered key, named by kid.", "MP-124")
            return key, KEY
        organisation, certified = self.authorities.holder(header.get("x5c"))
        if organisation != client.organisation:
            raise bad_grant("Invalid JWT. Invalid organization number for client.", "MP-122")
        return certified, CERTIFICATE

    def _check_delegation(self, client: Client, consumer: str, scopes: tuple[str, ...]) -> None:
        if consumer == client.organisation:
            reason = "The combination consumer_org in claim and delegation scope on client is invalid"
            raise refusal("invalid_request", f"Validation of JWT claim failed: {reason}")
        for scope in sorted(set(scopes) - set(self.registry.delegated(consumer, client.organisation))):
            raise not_delegated(consumer, scope, client.organisation)

    def _use_once(self, claims: _Claims) -> None:
        now = time.time()
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until > now}
            if claims.jti in self._used:
                raise bad_grant("Grant is used before", "MP-012")
            self._used[claims.jti] = claims.exp


def _verified(assertion: str, key: str | RSAPublicKey, issuer: str) -> dict[str, Any]:
    try:
        return jwt.decode(assertion, key, algorithms=["RS256"], audience=issuer, options=_OPTIONS)
    except jwt.ExpiredSignatureError:
        raise bad_grant("JWT is expired", "MP-130") from None
    except (jwt.InvalidAudienceError, jwt.MissingRequiredClaimError):
        raise bad_grant("Invalid JWT claim aud", "MP-110") from None
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise bad_grant("Invalid JWT signature", "MP-124") from None


def _claims(content: dict[str, Any]) -> _Claims:
    try:
        return msgspec.convert(content, _Claims)
    except msgspec.ValidationError:
        raise bad_parameter() from None


def _check_times(claims: _Claims) -> None:
    if abs(claims.iat - time.time()) > _MOST_SKEW:
        raise bad_grant("Issue time is after now, or long ago", "MP-130")
    if claims.exp - claims.iat > _LONGEST:
        raise bad_grant("The grant lives too long", "MP-130")
