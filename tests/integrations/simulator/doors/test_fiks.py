"""Fiks' door: who is let in, what a role opens, and the shape of a refusal."""

from collections.abc import Callable

import httpx
import pytest

from integrations.simulator.register.parts import PERSON_BASIS
from tests.integrations.simulator.door import ORGANISATION, WITH, WITHOUT, Door, grant
from tests.integrations.simulator.fiksdoor import FIKS_ERROR, FIKS_SCOPE, KOMMUNE, FiksCaller, set_up

NO_TOKEN = "Klarte ikke å validere access_token"
NOT_KNOWN = "Autentisering feilet for integrasjon med id a-role-s"


@pytest.fixture
def fiks(door: Door) -> FiksCaller:
    """A caller in a role with legal basis whose only part is person-basis."""
    return set_up(door)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    content = answer.json()
    assert set(content) == FIKS_ERROR
    assert content["status"] == answer.status_code
    assert content["path"] == answer.request.url.path
    return answer.status_code, content["message"]


Change = Callable[[FiksCaller, str], httpx.Response]

AUTHENTICATION: dict[str, tuple[Change, str]] = {
    "no token": (lambda fiks, n: fiks.get(f"/personer/{n}", headers={"Authorization": ""}), NO_TOKEN),
    "a token of nobody": (lambda fiks, n: fiks.get(f"/personer/{n}", headers={"Authorization": "Bearer x"}), NO_TOKEN),
    "another password": (lambda fiks, n: fiks.get(f"/personer/{n}", headers={"IntegrasjonPassord": "x"}), NOT_KNOWN),
    "no password": (lambda fiks, n: fiks.get(f"/personer/{n}", headers={"IntegrasjonPassord": ""}), NOT_KNOWN),
    "another integration": (
        lambda fiks, n: fiks.get(f"/personer/{n}", headers={"IntegrasjonId": "x"}),
        "Autentisering feilet for integrasjon med id x",
    ),
}


@pytest.mark.parametrize("wrong", AUTHENTICATION)
def test_who_is_not_known_is_told_so_in_fiks_words(fiks: FiksCaller, cases: dict[str, str], wrong: str) -> None:
    ask, message = AUTHENTICATION[wrong]
    assert refusal(ask(fiks, cases["barn"])) == (401, message)


def test_a_token_of_another_organisation_than_the_integrations_is_refused(door: Door, fiks: FiksCaller) -> None:
    delegation = {"consumer": KOMMUNE, "supplier": ORGANISATION, "scopes": [FIKS_SCOPE]}
    door.http.post("/_control/delegations", json=delegation).raise_for_status()
    answer = door.ask_token(grant(door.private_key, scope=FIKS_SCOPE, consumer_org=KOMMUNE)).raise_for_status()
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert refusal(fiks.get("/personer/soek?navn=x", headers=headers)) == (401, NOT_KNOWN)
    door.http.post("/_control/delegations", json=delegation | {"scopes": []}).raise_for_status()


def test_a_role_that_is_unknown_or_somebody_elses_is_closed(door: Door, fiks: FiksCaller) -> None:
    other = {"id": "somebody-elses", "organisation": KOMMUNE, "package": WITH.value, "parts": ["navn"]}
    door.http.post("/_control/fiks", json={"roles": [other]}).raise_for_status()
    for role in ("somebody-elses", "unknown"):
        assert refusal(fiks.in_role(role).get("/personer/soek?navn=x"))[0] == 403


def test_a_changed_password_or_a_role_taken_away_stops_all_calls_at_once(door: Door, fiks: FiksCaller) -> None:
    path = "/personer/soek?navn=x"
    integration = {"id": "a-role-s", "password": "its-password", "organisation": ORGANISATION, "roles": ["a-role"]}
    for change, status in ({"password": "a-new-one"}, 401), ({"roles": []}, 403):
        assert fiks.get(path).status_code == 200
        door.http.post("/_control/fiks", json={"integrations": [integration | change]}).raise_for_status()
        assert refusal(fiks.get(path))[0] == status
        door.http.post("/_control/fiks", json={"integrations": [integration]}).raise_for_status()


