"""The door: who is let in, what may be asked, and the page that comes back."""

import json

import pytest

from integrations.simulator.maskinporten.scopes import EVERY_SCOPE, TENOR_SCOPE
from tests.integrations.simulator.door import Door, grant
from tests.integrations.simulator.tenor.conftest import PATH, Find, Send


def token(door: Door, scope: str) -> str:
    return str(door.ask_token(grant(door.private_key, scope=scope)).raise_for_status().json()["access_token"])


@pytest.mark.parametrize("scope", [scope for scope in EVERY_SCOPE if scope != TENOR_SCOPE])
def test_a_token_of_another_scope_is_refused(scope: str, door: Door, headers: dict[str, str]) -> None:
    given = headers | {"Authorization": f"Bearer {token(door, scope)}"}
    assert door.http.get(PATH, params={"kql": ""}, headers=given).status_code == 403


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Authorization": "Bearer nothing"}, 401),
        ({"Authorization": ""}, 401),
        ({"Accept": "application/xml"}, 406),
        ({"X-Correlation-Id": "1"}, 400),
    ],
)
def test_wrong_headers_are_refused(changes: dict[str, str], status: int, door: Door, headers: dict[str, str]) -> None:
    assert door.http.get(PATH, headers=headers | changes).status_code == status


@pytest.mark.parametrize("path", ["soek/brreg-er-fr", "soek/freg/uthenting", "soek", "freg"])
def test_another_path_is_not_there(path: str, door: Door, headers: dict[str, str]) -> None:
    assert door.http.get(f"/api/testnorge/v2/{path}", headers=headers).status_code == 404


def test_a_search_is_a_get(door: Door, headers: dict[str, str]) -> None:
    assert door.http.post(PATH, headers=headers).status_code == 405


@pytest.mark.parametrize(
    "parameters",
    [
        {"kqll": ""},
        {"kql": ["kjoenn: mann", "kjoenn: kvinne"]},
        {"kql": "x" * 4001},
        {"antall": "0"},
        {"antall": "101"},
        {"antall": "ti"},
        {"side": "-1"},
        {"seed": "1.5"},
        {"nokkelinformasjon": "ja"},
        {"highlight": "1"},
        {"vis": "finnesIkke"},
        {"vis": "fornavn,,id"},
        {"vis": "kjoenn.fornavn"},
        {"skjul": "finnesIkke"},
    ],
)
def test_a_parameter_out_of_shape_is_refused(parameters: dict[str, object], send: Send) -> None:
    answer = send(**parameters)
    assert answer.status_code == 400
    assert answer.json().keys() == {"kode", "melding"}


def test_a_refusal_repeats_nothing_that_was_asked(send: Send, cases: dict[str, str]) -> None:
    number = cases["barn"]
    for kql in (f"{number}: 1", f"foedselsdato: {number}", f'identifikator: "{number}', f"id: {number} id: 1"):
        answer = send(kql=kql)
        assert answer.status_code == 400
        assert number not in answer.text


def test_a_page_has_tenors_shape(find: Find) -> None:
    page = find("personstatus: bosatt", antall=3, seed=4495, vis="id")
    hits = page.pop("treff")
    assert hits > 100
    assert len(page.pop("dokumentListe")) == 3
    assert page == {"rader": 3, "offset": 0, "nesteSide": 1, "seed": 4495, "highlight": None}


def test_pages_of_one_seed_hold_everybody_once(find: Find) -> None:
    pages = [find("personstatus: doed", antall=9, seed=3, side=side, vis="id") for side in range(12)]
    ids = [document["id"] for page in pages for document in page["dokumentListe"]]
    assert len(ids) == len(set(ids)) == min(pages[0]["treff"], 108)
    assert [page["offset"] for page in pages] == [9 * side for side in range(12)]


