"""Answers as public clients and the register's own pages show them, each of the whole kind."""

import gzip
import json
import socket
import threading
import zlib
from collections.abc import Callable

import httpx
import pytest

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import TooManyHits
from integrations.http import transport
from integrations.http.breaker import Breaker
from integrations.http.errors import Cause, Fault, InvalidRequest, PartyError, Refused, UnexpectedAnswer
from integrations.http.transport import http_client, with_deadline
from integrations.maskinporten.tokens import TokenSource
from tests.integrations.folkeregisteret.making import A_NUMBER, ERROR_SHAPES, document
from tests.integrations.folkeregisteret.register import PEM, Register, client_of, listening

WITH = RightsPackage.WITH_LEGAL_BASIS
JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
NOT_FOUND = {"kode": "FREG-004", "melding": "Fant ikke person"}


def said(body: bytes, status: int = 200) -> httpx.Response:
    return httpx.Response(status, headers=JSON, content=body)


@pytest.mark.parametrize(
    "body",
    [b"{}", b"{ }", b"{\n}", b" {\t} ", b"null", b'{"foedselsEllerDNummer":null}', b'{"foedselsEllerDNummer":[]}',
     b'{ "foedselsEllerDNummer" : [ ] }'],
)  # fmt: skip
def test_the_end_of_an_extract_and_a_search_without_hits_are_none_however_written(body: bytes) -> None:
    assert client_of(Register(said(body))).extract_batch(WITH, "5b6e-1", 3) == []
    assert client_of(Register(said(body))).search(WITH, SearchCriteria(navn="RAD")) == []


@pytest.mark.parametrize(
    "body", [b'{"feilmelding":"x"}', b'{"oppslag":[]}', b"[]", b"", b"1", b'{"foedselsEllerDNummer":"x"}']
)
def test_an_answer_that_is_no_list_of_numbers_is_not_the_end(body: bytes) -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(said(body))).extract_batch(WITH, "5b6e-1", 3)


def test_fields_beside_the_numbers_change_nothing() -> None:
    body = json.dumps({"foedselsEllerDNummer": [A_NUMBER], "antall": 1}).encode()
    assert client_of(Register(said(body))).extract_batch(WITH, "5b6e-1", 0) == [A_NUMBER]


@pytest.mark.parametrize(
    "words",
    ["Søket må konkretiseres.", "Søket ga for mange treff", "Vennligst presiser søket", "Søket må spesifiseres nærmere",
     "Avgrens søket", "SØKET MÅ KONKRETISERES"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["melding", "feilmelding", "message"])
def test_too_many_hits_are_said_in_many_words(words: str, field: str) -> None:
    register = Register(httpx.Response(400, json={"kode": "FREG-002", field: words}))
    with pytest.raises(TooManyHits):
        client_of(register).search(WITH, SearchCriteria(navn="RAD"))


def test_another_refusal_of_a_search_is_about_the_question() -> None:
    register = Register(httpx.Response(400, json={"kode": "FREG-002", "melding": "Ugyldig fødselsdato"}))
    with pytest.raises(InvalidRequest):
        client_of(register).search(WITH, SearchCriteria(navn="RAD"))


@pytest.mark.parametrize("headers", [HTML, {"Content-Type": "text/plain"}, {}, JSON])
def test_a_401_gets_one_new_token_whatever_it_is_written_in(headers: dict[str, str]) -> None:
    refused = httpx.Response(401, headers=headers, content=b"<html>Unauthorized</html>")
    register = Register(refused, httpx.Response(200, json=document()))
    assert client_of(register).person(WITH, A_NUMBER, {"navn"})
    assert [request.headers["Authorization"] for request in register.asked] == ["Bearer token-1", "Bearer token-2"]
    with pytest.raises(Refused):
        client_of(Register(refused)).person(WITH, A_NUMBER, {"navn"})


@pytest.mark.parametrize(
    ("status", "fault"), [(400, Fault.CALLERS), (403, Fault.CALLERS), (404, Fault.OURS), (407, Fault.OURS)]
)
def test_a_page_instead_of_data_is_about_the_question_only_where_the_firewall_says_so(
    status: int, fault: Fault
) -> None:
    with pytest.raises(PartyError) as raised:
        client_of(Register(httpx.Response(status, headers=HTML, content=b"<html>"))).person(WITH, A_NUMBER, {"navn"})
    assert (type(raised.value), raised.value.fault) == (UnexpectedAnswer, fault)


@pytest.mark.parametrize("shape", ["application", "access", "feed", "extract", "bulk"])
def test_the_registers_own_404_gives_no_person(shape: str) -> None:
    assert client_of(Register(httpx.Response(404, json=ERROR_SHAPES[shape]))).person(WITH, A_NUMBER, {"navn"}) is None


SPRING = {"timestamp": "2026-11-30T10:00:00Z", "status": 404, "error": "Not Found", "path": "/folkeregister/api/v1/x"}
ELSEWHERE = [
    httpx.Response(404, json=ERROR_SHAPES["fiks"] | {"status": 404}),
    httpx.Response(404, json=SPRING),
    httpx.Response(404, json=SPRING | {"message": "No message available"}),
    httpx.Response(404, json={}),
    httpx.Response(404),
    said(b"null", 404),
    said(b"[]", 404),
]


@pytest.mark.parametrize("answer", ELSEWHERE, ids=range(len(ELSEWHERE)))
@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.person(WITH, A_NUMBER, {"navn"}),
        lambda client: client.search(WITH, SearchCriteria(navn="RAD")),
        lambda client: client.archived(WITH, "5b6e-1", {"navn"}),
    ],
    ids=["person", "search", "archived"],
)
def test_a_404_that_is_not_the_registers_is_a_wrong_address_and_never_nobody(
    answer: httpx.Response, ask: Callable[[object], object]
) -> None:
    with pytest.raises(UnexpectedAnswer) as raised:
        ask(client_of(Register(answer)))
    assert (raised.value.status, raised.value.fault, raised.value.retryable) == (404, Fault.OURS, False)


