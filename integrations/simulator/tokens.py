"""A stand-in for Maskinporten: a signed grant in, a short-lived token with one scope out."""

import hashlib
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

import jwt
from jwt.types import Options

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.problems import Problem, forbidden, json_answer, unauthenticated

GRANT_TYPE: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SCOPES: Final = {package: f"folkeregister:deling/{package.value}" for package in RightsPackage}
_LONGEST_GRANT: Final = 120
_LIFETIME: Final = 120
_KEPT: Final = 1000
_CLAIMS: Final = frozenset({"aud", "iss", "scope", "iat", "exp", "jti"})


def refused(error: str, description: str) -> Problem:
    """The error shape of OAuth."""
    return Problem(json_answer({"error": error, "error_description": description}, status=400))


@dataclass(slots=True)
class Maskinporten:
    """keys: the PEM public key of every registered client. Tokens of one key outlive a restart of this process."""

    keys: dict[str, str]
    audience: str = ""
    _used: dict[str, float] = field(default_factory=dict)
    _known: dict[str, dict[str, Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def issue(self, assertion: str, *, audiences: tuple[str, ...]) -> dict[str, object]:
        """Checks client, signature, audience, time, scope and that the grant is new. Raises Problem 400."""
        client = self._client(assertion)
        claims = self._verified(assertion, client, (self.audience,) if self.audience else audiences)
        scope = str(claims["scope"])
        if scope not in SCOPES.values():
            raise refused("invalid_scope", "Ukjent scope.")
        self._use_once(str(claims["jti"]), float(claims["exp"]))
        content = {"scope": scope, "client_id": client, "exp": int(time.time()) + _LIFETIME}
        token = jwt.encode(content, self._secret(client), algorithm="HS256")
        return {"access_token": token, "token_type": "Bearer", "expires_in": _LIFETIME - 1, "scope": scope}

    def owner(self, authorization: str, package: RightsPackage) -> str:
        """The client behind a bearer token. Raises Problem 401 for a bad one, 403 for one of the other package."""
        scheme, _, token = authorization.partition(" ")
        claims = self._own_claims(token) if scheme.lower() == "bearer" else {}
        if not claims:
            raise unauthenticated()
        if claims["scope"] != SCOPES[package]:
            raise forbidden()
        return str(claims["client_id"])

    def _client(self, assertion: str) -> str:
        try:
            client = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
        except jwt.InvalidTokenError:
            raise refused("invalid_grant", "Ugyldig grant.") from None
        if client not in self.keys:
            raise refused("invalid_client", "Ukjent klient.")
        return str(client)

    def _verified(self, assertion: str, client: str, audiences: tuple[str, ...]) -> dict[str, Any]:
        required: Options = {"require": sorted(_CLAIMS)}
        try:
            claims = jwt.decode(
                assertion, self.keys[client], algorithms=["RS256"], audience=audiences, options=required
            )
        except (jwt.InvalidTokenError, ValueError):
            raise refused("invalid_grant", "Signatur, mottaker eller tid stemmer ikke.") from None
        if claims["exp"] - claims["iat"] > _LONGEST_GRANT:
            raise refused("invalid_grant", "Granten varer for lenge.")
        if set(claims) - _CLAIMS:
            raise refused("invalid_grant", "Granten har felter som ikke hører hjemme her, som resource.")
        return claims

    def _use_once(self, grant: str, expires: float) -> None:
        now = time.time()
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until > now}
            if grant in self._used:
                raise refused("invalid_grant", "Granten er brukt før.")
            self._used[grant] = expires

    def _own_claims(self, token: str) -> dict[str, Any]:
        """Empty for a token that is not ours or has expired. A signature is checked once."""
        known = self._known.get(token)
        if known is None:
            known = self._decoded(token)
            self._known = ({} if len(self._known) > _KEPT else self._known) | ({token: known} if known else {})
        return known if known.get("exp", 0) > time.time() else {}

    def _decoded(self, token: str) -> dict[str, Any]:
        for client in list(self.keys):
            try:
                return jwt.decode(token, self._secret(client), algorithms=["HS256"])
            except jwt.InvalidTokenError:
                continue
        return {}

    def _secret(self, client: str) -> bytes:
        return hashlib.sha256(f"simulator:{client}:{self.keys[client]}".encode()).digest()
