"""Clients that are wrong in one way each. The simulator refuses what the register might accept, with the register's
errors."""

from collections.abc import Callable

import httpx
import pytest

from tests.integrations.simulator.door import WITH, Door
from tests.integrations.simulator.fiksdoor import FIKS_ERROR, through_fiks

Deviation = Callable[[Door, str], httpx.Response]

APPLICATION = {"kode", "melding"}
ACCESS = {"feilkode", "feilmelding", "alvorlighetsgrad", "httpStatus", "tilleggsinformasjon"}
RESOURCE = {"code", "message", "feilreferanse", "httpStatus"}
NUMBERS: dict[str, object] = {"foedselsEllerDNummer": ["03851598730"]}

DEVIATIONS: dict[str, tuple[Deviation, int, set[str]]] = {
    "an unknown parameter": (lambda door, n: door.get(f"/personer/{n}", [("parts", "navn")]), 400, APPLICATION),
    "an unknown part": (lambda door, n: door.get(f"/personer/{n}", [("part", "inntekt")]), 400, APPLICATION),
    "parts in one value": (lambda door, n: door.get(f"/personer/{n}", [("part", "navn,foedsel")]), 400, APPLICATION),
    "an empty part": (lambda door, n: door.get(f"/personer/{n}", [("part", "")]), 400, APPLICATION),
    "a part twice": (lambda door, n: door.get(f"/personer/{n}", [("part", "navn")] * 2), 400, APPLICATION),
    "a number with spaces": (lambda door, n: door.get(f"/personer/{n[:6]} {n[6:]}"), 400, APPLICATION),
    "a number too short": (lambda door, n: door.get(f"/personer/{n[:10]}"), 400, APPLICATION),
    "a header of the caller's own": (
        lambda door, n: door.get(f"/personer/{n}", headers={"X-Korrelasjonsid": "1"}),
        400,
        APPLICATION,
    ),
    "XML wanted": (lambda door, n: door.get(f"/personer/{n}", headers={"Accept": "application/xml"}), 406, APPLICATION),
    "nothing wanted": (lambda door, n: door.get(f"/personer/{n}", headers={"Accept": ""}), 406, APPLICATION),
    "a query that cannot be read": (lambda door, n: door.get(f"/personer/{n}?part"), 400, APPLICATION),
    "the wrong method": (lambda door, n: door.post(f"/personer/{n}", {}), 405, APPLICATION),
    "content where none belongs": (lambda door, n: door.get(f"/personer/{n}", content=b"{}"), 400, APPLICATION),
    "a path that is not there": (lambda door, n: door.get(f"/personer/{n}/relasjoner"), 404, RESOURCE),
    "no content type": (lambda door, _: raw(door, b"{}", {}), 400, APPLICATION),
    "XML sent": (lambda door, _: raw(door, b"<a/>", {"Content-Type": "application/xml"}), 400, APPLICATION),
    "half a body": (lambda door, _: raw(door, b'{"foedselsEllerDNummer":["0', JSON), 400, APPLICATION),
    "an unknown field": (lambda door, _: door.post("/personer/bulkoppslag", NUMBERS | {"part": []}), 400, APPLICATION),
    "numbers that are no text": (
        lambda door, _: door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": [3851598730]}),
        400,
        APPLICATION,
    ),
    "no list of numbers": (lambda door, _: door.post("/personer/bulkoppslag", {}), 400, APPLICATION),
    "a flag that is none": (
        lambda door, _: door.post("/personer/bulkoppslag", NUMBERS, [("somBestilt", "ja")]),
        400,
        APPLICATION,
    ),
    "a parameter beside an order": (
        lambda door, _: door.post("/uttrekk/tilpasset", {"personstatustyper": ["bosatt"]}, [("part", "navn")]),
        400,
        APPLICATION,
    ),
    "a batch that is no number": (lambda door, _: door.get("/uttrekk/x/batch/first"), 400, APPLICATION),
    "no token": (lambda door, n: door.get(f"/personer/{n}", headers={"Authorization": ""}), 401, ACCESS),
    "a token of no one": (
        lambda door, n: door.get(f"/personer/{n}", headers={"Authorization": "Bearer x"}),
        401,
        ACCESS,
    ),
    "a token of another kind": (
        lambda door, n: door.get(f"/personer/{n}", headers={"Authorization": f"Basic {door.token(WITH)}"}),
        401,
        ACCESS,
    ),
}
JSON = {"Content-Type": "application/json"}


def raw(door: Door, body: bytes, headers: dict[str, str]) -> httpx.Response:
    """A bulk lookup with this body."""
    return door.send_raw("/personer/bulkoppslag", body, headers)


#: What Fiks refuses before it asks the register.
AT_FIKS = {
    "a header of the caller's own",
    "XML wanted",
    "nothing wanted",
    "no token",
    "a token of no one",
    "a token of another kind",
}


@pytest.mark.parametrize("deviation", DEVIATIONS)
def test_fiks_refuses_the_same_deviations_or_lets_the_register_do_it(
    door: Door, cases: dict[str, str], deviation: str
) -> None:
    ask, status, shape = DEVIATIONS[deviation]
    answer = ask(through_fiks(door), cases["vanlig-familie"])
    assert answer.status_code == status
    assert set(answer.json()) == (FIKS_ERROR if deviation in AT_FIKS else shape)


def test_fiks_answers_the_same_calls_without_the_deviation(door: Door, cases: dict[str, str]) -> None:
    fiks = through_fiks(door)
    assert fiks.get(f"/personer/{cases['vanlig-familie']}", [("part", "navn")]).status_code == 200
    assert fiks.post("/personer/bulkoppslag", NUMBERS, [("somBestilt", "true")]).status_code == 200
    assert raw(fiks, b'{"foedselsEllerDNummer":[]}', JSON).status_code == 200


@pytest.mark.parametrize("deviation", DEVIATIONS)
def test_a_deviation_is_refused_in_its_documented_shape(door: Door, cases: dict[str, str], deviation: str) -> None:
    ask, status, shape = DEVIATIONS[deviation]
    answer = ask(door, cases["vanlig-familie"])
    assert answer.status_code == status
    assert set(answer.json()) == shape


def test_the_same_calls_without_the_deviation_are_answered(door: Door, cases: dict[str, str]) -> None:
    assert door.get(f"/personer/{cases['vanlig-familie']}", [("part", "navn"), ("part", "foedsel")]).status_code == 200
    assert door.post("/personer/bulkoppslag", NUMBERS, [("somBestilt", "true")]).status_code == 200


def test_what_an_ordinary_client_sends_along_is_let_through(door: Door, cases: dict[str, str]) -> None:
    headers = {"User-Agent": "x", "Accept-Encoding": "gzip", "Accept-Language": "nb", "Connection": "keep-alive"}
    for accept in ("application/json", "application/json; charset=utf-8, text/plain;q=0.5", "*/*"):
        answer = door.get(f"/personer/{cases['barn']}", headers=headers | {"Accept": accept})
        assert answer.status_code == 200


def test_a_refusal_never_repeats_what_was_asked(door: Door, cases: dict[str, str]) -> None:
    number = cases["vanlig-familie"]
    for ask, _, _ in DEVIATIONS.values():
        assert number not in ask(door, number).text
