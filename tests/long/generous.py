"""A register that sends all it has of everybody asked about, whatever was asked for, and more than we know of."""

from collections.abc import Callable, Iterable

import httpx
import msgspec

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.documents import PersonRecord, encode_person
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.maskinporten.tokens import TokenSource

_JSON = {"Content-Type": "application/json"}


class GenerousRegister:
    """The far end of the client's HTTP."""

    def __init__(self) -> None:
        self._documents: dict[str, bytes] = {}

    def client(self) -> FolkeregisterClient:
        """A client whose every call comes here."""
        http = httpx.Client(transport=httpx.MockTransport(self._answer))
        return FolkeregisterClient(door=SkatteetatenDoor("http://register.test"), tokens=_Tokens(), http=http)

    def hold(self, records: Iterable[PersonRecord], written: Callable[[bytes], bytes]) -> None:
        """These persons and nobody else; every search finds all of them. written: how it writes a document."""
        self._documents = {
            str(record.identifikasjonsnummer[0].foedselsEllerDNummer): written(encode_person(record))
            for record in records
        }

    def _answer(self, request: httpx.Request) -> httpx.Response:
        last = request.url.path.rpartition("/")[2]
        if last == "soek":
            return _json(msgspec.json.encode({"foedselsEllerDNummer": list(self._documents)}))
        if last == "bulkoppslag":
            asked = msgspec.json.decode(request.content)["foedselsEllerDNummer"]
            return _json(b'{"oppslag":[' + b",".join(map(self._row, asked)) + b"]}")
        return _json(self._documents[last])

    def _row(self, number: str) -> bytes:
        document = self._documents.get(number)
        person = b',"folkeregisterperson":' + document if document else b""
        return b'{"foedselsEllerDNummer":"' + number.encode() + b'"' + person + b"}"


class _Tokens(TokenSource):
    """Always has one."""

    def __init__(self) -> None:
        """Needs no key."""

    def token(self, scope: str, *, consumer_org: str = "", within: float = 0) -> str:
        return f"{scope} for {consumer_org} within {within}"

    def forget(self, scope: str, value: str, *, consumer_org: str = "") -> None:
        pass


def _json(body: bytes) -> httpx.Response:
    return httpx.Response(200, content=body, headers=_JSON)
