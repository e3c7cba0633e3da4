"""The bytes that are hashed: the same for the same act, and without national identity numbers."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roles.actors import Actor
from roles.audit import Outcome
from roles.audit.canonical import canonical
from tests.roles.audit.acts import CASEWORKER, NUMBER, lookup

HERE = UUID("11111111-1111-4111-8111-111111111111")


def test_the_order_in_which_sets_and_mappings_were_made_does_not_matter() -> None:
    one = replace(
        lookup(HERE), elements_asked=frozenset({"navn", "doedsfall", "sivilstand"}), criteria={"name": "a", "born": "b"}
    )
    other = replace(
        lookup(HERE), elements_asked=("sivilstand", "navn", "doedsfall"), criteria={"born": "b", "name": "a"}
    )
    assert canonical(one) == canonical(other)


def test_the_body_is_compact_sorted_and_readable() -> None:
    body = canonical(replace(lookup(HERE), purpose="Opptak til barnehage på Å", outcome=Outcome.NONE))
    assert body == (
        '{"actor":{"id":"5f6d1c1e-0000-4000-8000-000000000001","kind":"employee","label":"Saksbehandler barnehage"},'
        '"event":"lookup:person:answered","organisation":"11111111-1111-4111-8111-111111111111","outcome":"none",'
        '"purpose":"Opptak til barnehage på Å","v":1}'
    )


@pytest.mark.parametrize(
    "written", [NUMBER, "139260 12345", "139260-12345", "139260.12345", f"Sak 26/1 gjelder {NUMBER}, og {NUMBER}!"]
)
def test_a_number_typed_into_a_purpose_a_reason_or_a_name_is_left_out(written: str) -> None:
    entry = replace(
        lookup(HERE),
        purpose=written,
        details={"reason": [written], written: 1},
        on_behalf_of=Actor("system", "x", written),
    )
    body = canonical(entry)
    assert "12345" not in body
    assert body.count("[nummer]") >= 4


@pytest.mark.parametrize("reference", ["2026/123456", "26/00123-4", "202600123456", "Sak 1234567890"])
def test_a_case_reference_stays_as_it_was_typed(reference: str) -> None:
    assert json.loads(canonical(replace(lookup(HERE), purpose=reference)))["purpose"] == reference


def test_characters_that_the_database_cannot_store_do_not_lose_the_entry() -> None:
    body = canonical(replace(lookup(HERE), purpose="a\x00b\ud800c"))
    assert json.loads(body)["purpose"] == "a\ufffdb\ufffdc"


@given(st.text(), st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())))
def test_any_text_becomes_utf8_json_that_comes_out_the_same_again(
    purpose: str, details: dict[str, int | str | list[str] | None]
) -> None:
    entry = replace(lookup(HERE), purpose=purpose, details=details, actor=CASEWORKER)
    body = canonical(entry)
    assert canonical(entry) == body
    assert json.dumps(json.loads(body.encode()), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == body


OURS = [
    "a" * 53 + "12345678901",
    "12345678901" + "a" * 53,
    "a" * 21 + "12345678901",
    "12345678901" + "a" * 21,
    "0f0e0d0c-0b0a-4908-8706-a12345678901",
]


@pytest.mark.parametrize("ours", OURS)
def test_a_hash_or_an_id_with_eleven_digits_in_it_stays_whole_wherever_it_stands(ours: str) -> None:
    entry = replace(
        lookup(HERE),
        criteria={"navn": ours},
        details={ours: [ours]},
        request_id=ours,
        actor=Actor("employee", ours, "x"),
    )
    body = json.loads(canonical(entry))
    assert (body["criteria"]["navn"], body["request"], body["actor"]["id"]) == (ours, ours, ours)
    assert body["details"] == {ours: [ours]}


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_no_id_and_no_hash_is_ever_altered(some: UUID, digest: bytes) -> None:
    entry = replace(lookup(HERE), intent_id=some, request_id=some.hex, criteria={"navn": digest.hex()})
    body = json.loads(canonical(entry))
    assert (body["intent"], body["request"], body["criteria"]["navn"]) == (str(some), some.hex, digest.hex())


@pytest.mark.parametrize("near", ["a" * 20 + "12345678901", "a" * 52 + "12345678901", "g" + "a" * 20 + "12345678901"])
def test_eleven_digits_outside_a_hash_or_an_id_are_taken_for_a_number(near: str) -> None:
    assert "[nummer]" in canonical(replace(lookup(HERE), purpose=near))
