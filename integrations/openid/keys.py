"""Fetches the public keys that an identity provider publishes (RFC 7517)."""

import time
from functools import cache
from typing import Any, Final

import httpx
import msgspec

from integrations.http.answers import send
from integrations.http.errors import Cause, Refused, Unavailable, UnexpectedAnswer
from integrations.http.party import Party
from integrations.http.transport import http_client, with_deadline

MOST_BYTES: Final = 512 * 1024


class _KeySet(msgspec.Struct, frozen=True):
    keys: list[Any]


_KEY_SET: Final = msgspec.json.Decoder(_KeySet)


def published_keys(address: str, *, within: float) -> list[Any]:
    """The keys of the key set at this address, unchecked. within: seconds. Raises PartyError."""
    request = httpx.Request("GET", address, extensions=with_deadline(time.monotonic() + within))
    with _party(address).asked():
        response = send(_http(), request)
        _check_status(response.status_code)
        try:
            return _KEY_SET.decode(response.content).keys
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, response.status_code) from None


def _check_status(status: int) -> None:
    """Raises PartyError unless the status is a success. An error of the server may pass; any other means that the
    address is wrong."""
    if status >= 500:
        raise Unavailable(Cause.SERVER_ERROR, status)
    if not 200 <= status < 300:
        raise Refused(Cause.STATUS, status)


@cache
def _party(_address: str) -> Party:
    return Party("identity provider")


@cache
def _http() -> httpx.Client:
    return http_client(connections=4, most_bytes=MOST_BYTES)