def test_the_last_page_has_none_behind_it(find: Find) -> None:
    page = find("personstatus: doed", antall=100, seed=3, vis="id")
    last = find("personstatus: doed", antall=100, seed=3, side=page["treff"] // 100, vis="id")
    assert last["nesteSide"] is None
    assert last["rader"] == page["treff"] % 100
    beyond = find("personstatus: doed", antall=100, seed=3, side=50, vis="id")
    assert (beyond["dokumentListe"], beyond["nesteSide"]) == ([], None)


def test_the_order_is_the_seeds_whoever_else_is_found(find: Find) -> None:
    def ids(kql: str, seed: int) -> list[str]:
        return [document["id"] for document in find(kql, antall=50, seed=seed, vis="id")["dokumentListe"]]

    assert ids("personstatus: bosatt", 1) == ids("personstatus: bosatt", 1) != ids("personstatus: bosatt", 2)
    women = find("personstatus: bosatt", antall=50, seed=1, vis="id,kjoenn")["dokumentListe"]
    expected = [person["id"] for person in women if person["kjoenn"] == "kvinne"]
    assert ids("personstatus: bosatt and kjoenn: kvinne", 1)[: len(expected)] == expected


def test_a_search_without_a_seed_is_told_the_one_it_got(find: Find) -> None:
    page = find("personstatus: bosatt", antall=50, vis="id")
    assert find("personstatus: bosatt", antall=50, vis="id", seed=page["seed"]) == page


def test_without_vis_only_the_id_of_the_metadata_comes(find: Find, cases: dict[str, str]) -> None:
    number = cases["barn"]
    assert find(f"identifikator: {number}")["dokumentListe"] == [{"tenorMetadata": {"id": number}}]


@pytest.mark.parametrize("vis", ["id,fornavn,kjoenn", ["id", "fornavn", "kjoenn"], ["id,fornavn", " kjoenn"]])
def test_fields_are_asked_for_with_commas_or_one_by_one(vis: object, find: Find, cases: dict[str, str]) -> None:
    found = find(f"identifikator: {cases['barn']}", vis=vis)["dokumentListe"]
    assert [person.keys() for person in found] == [{"id", "fornavn", "kjoenn", "tenorMetadata"}]


def test_a_field_without_a_value_is_left_out(find: Find, cases: dict[str, str]) -> None:
    entry = find(f"id: {cases['opphoert']}", vis="id,fornavn")["dokumentListe"][0]
    assert entry == {"id": cases["opphoert"], "tenorMetadata": {"id": cases["opphoert"]}}


def test_the_source_is_the_registers_own_document_with_history(find: Find, door: Door, cases: dict[str, str]) -> None:
    number = cases["flyttet"]
    metadata = find(f"id: {number}", vis="tenorMetadata")["dokumentListe"][0]["tenorMetadata"]
    assert (metadata["kildeMime"], metadata["kilder"]) == ("application/json", ["freg"])
    source = json.loads(metadata["kildedata"])
    assert source["bostedsadresse"] == door.person(number, "bostedsadresse", "historikk")["bostedsadresse"]
    assert len(source["bostedsadresse"]) > 2


def test_relatives_come_whole_and_with_what_they_are(find: Find, cases: dict[str, str]) -> None:
    entry = find(f"id: {cases['vanlig-familie']}", vis="*")["dokumentListe"][0]
    relatives = {relative["id"]: relative for relative in entry["tenorRelasjoner"]["freg"]}
    named = {number: relative["tenorRelasjonsnavn"] for number, relative in relatives.items()}
    assert named == {cases["ektefelle"]: "partner", cases["barn"]: "barn", cases["skolestarter"]: "barn"}
    child = find(f"id: {cases['barn']}", vis="*")["dokumentListe"][0]
    del child["tenorRelasjoner"]
    assert relatives[cases["barn"]] == child | {"tenorRelasjonsnavn": "barn"}
    assert child["borMedMor"] is True


def test_parts_of_relatives_are_asked_for_by_their_path(find: Find, cases: dict[str, str]) -> None:
    vis = "id,tenorRelasjoner.*.tenorRelasjonsnavn"
    entry = find(f"id: {cases['ektefelle']}", vis=vis)["dokumentListe"][0]
    relations = [{"tenorRelasjonsnavn": name} for name in ("partner", "barn", "barn")]
    assert sorted(entry["tenorRelasjoner"]["freg"], key=str) == sorted(relations, key=str)


def test_what_is_hidden_is_left_out_again(find: Find, cases: dict[str, str]) -> None:
    answer = find(f"id: {cases['ektefelle']}", vis="*", skjul="*.kildedata,fornavn")["dokumentListe"][0]
    assert "kildedata" not in str(answer)
    assert "fornavn" not in answer
    assert answer["etternavn"]


def test_key_facts_are_asked_for_in_one(find: Find, cases: dict[str, str]) -> None:
    entry = find(f"id: {cases['barn']}", nokkelinformasjon="true")["dokumentListe"][0]
    assert entry.keys() >= {"visningnavn", "foedselsdato", "personstatus", "bostedsadresse", "tenorRelasjoner"}
    assert {relative["tenorRelasjonsnavn"] for relative in entry["tenorRelasjoner"]["freg"]} == {"mor", "far"}
    assert "kildedata" not in str(entry)


def test_highlights_mark_what_was_asked_for_and_only_that(find: Find, cases: dict[str, str]) -> None:
    number = cases["barn"]
    kql = f"id: {number} and personstatus: b* and not fornavn: X* and foedselsdato > 1900 and navnLengde: *"
    assert find(kql, vis="id", highlight="true")["highlight"] == {
        number: {"id": [f"<em>{number}</em>"], "personstatus": ["<em>bosatt</em>"]}
    }


def test_the_call_is_remembered_without_what_was_asked(find: Find, door: Door, cases: dict[str, str]) -> None:
    find(f"id: {cases['barn']}", vis="id")
    asked = door.http.get("/_control/requests").json()[-1]
    assert (asked["operation"], asked["parameters"]) == ("tenor", ["kql", "vis"])
    assert cases["barn"] not in str(asked)


def test_faults_reach_the_search(send: Send, door: Door) -> None:
    door.http.post("/_control/faults", json={"operation": "tenor", "kind": "500", "count": 1}).raise_for_status()
    assert [send(kql="").status_code for _ in range(2)] == [500, 200]
