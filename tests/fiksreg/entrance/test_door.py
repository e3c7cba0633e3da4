"""The entrance: bodies within the limits, the same on every URL, and the pages for refused requests."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from fiksreg.checks import views_of
from fiksreg.demo.procfile import ROOT
from fiksreg.entrance import bodies, capacity
from fiksreg.entrance.admission import Admission
from fiksreg.entrance.door import Door
from fiksreg.pages import tryagain

MUCH = 300_000_000
FORM = "application/x-www-form-urlencoded"
ADDRESSES = sorted(
    {"/" + re.sub(r"[\^$]|<[^>]*>|\(\?P", "x", route) for route, _ in views_of(get_resolver().url_patterns)}
)


class Endless:
    """A body that would never stop coming."""

    def __init__(self) -> None:
        self.read_so_far = 0
        self.failed = False

    def read(self, size: int) -> bytes:
        self.read_so_far += size
        return b"x" * size


class Answer:
    """A request and its answer."""

    def __init__(self, door: Door, **environ: Any) -> None:
        self.headers: dict[str, str] = {}
        self.status = 0
        standing = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "QUERY_STRING": "", "wsgi.input": BytesIO()}
        self.body = b"".join(door({**standing, **environ}, self._start)).decode()

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)


def answers(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Stands for Django, and answers with the request that it got."""
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


@pytest.fixture
def door() -> Door:
    return Door(answers, ready=lambda: True)


@pytest.fixture
def full() -> Door:
    """A door with no free place."""
    return Door(answers, lambda: True, Admission(at_once=0, waiting=0, patience=0))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("length", [{"CONTENT_LENGTH": str(MUCH)}, {"HTTP_TRANSFER_ENCODING": "chunked"}], ids=str)
def test_no_address_takes_more_than_the_largest_file_we_know(door: Door, address: str, length: dict[str, str]) -> None:
    stream = Endless()
    answer = Answer(door, PATH_INFO=address, **length, **{"wsgi.input": stream})
    assert answer.status == 413
    assert "for stort" in answer.body
    assert stream.read_so_far <= capacity.BODY_BYTES + 1
    assert stream.failed  # so that gunicorn ends the connection


def test_the_exempt_addresses_are_among_those() -> None:
    assert {"/logg-ut/varsel/", "/logg-inn/nodkonto/"} <= {*ADDRESSES}
    assert len(ADDRESSES) > 100


@given(st.integers(0, 3000), st.integers(0, 3000), st.booleans())
def test_a_body_arrives_whole_or_not_at_all(declared: int, sent: int, chunked: bool) -> None:
    environ: dict[str, Any] = {"wsgi.input": BytesIO(b"x" * sent)}
    environ |= {"HTTP_TRANSFER_ENCODING": "chunked"} if chunked else {"CONTENT_LENGTH": str(declared)}
    size = sent if chunked else declared
    try:
        bodies.buffer(environ, most=2000)
    except bodies.TooLarge:
        assert size > 2000
    except bodies.TooSlow:
        assert sent < declared
    else:
        assert environ["wsgi.input"].read() == b"x" * size
        assert environ["CONTENT_LENGTH"] == str(size)
        assert "HTTP_TRANSFER_ENCODING" not in environ


def test_a_request_without_a_body_is_left_as_it_is(door: Door) -> None:
    assert Answer(door, REQUEST_METHOD="GET").status == 200


def test_a_stream_that_breaks_is_answered_in_words(door: Door) -> None:
    class Broken:
        failed = False

        def read(self, size: int) -> bytes:
            raise ConnectionResetError(size)

    answer = Answer(door, CONTENT_LENGTH="5", **{"wsgi.input": Broken()})
    assert (answer.status, "ikke alt i tide" in answer.body) == (408, True)


def test_a_refused_request_gets_a_page_with_the_reason_and_a_button_to_repeat_it(full: Door) -> None:
    typed = b"number=16810050050&purpose=Sak+%26+mer&csrfmiddlewaretoken=abc"
    answer = Answer(
        full, PATH_INFO="/oppslag/", CONTENT_TYPE=FORM, CONTENT_LENGTH=str(len(typed)), **{"wsgi.input": BytesIO(typed)}
    )
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Mange bruker tjenesten akkurat nå" in answer.body
    assert '<form class="actions" method="post" action="/oppslag/">' in answer.body
    for field in (
        'name="number" value="16810050050"',
        'value="Sak &amp; mer"',
        'name="csrfmiddlewaretoken" value="abc"',
    ):
        assert field in answer.body


def test_a_refusal_is_in_the_chosen_language(full: Door) -> None:
    answer = Answer(full, REQUEST_METHOD="GET", HTTP_COOKIE="fiksreg-language=nn")
    assert answer.headers["Content-Language"] == "nn"
    assert 'lang="nn"' in answer.body


