"""Ordered faults. Those that break a connection are tested against a simulator in a process of its own."""

import time
from collections.abc import Iterator
from threading import Thread

import httpx
import pytest

from integrations.simulator.doors.faults import Fault, Faults
from integrations.simulator.problems import Answer, Problem
from tests.integrations.simulator.door import WITHOUT, Door, grant
from tests.integrations.simulator.fiksdoor import set_up
from tests.waiting import until

PERSON = "/folkeregisteret/offentlig-med-hjemmel/api/v1/personer/03851598730"
ANSWER = Answer(200, b'{"navn":[]}' * 10)


def order(door: Door, kind: str, operation: str = "person", **more: int) -> None:
    body = {"operation": operation, "kind": kind, **more}
    door.http.post("/_control/faults", json=body).raise_for_status()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 429, 500, 502, 503])
def test_an_error_status_comes_as_often_as_ordered(door: Door, cases: dict[str, str], status: int) -> None:
    order(door, str(status), count=2)
    answers = [door.get(f"/personer/{cases['barn']}").status_code for _ in range(3)]
    assert answers == [status, status, 200]


FIELDS = {
    "application": {"kode", "melding"},
    "access": {"feilkode", "feilmelding", "alvorlighetsgrad", "httpStatus", "tilleggsinformasjon"},
    "resource": {"code", "message", "feilreferanse", "httpStatus"},
    "bulk": {"feilmelding"},
    "extract": {"feilmelding"},
    "fiks": {"timestamp", "status", "error", "errorId", "path", "message"},
    "oauth": {"error", "error_description"},
}


@pytest.mark.parametrize("kind", ["500", "error-inside"])
@pytest.mark.parametrize("shape", FIELDS)
def test_an_error_comes_in_the_shape_that_was_ordered(door: Door, cases: dict[str, str], shape: str, kind: str) -> None:
    fault = {"operation": "person", "kind": kind, "shape": shape, "count": 1}
    door.http.post("/_control/faults", json=fault).raise_for_status()
    answer = door.get(f"/personer/{cases['barn']}")
    assert answer.status_code == (500 if kind == "500" else 200)
    assert set(answer.json()) == FIELDS[shape]


def test_an_error_has_the_shape_of_who_answers_unless_another_is_ordered(
    door: Door, cases: dict[str, str], key_pair: tuple[str, str]
) -> None:
    for kind, shape in {"401": "access", "404": "resource", "410": "extract", "500": "application"}.items():
        order(door, kind, count=1)
        assert set(door.get(f"/personer/{cases['barn']}").json()) == FIELDS[shape]
    order(door, "500", operation="token", count=1)
    assert set(door.ask_token(grant(key_pair[0])).json()) == FIELDS["oauth"]


def test_the_firewall_can_refuse_with_a_status_too(door: Door, cases: dict[str, str]) -> None:
    fault = {"operation": "person", "kind": "403", "shape": "html", "count": 1}
    door.http.post("/_control/faults", json=fault).raise_for_status()
    answer = door.get(f"/personer/{cases['barn']}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")


def test_a_quota_can_be_used_up_without_a_word_about_the_wait(door: Door, cases: dict[str, str]) -> None:
    order(door, "429-unsaid", count=1)
    answer = door.get(f"/personer/{cases['barn']}")
    assert answer.status_code == 429
    assert "Retry-After" not in answer.headers


def test_a_fault_without_a_count_stands_until_it_is_taken_away(door: Door, cases: dict[str, str]) -> None:
    order(door, "500")
    assert [door.get(f"/personer/{cases['barn']}").status_code for _ in range(5)] == [500] * 5
    door.http.delete("/_control/faults")
    assert door.get(f"/personer/{cases['barn']}").status_code == 200


def test_retry_after_counts_milliseconds(door: Door, cases: dict[str, str]) -> None:
    order(door, "429", count=1, ms=1500)
    assert door.get(f"/personer/{cases['barn']}").headers["Retry-After"] == "1500"


def test_a_fault_meets_only_its_own_operation(door: Door, cases: dict[str, str]) -> None:
    order(door, "500", operation="bulk")
    assert door.get(f"/personer/{cases['barn']}").status_code == 200
    assert door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": []}).status_code == 500


def test_a_fault_reaches_every_door(door: Door, cases: dict[str, str]) -> None:
    person, fiks = f"/personer/{cases['barn']}", set_up(door)
    order(door, "500", count=3)
    answers = [door.get(person), door.get(person, package=WITHOUT), fiks.get(person)]
    assert [answer.status_code for answer in answers] == [500] * 3
    assert fiks.get(person).status_code == 200


EVERYWHERE = {
    "person": "/personer/03851598730",
    "search": "/personer/soek?navn=x",
    "unique": "/personer/entydigsoek?navn=x",
    "archive": "/personer/arkiv/x",
    "batch": "/uttrekk/x/batch/0",
    "sequence": "/hendelser/siste/sekvensnummer",
    "feed": "/hendelser/feed?seq=1",
    "event": "/hendelser/x",
}
POSTED = {
    "bulk": "/personer/bulkoppslag",
    "archives": "/personer/bulkoppslag/arkiv",
    "extract": "/uttrekk/tilpasset",
    "events": "/hendelser/bulkoppslag",
}