@pytest.mark.parametrize(
    "body", [b"40241", b'"40241"', b'{"sekvensnummer":40241}', b'{"sekvensnummer":"40241"}', b" 40241\n"]
)
def test_the_latest_number_comes_bare_in_an_object_or_as_text(body: bytes) -> None:
    assert client_of(Register(said(body))).latest_event(WITH) == 40241


@pytest.mark.parametrize(
    "body", [b"null", b"-1", b"1.5", b'"x"', b"true", b"[1]", b"{}", b"9999999999999999999999", b'""']
)
def test_a_malformed_event_number_is_unexpected(body: bytes) -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(said(body))).latest_event(WITH)


@pytest.mark.parametrize("etag", ["x" * 201, "æ", '"a\tb"', 'W/"' + "y" * 300 + '"'])
def test_an_etag_that_cannot_be_asked_with_again_is_none(etag: str) -> None:
    headers = httpx.Headers([(b"Content-Type", b"application/json"), (b"ETag", etag.encode("utf-8"))])
    page = client_of(Register(httpx.Response(200, headers=headers, content=b"[]"))).feed(WITH, 0)
    assert page.etag == ""
    assert client_of(Register(said(b"[]"))).feed(WITH, 0, page.etag).entries == ()


def token_from(answer: object) -> str:
    raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    maskinporten = httpx.MockTransport(lambda _: httpx.Response(200, headers=JSON, content=raw))
    source = TokenSource(
        endpoint="https://maskinporten.example/token", audience="https://maskinporten.example/", client_id="us",
        private_key=PEM, key_id="key-1", http=httpx.Client(transport=maskinporten),
    )  # fmt: skip
    return source.token("scope")


@pytest.mark.parametrize(
    "answer",
    [{"access_token": token, "expires_in": 100} for token in
     ("", " ", "æ", "a\r\nX: 1", "a b", "a" * 8001, 7, None, [], "\ud800", "a\x00")]
    + [{"access_token": "a", "expires_in": lives} for lives in (0, -1, "x", "", None, [], "nan", "-inf", True)]
    + [b"{}", b"null", b"[]", b"", b"NaN", b'{"access_token":"a","expires_in":' + b"9" * 400 + b"}"],
)  # fmt: skip
def test_an_odd_token_is_a_typed_error_that_the_register_is_not_blamed_for(answer: object) -> None:
    with pytest.raises(PartyError) as raised:
        token_from(answer)
    assert isinstance(raised.value, UnexpectedAnswer)
    assert raised.value.cause is Cause.NO_ACCESS


