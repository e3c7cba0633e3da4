"""Eighty clients that send a request and never end it: everybody else is answered as if they were not there."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest

from tests.faults.house import Caseworker, House
from tests.processes import answers

MANY = 80
EXEMPT = "/logg-ut/varsel/"
HEAD = f"POST {EXEMPT} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
#: What each sends, and then nothing more.
BEGUN = {
    "nothing": "",
    "half a head": HEAD,
    "a body that was promised": f"{HEAD}Content-Length: 100000\r\n\r\nlogout_token=",
    "a chunk that was promised": f"{HEAD}Transfer-Encoding: chunked\r\n\r\n100000\r\nlogout_token=",
}


@contextmanager
def clients(site: House, begun: str) -> Iterator[list[socket.socket]]:
    """So many that have sent this."""
    address = urlsplit(site.web)
    with ExitStack() as stack:
        opened = [
            stack.enter_context(socket.create_connection((str(address.hostname), int(address.port or 80)), timeout=20))
            for _ in range(MANY)
        ]
        for client in opened:
            client.sendall(begun.encode())
        yield opened


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_everybody_else_is_answered_at_once(small_house: House, caseworker: Caseworker, begun: str) -> None:
    with clients(small_house, begun):
        for _ in range(10):
            asked = time.monotonic()
            assert answers(f"{small_house.web}/healthz")
            assert caseworker.open("/oppslag/").status_code == 200
            assert time.monotonic() - asked < 5
    assert answers(f"{small_house.web}/healthz")


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(small_house: House) -> None:
    with clients(small_house, f"{HEAD}Content-Length: 300000000\r\n\r\n") as waiting:
        for client in waiting:
            assert client.recv(12) == b"HTTP/1.1 413"


def test_who_is_not_waited_for_is_told_so(small_house: House) -> None:
    with clients(small_house, BEGUN["a body that was promised"]) as waiting:
        first = {client.recv(12) for client in waiting}
    assert first == {b"HTTP/1.1 408"}