def test_every_operation_can_fail(door: Door) -> None:
    for operation in {*EVERYWHERE, *POSTED}:
        order(door, "503", operation=operation, count=1)
    answers = [door.get(path) for path in EVERYWHERE.values()] + [door.post(path, {}) for path in POSTED.values()]
    assert {answer.status_code for answer in answers} == {503}
    assert door.http.get("/_control/faults").json() == []


def test_what_maskinporten_says_of_itself_can_fail(door: Door) -> None:
    paths = {"well-known": "/maskinporten/.well-known/oauth-authorization-server", "jwks": "/maskinporten/jwks"}
    for operation, path in paths.items():
        order(door, "502", operation=operation, count=1)
        assert [door.http.get(path).status_code for _ in range(2)] == [502, 200]


def test_maskinporten_can_fail_too(door: Door, key_pair: tuple[str, str]) -> None:
    order(door, "500", operation="token", count=1)
    assert door.ask_token("x").status_code == 500
    assert door.token()


def test_answers_can_be_html_half_empty_of_the_wrong_type_or_elsewhere(door: Door, cases: dict[str, str]) -> None:
    seen = {}
    for kind in ("html", "half", "empty", "wrong-type", "redirect", "content-type"):
        order(door, kind, count=1)
        seen[kind] = door.get(f"/personer/{cases['barn']}")
    assert "support ID" in seen["html"].text
    assert seen["html"].headers["Content-Type"].startswith("text/html")
    with pytest.raises(ValueError, match=r"."):
        seen["half"].json()
    assert seen["empty"].content == b""
    assert isinstance(seen["wrong-type"].json()["identifikasjonsnummer"], int)
    assert seen["redirect"].status_code == 302
    assert seen["content-type"].json()["identifikasjonsnummer"]
    assert seen["content-type"].headers["Content-Type"].startswith("text/plain")


def test_latencies_add_up_and_leave_the_answer_alone(door: Door, cases: dict[str, str]) -> None:
    order(door, "latency", ms=60)
    order(door, "latency", operation="*", ms=60)
    started = time.monotonic()
    assert door.get(f"/personer/{cases['barn']}").status_code == 200
    assert time.monotonic() - started >= 0.12


def test_a_latency_stands_for_as_many_calls_as_ordered() -> None:
    faults = Faults()
    faults.add(Fault("bulk", "latency", count=2, ms=1))
    faults.add(Fault("bulk", "500", count=1))
    with pytest.raises(Problem):
        faults.before("bulk")
    assert [fault.kind for fault in faults.standing()] == ["latency"]
    assert faults.before("bulk") is None
    assert faults.standing() == []


def test_a_held_back_answer_is_let_go_when_the_faults_are_taken_away() -> None:
    faults = Faults()
    faults.add(Fault("person", "hang", count=1, ms=60_000))
    done: list[Fault | None] = []
    waiting = Thread(target=lambda: done.append(faults.before("person")))
    waiting.start()
    until(lambda: not faults.standing())
    faults.clear()
    waiting.join(timeout=5)
    assert [fault.kind for fault in done if fault] == ["hang"]


@pytest.mark.parametrize(
    "fault",
    [
        {"operation": "person", "kind": "explode"},
        {"operation": "everything", "kind": "500"},
        {"operation": "person", "kind": "500", "count": 0},
        {"operation": "person", "kind": "latency", "ms": -1},
        {"operation": "person", "kind": "500", "times": 1},
        {"operation": "person", "kind": "500", "shape": "round"},
        {"kind": "500"},
    ],
)
def test_a_fault_out_of_shape_is_refused(door: Door, fault: dict[str, object]) -> None:
    assert door.http.post("/_control/faults", json=fault).status_code == 400


def test_a_dripping_answer_comes_in_pieces() -> None:
    faults = Faults()
    sent = faults.after(Fault("person", "drip", ms=1), ANSWER, {})
    assert sent.pieces is not None
    pieces = list(sent.pieces)
    assert len(pieces) >= 20
    assert b"".join(pieces) == ANSWER.body


@pytest.fixture
def process(simulator: str) -> Iterator[httpx.Client]:
    """The simulator in a process of its own."""
    with httpx.Client(base_url=simulator, timeout=5) as http:
        yield http
        http.delete("/_control/faults")


@pytest.mark.parametrize(
    ("kind", "error"),
    [("truncated", httpx.RemoteProtocolError), ("reset", httpx.ReadError), ("hang", httpx.ReadTimeout)],
)
def test_a_connection_can_break_or_stand_still(
    process: httpx.Client, kind: str, error: type[httpx.TransportError]
) -> None:
    token = {"operation": "token", "kind": kind, "count": 1, "ms": 60_000}
    process.post("/_control/faults", json=token).raise_for_status()
    with pytest.raises(error):
        process.post("/maskinporten/token", data={}, timeout=0.3)


def test_other_calls_are_answered_while_one_is_held_back(process: httpx.Client) -> None:
    for kind in ("hang", "drip"):
        process.post("/_control/faults", json={"operation": "token", "kind": kind, "count": 1, "ms": 60_000})
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            process.post("/maskinporten/token", data={}, timeout=0.3)
    assert process.get("/healthz").json()["ok"]
