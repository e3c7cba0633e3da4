"""Two stand-ins for the register: one in memory that answers as told, one on a socket that misbehaves."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qs

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from integrations.folkeregisteret.client import Deadlines, FolkeregisterClient
from integrations.folkeregisteret.doors import Door, SkatteetatenDoor
from integrations.http.breaker import Breaker
from integrations.http.retries import RetryBudget
from integrations.maskinporten.tokens import TokenCache, TokenSource

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

Answers = Callable[[httpx.Request], httpx.Response]


class Register:
    """Gives its answers in turn, the last one for ever, and remembers what was asked. Tokens: token-1, token-2 ..."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.grants: list[dict[str, list[str]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            self.grants.append(parse_qs(request.content.decode()))
            return httpx.Response(200, json={"access_token": f"token-{len(self.grants)}", "expires_in": 120})
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def tokens(answers: Answers, *, cache: TokenCache | None = None) -> TokenSource:
    return TokenSource(
        endpoint="https://maskinporten.example/token",
        audience="https://maskinporten.example/",
        client_id="fiksreg-test",
        private_key=PEM,
        key_id="key-1",
        cache=cache,
        http=httpx.Client(transport=httpx.MockTransport(answers)),
    )


def configured_tokens(settings: Mapping[str, str], http: httpx.Client) -> TokenSource:
    """The tokens of the client these settings describe."""
    return TokenSource(
        endpoint=settings["MASKINPORTEN_TOKEN_ENDPOINT"],
        audience=settings["MASKINPORTEN_AUDIENCE"],
        client_id=settings["MASKINPORTEN_CLIENT_ID"],
        private_key=settings["MASKINPORTEN_PRIVATE_KEY"].replace("\\n", "\n"),
        key_id=settings["MASKINPORTEN_KEY_ID"],
        http=http,
    )


def client_of(
    answers: Answers,
    *,
    door: Door | None = None,
    deadlines: Deadlines | None = None,
    breaker: Breaker | None = None,
    retries: RetryBudget | None = None,
) -> FolkeregisterClient:
    """The register's own door, where no other is given."""
    return FolkeregisterClient(
        door=door or SkatteetatenDoor("https://register.example"),
        tokens=tokens(answers),
        http=httpx.Client(transport=httpx.MockTransport(answers)),
        deadlines=deadlines,
        breaker=breaker,
        retries=retries,
    )


Misbehaviour = Callable[[socket.socket, threading.Event], None]


@contextmanager
def listening(behave: Misbehaviour) -> Iterator[str]:
    """The address of a server that treats each connection as told until the event is set."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server, behave, over), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()


def _accept(server: socket.socket, behave: Misbehaviour, over: threading.Event) -> None:
    while not over.is_set():
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, behave, over), daemon=True).start()


def _serve(connection: socket.socket, behave: Misbehaviour, over: threading.Event) -> None:
    with connection:
        try:
            behave(connection, over)
        except OSError:
            return  # the other end gave up, as it should
