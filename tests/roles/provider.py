"""An identity provider over real HTTP that signs whatever claims a test wants, with keys of its own."""

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.test import Client

from roles.audit.models import AuditEntry
from roles.login.subjecthashes import names_of_word

CLIENT_ID = "fiksreg"
SUBJECT = "subject-1"
KNOWN_AS = names_of_word(SUBJECT)[0]  # as it is kept
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


def _key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY = _key()
STRANGERS_KEY = _key()


@dataclass
class Provider:
    """The provider's next answers. `claims` override the right claims; None removes a claim."""

    issuer: str
    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=lambda: {"sub": SUBJECT, "name": "Ansatt Ansattsen"})
    algorithm: str = "RS256"
    key: Any = KEY
    key_id: str | None = "key-1"
    status: int = 200
    token_requests: list[dict[str, str]] = field(default_factory=list)
    key_requests: int = 0
    keys_status: int = 200
    signed_userinfo: dict[str, Any] | None = None
    more_keys: list[Any] = field(default_factory=list)
    drips: bool = False
    pause: threading.Event = field(default_factory=threading.Event)

    def id_token(self) -> str:
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT_ID, "sub": SUBJECT, "iat": now, "exp": now + 60, "nonce": self.nonce}
        claims = {name: value for name, value in (right | self.claims).items() if value is not None}
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers=self._header())

    def _header(self, **more: str) -> dict[str, Any]:
        return ({"kid": self.key_id} if self.key_id else {}) | more

    def logout_token(self, *, key: Any = KEY, algorithm: str = "RS256", typ: str = "logout+jwt", **claims: Any) -> str:
        """A notice that SUBJECT has logged out here, with these claims laid over the right ones."""
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT_ID, "sub": SUBJECT, "iat": now, "exp": now + 60}
        right |= {"jti": secrets.token_hex(), "events": {LOGOUT_EVENT: {}}} | claims
        kept = {name: value for name, value in right.items() if value is not None}
        return jwt.encode(kept, key, algorithm=algorithm, headers=self._header(typ=typ))

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [*self.more_keys, public | {"kid": "key-1", "use": "sig", "alg": "RS256"}]}

    def userinfo_token(self) -> str:
        """A userinfo answer that is signed, with what is in `signed_userinfo`."""
        right = {"iss": self.issuer, "aud": CLIENT_ID, **self.userinfo}
        claims = {name: value for name, value in (right | (self.signed_userinfo or {})).items() if value is not None}
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers=self._header())


@dataclass
class Browser:
    """A browser in the middle of a login."""

    client: Client
    provider: Provider

    def begin(self) -> dict[str, str]:
        """The parameters that are sent to the provider."""
        response = self.client.get("/logg-inn/")
        query = {name: values[0] for name, values in parse_qs(urlsplit(response.headers["Location"]).query).items()}
        self.provider.nonce = query["nonce"]
        return query

    def log_in(self) -> int:
        return self.come_back(self.begin()["state"])

    def come_back(self, state: str) -> int:
        return self.client.get("/logg-inn/svar/", {"code": "code-1", "state": state}).status_code

    @property
    def is_logged_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def refusals() -> list[str]:
    """The reasons of the refused logins, in the order of the log."""
    logged = AuditEntry.objects.filter(chain="0", event="login:session:refused").order_by("seq")
    return [entry.fields["details"]["reason"] for entry in logged]


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port of this machine."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    provider = handler.provider = Provider(issuer=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        if self.path == "/jwks":
            self.provider.key_requests += 1
            self._answer(self.provider.keys(), status=self.provider.keys_status)
        elif self.provider.signed_userinfo is not None:
            self._send(self.provider.userinfo_token().encode(), kind="application/jwt;charset=UTF-8")
        else:
            self._answer(self.provider.userinfo)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.provider.token_requests.append(dict(pair.split("=", 1) for pair in body.split("&")))
        self._answer({"access_token": "access", "id_token": self.provider.id_token()})

    def _answer(self, document: dict[str, Any], status: int = 200) -> None:
        self._send(json.dumps(document).encode(), status=status)

    def _send(self, body: bytes, *, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(max(status, self.provider.status))
        self.send_header("Content-Type", kind)
        self.end_headers()
        for piece in self._pieces(body):
            self.wfile.write(piece)

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        """Sends the answer whole, or a byte at a time at intervals shorter than any timeout."""
        if not self.provider.drips:
            yield body
            return
        for place in range(len(body)):
            self.provider.pause.wait(0.2)
            yield body[place : place + 1]

    def log_message(self, *_args: object) -> None:
        """Writes no log lines."""
