"""Asking Maskinporten for a short-lived access token with a grant. Its addresses can come from its metadata (RFC
8414)."""

import re
from dataclasses import dataclass, field
from typing import Final

import httpx
import msgspec

from integrations.http.answers import error_of, send
from integrations.http.errors import Cause, InvalidRequest, Refused, Unconfigured, UnexpectedAnswer
from integrations.http.transport import http_client, with_deadline
from integrations.maskinporten.grants import Signer, Wanted

#: The form of a token (RFC 6750, section 2.1), of a length that fits into a header.
_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]{1,8000}=*")
#: A token is used for at most so many seconds. Maskinporten's are valid for two minutes.
_LONGEST_LIFE: Final = 3600.0
_GRANT_TYPE: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_METADATA: Final = "/.well-known/oauth-authorization-server"


class Issuer(msgspec.Struct, frozen=True):
    """The address that gives tokens, and the issuer's name, which grants are addressed to."""

    token_endpoint: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Granted:
    """An access token. lives: seconds that it is valid from now."""

    value: str = field(repr=False)
    lives: float


class _TokenAnswer(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: float | str

    def __repr__(self) -> str:
        return "<_TokenAnswer>"


_ANSWER: Final = msgspec.json.Decoder(_TokenAnswer)
_ISSUER: Final = msgspec.json.Decoder(Issuer)


class Maskinporten:
    """Fetches tokens for one client. issuer: None to read it once from the metadata at `well_known`."""

    def __init__(
        self, signer: Signer, *, issuer: Issuer | None, well_known: str = "", http: httpx.Client | None = None
    ) -> None:
        if issuer is None and not well_known.endswith(_METADATA):
            raise Unconfigured(Cause.NO_ACCESS)
        self._signer = signer
        self._issuer = issuer
        self._well_known = well_known
        self._http = http or http_client(connections=4)

    def fetch(self, wanted: Wanted, deadline: float) -> Granted:
        """A new token. deadline: time.monotonic. Raises Unavailable, Busy, Refused or UnexpectedAnswer."""
        issuer = self._issuer or self._discover(deadline)
        form = {"grant_type": _GRANT_TYPE, "assertion": self._signer.grant(wanted, issuer.issuer)}
        request = self._http.build_request("POST", issuer.token_endpoint, data=form, extensions=with_deadline(deadline))
        return _decode_token(self._ask(request))

    def _discover(self, deadline: float) -> Issuer:
        """The issuer in the metadata, which must belong to the address the metadata came from (RFC 8414, 3.3)."""
        request = self._http.build_request("GET", self._well_known, extensions=with_deadline(deadline))
        try:
            found = _ISSUER.decode(self._ask(request))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD) from None
        if found.issuer.rstrip("/") != self._well_known.removesuffix(_METADATA):
            raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)
        self._issuer = found
        return found

    def _ask(self, request: httpx.Request) -> bytes:
        response = send(self._http, request)
        error = error_of(response)
        if isinstance(error, InvalidRequest):
            # OAuth's answer for an unknown client, key or scope.
            raise Refused(Cause.STATUS, response.status_code)
        if error:
            raise error
        return response.content


def _decode_token(raw: bytes) -> Granted:
    """The token in the answer. Raises UnexpectedAnswer for a malformed token and for one that has expired already."""
    try:
        answer = _ANSWER.decode(raw)
        lives = float(answer.expires_in)
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD) from None
    if not (_TOKEN.fullmatch(answer.access_token) and lives > 0):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)
    return Granted(answer.access_token, min(lives, _LONGEST_LIFE))
