"""Whether the register answers us. It is asked for its latest event number, so no person is asked about."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import httpx

from integrations.folkeregisteret.doors import Door
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.exchange import Call, Exchange
from integrations.http.errors import PartyError
from integrations.http.transport import http_client
from integrations.maskinporten.tokens import TokenSource

_PATH: Final = "/hendelser/siste/sekvensnummer"


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """Whether the register answers. detail: why not, in the words of our own errors."""

    ok: bool
    detail: str = ""


def register_answers(door: Door, tokens: TokenSource, *, within: float = 2.0) -> RegisterStatus:
    """Tries door, client, key, scope and the register in one request. Never raises PartyError. within: seconds."""
    try:
        ask_for_latest(door, tokens, door.packages[0], within=within)
    except PartyError as error:
        return RegisterStatus(False, str(error))
    return RegisterStatus(True)


def ask_for_latest(door: Door, tokens: TokenSource, package: RightsPackage, *, within: float = 2.0) -> None:
    """Asks for the latest event number with this package and discards it. Raises PartyError. within: seconds."""
    call = Call(package=package, path=_PATH, within=within)
    Exchange(door=door, tokens=tokens, http=_http()).ask(call, lambda _answer: None)


@cache
def _http() -> httpx.Client:
    return http_client(connections=4)
