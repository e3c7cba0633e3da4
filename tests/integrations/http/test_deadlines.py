"""Real sockets that misbehave: each operation ends within its deadline, with the right error."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from integrations.folkeregisteret.client import Deadlines, FolkeregisterClient
from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.status import register_answers
from integrations.http.errors import Cause, PartyError, Unavailable, UnexpectedAnswer
from integrations.http.transport import http_client
from tests.integrations.folkeregisteret.making import A_NUMBER, as_json, document
from tests.integrations.folkeregisteret.register import Misbehaviour, Register, listening, tokens

PACKAGE = RightsPackage.WITH_LEGAL_BASIS
SHORT = Deadlines(single=0.6, search=0.6, bulk=0.6, extract=0.6)
BODY = as_json(document())
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def request_read(connection: socket.socket) -> None:
    while not (received := connection.recv(65536)).endswith(b"\r\n\r\n"):
        if not received:
            raise ConnectionAbortedError


def drip(connection: socket.socket, over: threading.Event, content: bytes) -> None:
    for byte in content:
        connection.sendall(bytes([byte]))
        if over.wait(0.05):
            return


def hangs(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    over.wait(10)


def drips_its_head(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    drip(connection, over, HEAD % len(BODY))


def drips_its_body(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    connection.sendall(HEAD % len(BODY))
    drip(connection, over, BODY)


def test_a_page_waits_no_longer_than_somebody_who_looks_at_it() -> None:
    """A page with one person comes within three seconds; a list is built where nobody waits, but by workers."""
    limits = Deadlines()
    assert limits.single < 3
    assert limits.search < 4
    assert max(limits.bulk, limits.extract) < 10


def never_stops(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    connection.sendall(HEAD % 10**12)
    while not over.is_set():
        connection.sendall(b" " * 65536)


def cuts_off(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    connection.sendall(HEAD % len(BODY) + BODY[:30])


def resets(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def speaks_no_http(connection: socket.socket, over: threading.Event) -> None:
    request_read(connection)
    connection.sendall(b"220 smtp.example ready\r\n\r\n")


def well_behaved(connections: list[socket.socket]) -> Misbehaviour:
    """Answers every request on every connection, which it counts."""

    def answers(connection: socket.socket, over: threading.Event) -> None:
        connections.append(connection)
        while not over.is_set():
            request_read(connection)
            connection.sendall(HEAD % len(BODY) + BODY)

    return answers


@contextmanager
def client_at(address: str, deadlines: Deadlines = SHORT) -> Iterator[FolkeregisterClient]:
    # So small that an endless answer is given up for its size before its time.
    with http_client(most_bytes=1_000_000) as http:
        source = tokens(Register(httpx.Response(200)))
        yield FolkeregisterClient(door=SkatteetatenDoor(address), tokens=source, http=http, deadlines=deadlines)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started <= seconds


OPERATIONS: dict[str, Callable[[FolkeregisterClient], object]] = {
    "person": lambda client: client.person(PACKAGE, A_NUMBER, {"navn"}),
    "search": lambda client: client.search(PACKAGE, SearchCriteria(navn="RAD FURE")),
    "batch": lambda client: client.extract_batch(PACKAGE, "5b6e-1", 0),
}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("behave", "kind", "cause"),
    [
        (hangs, Unavailable, Cause.TIMEOUT),
        (drips_its_head, Unavailable, Cause.TIMEOUT),
        (drips_its_body, Unavailable, Cause.TIMEOUT),
        (never_stops, UnexpectedAnswer, Cause.TOO_LARGE),
        (resets, Unavailable, Cause.NO_CONNECTION),
        (speaks_no_http, Unavailable, Cause.NO_CONNECTION),
        (cuts_off, UnexpectedAnswer, Cause.TRUNCATED),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_misbehaving_register_is_a_typed_error_within_the_deadline(
    operation: str, behave: Misbehaviour, kind: type[PartyError], cause: Cause
) -> None:
    with (
        listening(behave) as address,
        client_at(address) as client,
        within(SHORT.single + 0.9),
        pytest.raises(PartyError) as raised,
    ):
        OPERATIONS[operation](client)
    assert (type(raised.value), raised.value.cause) == (kind, cause)


def test_one_person_is_given_up_before_the_page_must_answer() -> None:
    with (
        listening(hangs) as address,
        client_at(address, Deadlines()) as client,
        within(3.0),
        pytest.raises(Unavailable),
    ):
        OPERATIONS["person"](client)


def test_a_port_without_a_server_is_an_error_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    with client_at(address) as client, within(1.5), pytest.raises(Unavailable) as raised:
        OPERATIONS["person"](client)
    assert raised.value.cause is Cause.NO_CONNECTION


def test_connections_are_kept_alive_between_calls() -> None:
    connections: list[socket.socket] = []
    with listening(well_behaved(connections)) as address, client_at(address) as client:
        for _ in range(5):
            assert OPERATIONS["person"](client)
    assert len(connections) == 1


def test_fifty_threads_share_the_connections_of_one_client() -> None:
    connections: list[socket.socket] = []
    with (
        listening(well_behaved(connections)) as address,
        client_at(address, Deadlines()) as client,
        ThreadPoolExecutor(50) as pool,
    ):
        found = list(pool.map(lambda _: OPERATIONS["person"](client), range(300)))
    assert all(found)
    assert len(connections) <= 64


def test_a_connection_closed_while_idle_costs_the_caller_nothing() -> None:
    def answers_once(connection: socket.socket, over: threading.Event) -> None:
        request_read(connection)
        connection.sendall(HEAD % len(BODY) + BODY)

    with listening(answers_once) as address, client_at(address) as client:
        assert all(OPERATIONS["person"](client) for _ in range(3))


def test_a_register_that_hangs_is_seen_by_the_self_test_without_asking_about_anybody() -> None:
    with listening(hangs) as address, within(2.0):
        status = register_answers(SkatteetatenDoor(address), tokens(Register(httpx.Response(200))), within=0.6)
    assert (status.ok, status.detail) == (False, "Folkeregisteret: Unavailable: no answer in time")
