"""Slow clients: they have a deadline, their number is limited, and closing a connection does not wait."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

import pytest

from fiksreg.entrance.worker import Connection, Reader, SlowClient

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Ours and the client's."""
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def reader_of(ours: socket.socket, *, places: int = 1, seconds: float = 10.0) -> Reader:
    reader = Reader(ours, BoundedSemaphore(places))
    reader.begin(seconds)
    return reader


def test_arrived_bytes_are_read_without_counting_as_a_slow_request(ends: Ends) -> None:
    places = BoundedSemaphore(1)
    places.acquire()
    reader = Reader(ends[0], places)
    ends[1].sendall(b"GET /")
    assert reader.recv(100) == b"GET /"


def test_missing_bytes_are_waited_for(ends: Ends) -> None:
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(reader_of(ends[0]).recv, 100)
        ends[1].sendall(b"late")
        assert waiting.result(timeout=10) == b"late"


def drips(reader: Reader, client: socket.socket) -> None:
    """One byte more than was read, again and again."""
    while True:
        client.sendall(b"x")
        reader.recv(1)
        reader.recv(1)


def test_a_byte_now_and_then_does_not_move_the_deadline(ends: Ends) -> None:
    begun = time.monotonic()
    with pytest.raises(SlowClient):
        drips(reader_of(ends[0], seconds=0.3), ends[1])
    assert time.monotonic() - begun < 5


def test_behind_as_many_as_are_waited_for_at_once_nobody_waits(ends: Ends) -> None:
    with pytest.raises(SlowClient):
        reader_of(ends[0], places=0).recv(1)


def test_a_place_is_free_again_when_something_came(ends: Ends) -> None:
    reader = reader_of(ends[0], seconds=0.05)
    for _ in range(3):
        with pytest.raises(SlowClient):
            reader.recv(1)
    ends[1].sendall(b"x")
    assert reader.recv(1) == b"x"


def test_closing_waits_for_no_client(ends: Ends) -> None:
    connection = Connection(BoundedSemaphore(1), None, ends[0], None, None)
    ends[1].sendall(b"still talking")
    begun = time.monotonic()
    connection.close(graceful=True)
    assert time.monotonic() - begun < 1
    assert ends[1].recv(1) == b""