def test_an_unknown_header_or_another_type_than_json_is_refused_in_fiks_words(fiks: FiksCaller) -> None:
    assert refusal(fiks.get("/personer/soek?navn=x", headers={"X-Korrelasjonsid": "1"}))[0] == 400
    assert refusal(fiks.get("/personer/soek?navn=x", headers={"Accept": "application/xml"}))[0] == 406


def test_a_role_gets_its_parts_and_the_numbers_that_always_come(door: Door, cases: dict[str, str]) -> None:
    narrow = set_up(door, name="narrow", parts=("bostedsadresse", "navn"))
    answer = narrow.get(f"/personer/{cases['barn']}", ["bostedsadresse"]).raise_for_status().json()
    assert set(answer) == {"identifikasjonsnummer", "bostedsadresse"}
    assert narrow.get(f"/personer/{cases['barn']}", ["identifikasjonsnummer"]).status_code == 200


NUMBERS = "/personer/bulkoppslag"


@pytest.mark.parametrize("parts", [["navn", "foedsel"], ["person-basis"], [], ["navn", "historikk"], ["opphold"]])
def test_asking_for_more_than_the_role_has_is_an_error(door: Door, cases: dict[str, str], parts: list[str]) -> None:
    narrow = set_up(door, name="narrow", parts=("bostedsadresse", "navn"))
    body = {"foedselsEllerDNummer": [cases["barn"]]}
    assert refusal(narrow.get(f"/personer/{cases['barn']}", parts))[0] == 403
    assert refusal(narrow.post(NUMBERS, body, parts))[0] == 403


def test_no_part_means_person_basis_and_needs_all_of_it(door: Door, cases: dict[str, str]) -> None:
    whole = set_up(door, name="whole", parts=PERSON_BASIS)
    assert "navn" in whole.get(f"/personer/{cases['barn']}").raise_for_status().json()
    most = set_up(door, name="most", parts=PERSON_BASIS[:-1])
    assert refusal(most.get(f"/personer/{cases['barn']}"))[0] == 403


def test_history_comes_where_the_role_has_it(door: Door, cases: dict[str, str]) -> None:
    historian = set_up(door, name="historian", parts=("navn", "historikk"))
    assert historian.get(f"/personer/{cases['barn']}", ["navn", "historikk"]).status_code == 200


def test_a_search_answers_with_numbers_and_needs_no_part(door: Door) -> None:
    narrow = set_up(door, name="narrow", parts=("navn",))
    assert narrow.get("/personer/soek?navn=glad").json()["foedselsEllerDNummer"]


def test_the_roles_package_decides_what_comes_out(door: Door, cases: dict[str, str]) -> None:
    parts = ("person-basis", "falskIdentitet")
    closed = set_up(door, name="closed", package=WITHOUT, parts=parts)
    opened = set_up(door, name="opened", package=WITH, parts=parts)
    number = cases["d-nummer"]
    assert closed.get(f"/personer/{number}", ["status"]).json()["status"][0]["status"] == "aktiv"
    assert opened.get(f"/personer/{number}", ["status"]).json()["status"][0]["status"] == "midlertidig"


def test_the_registers_own_errors_are_passed_through(fiks: FiksCaller, cases: dict[str, str]) -> None:
    shapes = {
        "/personer/03851598730": (404, {"code", "message", "feilreferanse", "httpStatus"}),
        "/personer/soek?ukjent=1": (400, {"kode", "melding"}),
        f"/personer/{cases['barn']}?part=inntekt": (400, {"kode", "melding"}),
        "/uttrekk/3a/batch/0": (410, {"feilmelding"}),
        "/personer/a/relasjoner": (404, {"code", "message", "feilreferanse", "httpStatus"}),
    }
    for path, expected in shapes.items():
        answer = fiks.get(path)
        assert (answer.status_code, set(answer.json())) == expected


def test_extract_jobs_are_the_kommunes_not_the_integrations(door: Door, fiks: FiksCaller) -> None:
    ordered = fiks.post("/uttrekk/tilpasset", {"personstatustyper": ["bosatt"]}).raise_for_status().json()
    assert fiks.get(f"/uttrekk/{ordered['jobbId']}/batch/0").status_code == 404
    assert fiks.get(f"/uttrekk/{ordered['jobbId']}/batch/0").status_code == 200
    assert door.get(f"/uttrekk/{ordered['jobbId']}/batch/0").status_code == 410
