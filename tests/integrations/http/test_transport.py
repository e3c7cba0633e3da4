"""The proxies of the environment are used, and a deadline holds through them as it does without."""

import base64
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from integrations.http.answers import send
from integrations.http.errors import Cause, Unavailable
from integrations.http.transport import http_client, with_deadline
from tests.integrations.folkeregisteret.register import Misbehaviour, listening

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
CREDENTIALS = base64.b64encode(b"user:word").decode()


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for scheme in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme.upper()}_PROXY", raising=False)


class Listener:
    """Answers every request with the same bytes, and keeps what was said to it."""

    def __init__(self, answer: bytes = ANSWER) -> None:
        self.heard: list[str] = []
        self._answer = answer

    def __call__(self, connection: socket.socket, over: threading.Event) -> None:
        while not over.is_set() and (received := connection.recv(65536)):
            self.heard.append(received.decode())
            connection.sendall(self._answer)


def hangs(connection: socket.socket, over: threading.Event) -> None:
    connection.recv(65536)
    over.wait(10)


@contextmanager
def proxy(monkeypatch: pytest.MonkeyPatch, behave: Misbehaviour, scheme: str, written: str = "{}") -> Iterator[None]:
    """written: how the address stands in the environment."""
    with listening(behave) as address:
        monkeypatch.setenv(f"{scheme}_proxy", written.format(address.removeprefix("http://")))
        yield


def asked(url: str, seconds: float = 5.0) -> httpx.Response:
    with http_client() as http:
        return send(http, httpx.Request("GET", url, extensions=with_deadline(time.monotonic() + seconds)))


@pytest.mark.parametrize("written", ["{}", "http://{}"])
def test_the_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    listener = Listener()
    with proxy(monkeypatch, listener, "http", written):
        assert asked("http://register.example/x").status_code == 200
    assert listener.heard[0].startswith("GET http://register.example/x HTTP/1.1\r\n")


def test_a_proxy_is_told_who_asks_where_its_address_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener()
    with proxy(monkeypatch, listener, "http", "http://user:word@{}"):
        asked("http://register.example/x")
    assert f"proxy-authorization: basic {CREDENTIALS}".lower() in listener.heard[0].lower()


def test_an_address_without_proxy_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    through, directly = Listener(), Listener()
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with proxy(monkeypatch, through, "http"), listening(directly) as address:
        assert asked(f"{address}/x").status_code == 200
    assert (len(through.heard), len(directly.heard)) == (0, 1)


def test_a_proxy_for_the_other_scheme_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    through, directly = Listener(), Listener()
    with proxy(monkeypatch, through, "https"), listening(directly) as address:
        asked(f"{address}/x")
    assert (len(through.heard), len(directly.heard)) == (0, 1)


def test_a_tunnel_that_is_refused_is_no_connection_and_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    with proxy(monkeypatch, listener, "https"), pytest.raises(Unavailable) as raised:
        asked("https://register.example/a-path")
    assert (raised.value.cause, raised.value.sent) == (Cause.NO_CONNECTION, False)
    assert listener.heard[0].startswith("CONNECT register.example:443 HTTP/1.1\r\n")
    assert "a-path" not in "".join(listener.heard)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_hangs_is_given_up_at_the_deadline(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    begun = time.monotonic()
    with proxy(monkeypatch, hangs, scheme), pytest.raises(Unavailable) as raised:
        asked(f"{scheme}://register.example/x", 0.3)
    assert raised.value.cause is Cause.TIMEOUT
    assert time.monotonic() - begun < 1.5


def test_a_request_that_was_not_sent_differs_from_one_that_may_have_arrived() -> None:
    def hangs_up(connection: socket.socket, _over: threading.Event) -> None:
        connection.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as server:
        nobody = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(Unavailable) as never_left:
        asked(nobody)
    with listening(hangs_up) as address, pytest.raises(Unavailable) as arrived:
        asked(address)
    assert (never_left.value.sent, arrived.value.sent) == (False, True)
