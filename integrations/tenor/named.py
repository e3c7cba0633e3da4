"""Test persons that have a name for what they show. Only the simulated register keeps such a list."""

import time

import httpx
import msgspec

from integrations.http.answers import error_of, send
from integrations.http.errors import Cause, UnexpectedAnswer
from integrations.http.transport import with_deadline


class NamedPerson(msgspec.Struct, frozen=True):
    """expect: a sentence in bokmål on what an answer about the person shows. name: "" for who has none."""

    case: str
    number: str
    name: str
    expect: str

    def __repr__(self) -> str:
        return f"<NamedPerson {self.case}>"


_NAMED = msgspec.json.Decoder(tuple[NamedPerson, ...])


def named_persons(address: str, http: httpx.Client, *, within: float = 2.0) -> tuple[NamedPerson, ...]:
    """In the order of the list; none where there is no such list. Raises PartyError."""
    extensions = with_deadline(time.monotonic() + within)
    response = send(http, httpx.Request("GET", f"{address}/testpersoner.json", extensions=extensions))
    if response.status_code == 404:
        return ()
    if error := error_of(response):
        raise error
    try:
        return _NAMED.decode(response.content)
    except msgspec.MsgspecError:
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200) from None