def test_an_odd_token_does_not_open_the_registers_breaker() -> None:
    breaker = Breaker()
    asked: list[httpx.Request] = []

    def answers(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"access_token": "", "expires_in": 120})

    client = client_of(answers, breaker=breaker)
    for _ in range(20):
        with pytest.raises(UnexpectedAnswer):
            client.person(WITH, A_NUMBER, {"navn"})
    breaker.check()
    assert {request.url.path for request in asked} == {"/token"}


@pytest.mark.parametrize("lives", [100, "100", 100.0, 10**12])
def test_the_life_of_a_token_may_be_written_in_several_ways(lives: object) -> None:
    assert token_from({"access_token": "a.b-c_d~e+f/g==", "expires_in": lives}) == "a.b-c_d~e+f/g=="


def test_a_401_forgets_the_token_of_the_organisation_it_was_asked_for_alone() -> None:
    door = SkatteetatenDoor("https://register.example", consumer_org="991825827")
    register = Register(httpx.Response(401, json=ERROR_SHAPES["access"]), httpx.Response(200, json=document()))
    assert client_of(register, door=door).person(WITH, A_NUMBER, {"navn"})
    assert [request.headers["Authorization"] for request in register.asked] == ["Bearer token-1", "Bearer token-2"]


def test_in_any_order_a_person_nobody_asked_about_is_refused() -> None:
    stranger = "41819077302"
    rows = [{"foedselsEllerDNummer": one, "folkeregisterperson": document(of=one)} for one in (A_NUMBER, stranger)]
    for answered in (rows, rows[1:], list(reversed(rows))):
        with pytest.raises(UnexpectedAnswer) as raised:
            client_of(Register(httpx.Response(200, json={"oppslag": answered}))).bulk(WITH, [A_NUMBER], {"navn"})
        assert raised.value.cause is Cause.NOT_ASKED_FOR


def answered_with(head: bytes, body: bytes) -> Callable[[socket.socket, threading.Event], None]:
    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n" + head + b"\r\n"
        )
        connection.sendall(body)

    return behave


def ask(address: str, *, most_bytes: int = transport.MOST_BYTES) -> httpx.Response:
    import time

    with http_client(most_bytes=most_bytes) as http:
        return http.send(httpx.Request("GET", address, extensions=with_deadline(time.monotonic() + 5)))


BOMB = gzip.compress(b" " * 50_000_000)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"", b" " * 100_001),
        (b"Content-Length: 200000\r\n", b" " * 200_000),
        (b"Content-Encoding: gzip\r\n", BOMB),
        (b"Content-Encoding: deflate\r\n", zlib.compress(b" " * 50_000_000)),
    ],
    ids=["endless", "long", "packed", "deflated"],
)
def test_an_answer_without_bounds_is_given_up(head: bytes, body: bytes) -> None:
    with listening(answered_with(head, body)) as address, pytest.raises(transport.AnswerTooLarge):
        ask(address, most_bytes=100_000)


@pytest.mark.parametrize("packed", [gzip.compress(b"{}"), zlib.compress(b"{}")], ids=["gzip", "deflate"])
def test_a_packed_answer_is_read(packed: bytes) -> None:
    encoding = b"gzip" if packed[:2] == b"\x1f\x8b" else b"deflate"
    with listening(answered_with(b"Content-Encoding: " + encoding + b"\r\n", packed)) as address:
        assert ask(address).content == b"{}"


@pytest.mark.parametrize(
    ("encoding", "body"), [(b"gzip", b"not packed"), (b"gzip", BOMB[:-20][:300]), (b"br", b"x"), (b"gzip, gzip", BOMB)]
)
def test_an_answer_packed_otherwise_or_cut_is_no_answer(encoding: bytes, body: bytes) -> None:
    head = b"Content-Encoding: " + encoding + b"\r\n"
    with listening(answered_with(head, body)) as address, pytest.raises(httpx.DecodingError):
        ask(address)


def test_too_large_an_answer_is_not_asked_for_again() -> None:
    register = Register(transport.AnswerTooLarge(""))
    with pytest.raises(UnexpectedAnswer) as raised:
        client_of(register).person(WITH, A_NUMBER, {"navn"})
    assert (raised.value.cause, raised.value.retryable, len(register.asked)) == (Cause.TOO_LARGE, False, 1)