def test_however_many_ask_whether_all_is_ready_few_are_looked_for_at_once() -> None:
    looking: list[int] = []

    def looks(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        looking.append(1)
        asked = [Answer(door, REQUEST_METHOD="GET", PATH_INFO="/readyz").status] if len(looking) < 10 else []
        start_response("200 OK", [])
        return [str(asked).encode()]

    door = Door(looks, lambda: True, readiness=Admission(at_once=2, waiting=0, patience=0))
    assert Answer(door, REQUEST_METHOD="GET", PATH_INFO="/readyz").body == "[200]"
    assert len(looking) == 2


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/css/fiksreg.css"])
def test_the_load_balancer_and_the_style_sheets_are_answered_when_nobody_else_is(full: Door, path: str) -> None:
    assert Answer(full, REQUEST_METHOD="GET", PATH_INFO=path).status == 200


def test_before_the_database_has_been_looked_at_nobody_but_the_load_balancer_is_answered() -> None:
    unready = Door(answers, ready=lambda: False)
    assert Answer(unready, REQUEST_METHOD="GET", PATH_INFO="/healthz").status == 200
    answer = Answer(unready, REQUEST_METHOD="GET", PATH_INFO="/oppslag/", QUERY_STRING="a=1")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "Ingenting er gått tapt" in answer.body
    assert '<input type="hidden" name="a" value="1">' in answer.body


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("//evil.example/x", "/evil.example/x"),
        ('/"><script>', "/%22%3E%3Cscript%3E"),
        ("/s\u00c3\u00b8k/", "/s%C3%B8k/"),
    ],
)
def test_the_button_never_leads_away_from_here(path: str, action: str) -> None:
    attempt = tryagain.attempt_of({"REQUEST_METHOD": "GET", "PATH_INFO": path}, b"")
    assert attempt is not None
    assert attempt.action == action


def test_a_password_is_never_written_into_a_page(full: Door) -> None:
    typed = b"password=hemmelig-ord&csrfmiddlewaretoken=abc"
    answer = Answer(full, CONTENT_TYPE=FORM, CONTENT_LENGTH=str(len(typed)), **{"wsgi.input": BytesIO(typed)})
    assert answer.status == 503
    assert "hemmelig-ord" not in answer.body


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", ""])
def test_a_request_that_a_button_cannot_repeat_is_still_in_the_browser(full: Door, kind: str) -> None:
    answer = Answer(full, CONTENT_TYPE=kind, CONTENT_LENGTH="1", **{"wsgi.input": BytesIO(b"x")})
    assert answer.status == 503
    assert "<form" not in answer.body
    assert "Gå tilbake i nettleseren" in answer.body


def test_a_place_is_given_back_whatever_becomes_of_the_request() -> None:
    def breaks(_environ: dict[str, Any], _start_response: Any) -> Iterable[bytes]:
        raise RuntimeError

    door = Door(breaks, lambda: True, Admission(at_once=1, waiting=0, patience=0))
    for _ in range(3):
        with pytest.raises(RuntimeError):
            Answer(door, REQUEST_METHOD="GET")


def test_the_documents_tell_the_proxy_the_limits_that_hold_here() -> None:
    said = " ".join((ROOT / "docs/operations.md").read_text(encoding="utf-8").split())
    for limit in (
        f"head and body within {capacity.READ_SECONDS:.0f} seconds, "
        f"a body of at most {capacity.BODY_BYTES / 1_000_000} MB",
        f"waits for the next bytes of {capacity.SLOW_AT_ONCE} requests at once",
        f"works on {capacity.AT_ONCE} requests at once and lets {capacity.WAITING} wait",
        f"none for more than {capacity.PATIENCE_SECONDS} seconds",
        f"client_max_body_size {capacity.BODY_BYTES // 1000}k",
        f"client_body_timeout {capacity.READ_SECONDS:.0f}s",
    ):
        assert limit in said


@pytest.mark.parametrize("address", ["/healthz", "/static/", "/static/unknown.css"])
def test_a_request_that_needs_no_place_reads_no_session(full: Door, address: str) -> None:
    asked: dict[str, Any] = {}
    full._application = lambda environ, start_response: asked.update(environ) or answers(environ, start_response)
    assert Answer(full, PATH_INFO=address, HTTP_COOKIE="fiksreg-session=abc").status == 200
    assert "HTTP_COOKIE" not in asked


def test_a_page_is_given_its_cookies(door: Door) -> None:
    asked: dict[str, Any] = {}
    door._application = lambda environ, start_response: asked.update(environ) or answers(environ, start_response)
    Answer(door, HTTP_COOKIE="fiksreg-session=abc")
    assert asked["HTTP_COOKIE"] == "fiksreg-session=abc"
