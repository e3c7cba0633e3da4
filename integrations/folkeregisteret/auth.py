"""Access tokens from Maskinporten: a JWT grant (RFC 7523) signed with the client's RSA key.

No `resource` is sent: the register wants the audience unspecified. A token is kept in the process, and in a cache
shared between processes where one is given, until shortly before it expires.
"""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol
from uuid import uuid4

import httpx
import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from integrations.folkeregisteret.answers import error_of, send
from integrations.folkeregisteret.errors import (
    Cause,
    InvalidRequest,
    Refused,
    Unavailable,
    Unconfigured,
    UnexpectedAnswer,
)
from integrations.folkeregisteret.transport import http_client, with_deadline

_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_GRANT_LIVES: Final = 60
_MARGIN: Final = 20


class TokenCache(Protocol):
    """A cache shared between processes. It may forget at any time, and never raises."""

    def get(self, key: str) -> str | None: ...

    def set(self, key: str, value: str, seconds: int) -> None: ...


@dataclass(frozen=True, slots=True)
class _Token:
    value: str = field(repr=False)
    good_until: float

    @property
    def is_good(self) -> bool:
        return time.time() < self.good_until


class _TokenAnswer(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int

    def __repr__(self) -> str:
        return "<_TokenAnswer>"


_ANSWER: Final = msgspec.json.Decoder(_TokenAnswer)


class TokenSource:
    """One client's tokens, by scope. Safe between threads: one fetches, the others wait for it.

    endpoint: the token endpoint. audience: the issuer, as Maskinporten's metadata names it. private_key: PEM.
    Raises Unconfigured when the key cannot be used.
    """

    def __init__(
        self,
        *,
        endpoint: str,
        audience: str,
        client_id: str,
        private_key: str,
        key_id: str,
        cache: TokenCache | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._audience = audience
        self._client_id = client_id
        self._key = _loaded(private_key)
        self._key_id = key_id
        self._cache = cache
        self._http = http or http_client(connections=4)
        self._kept: dict[str, _Token] = {}
        self._lock = Lock()

    def token(self, scope: str, *, within: float = 2.0) -> str:
        """A token good for this scope. within: seconds. Raises Unavailable, Busy, Refused or UnexpectedAnswer."""
        kept = self._kept.get(scope)
        return kept.value if kept and kept.is_good else self._renewed(scope, time.monotonic() + within)

    def forget(self, scope: str, value: str) -> None:
        """The register no longer takes this token: the next one is fetched anew, also by other processes."""
        with self._lock:
            kept = self._kept.get(scope)
            if kept and kept.value == value:
                del self._kept[scope]
                self._share(scope, _Token("", 0.0))

    def _renewed(self, scope: str, deadline: float) -> str:
        if not self._lock.acquire(timeout=max(deadline - time.monotonic(), 0.0)):
            raise Unavailable(Cause.NO_ACCESS)
        try:
            # Another thread, or process, may have fetched it while we waited.
            token = self._kept.get(scope)
            if not (token and token.is_good):
                token = self._shared(scope) or self._fetched(scope, deadline)
                self._kept[scope] = token
            return token.value
        finally:
            self._lock.release()

    def _fetched(self, scope: str, deadline: float) -> _Token:
        form = {"grant_type": _GRANT, "assertion": self._grant(scope)}
        request = self._http.build_request("POST", self._endpoint, data=form, extensions=with_deadline(deadline))
        response = send(self._http, request)
        error = error_of(response)
        if isinstance(error, InvalidRequest):
            # The OAuth way to say that client, key or scope is not known.
            error = Refused(Cause.NO_ACCESS, response.status_code)
        if error:
            raise error
        token = _understood(response.content)
        self._share(scope, token)
        return token

    def _grant(self, scope: str) -> str:
        now = int(time.time())
        claims = {
            "aud": self._audience,
            "iss": self._client_id,
            "scope": scope,
            "iat": now,
            "exp": now + _GRANT_LIVES,
            "jti": str(uuid4()),
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._key_id})

    def _cache_key(self, scope: str) -> str:
        return f"maskinporten:{self._client_id}:{scope}"

    def _shared(self, scope: str) -> _Token | None:
        text = self._cache.get(self._cache_key(scope)) if self._cache else None
        until, _, value = (text or "").partition(" ")
        token = _Token(value, float(until) if until.isdigit() else 0.0)
        return token if value and token.is_good else None

    def _share(self, scope: str, token: _Token) -> None:
        if self._cache:
            seconds = max(int(token.good_until - time.time()), 1)
            self._cache.set(self._cache_key(scope), f"{int(token.good_until)} {token.value}", seconds)


def _loaded(pem: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        raise Unconfigured(Cause.NO_ACCESS) from None
    if not isinstance(key, RSAPrivateKey):
        raise Unconfigured(Cause.NO_ACCESS)
    return key


def _understood(raw: bytes) -> _Token:
    try:
        answer = _ANSWER.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise UnexpectedAnswer(Cause.NO_ACCESS) from None
    margin = min(_MARGIN, answer.expires_in / 4)
    return _Token(answer.access_token, time.time() + answer.expires_in - margin)
