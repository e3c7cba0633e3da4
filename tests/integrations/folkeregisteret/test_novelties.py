"""What the register adds later is counted by name at any depth and told of once; a value is never shown."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret import codes, novelties, sightings
from integrations.folkeregisteret.documents import PersonRecord, decode_person, novelties_in
from integrations.folkeregisteret.novelties import Novelties
from tests.integrations.folkeregisteret.making import A_NUMBER, as_json


def counts_of(*documents: object) -> dict[str, int]:
    seen = Novelties()
    for document in documents:
        seen.look(as_json(document), PersonRecord)
    return dict(seen.counts())


UNKNOWN: dict[str, object] = {
    "noeNytt": {"noeNytt": [{"inni": 1}]},
    "navn.noeNytt": {"navn": [{"fornavn": "RAD"}, {"noeNytt": 1}]},
    "doedsfall.noeNytt": {"doedsfall": {"noeNytt": None}},
    "bostedsadresse.vegadresse.adressenummer.noeNytt": {
        "bostedsadresse": [{"vegadresse": {"adressenummer": {"noeNytt": 1}}}]
    },
    "vergemaalEllerFremtidsfullmakt.verge.tjenesteomraade.ny": {
        "vergemaalEllerFremtidsfullmakt": [{"verge": {"tjenesteomraade": [{"ny": 1}]}}]
    },
    "status.status=forflyttet": {"status": [{"status": "forflyttet"}]},
    "identitetsgrunnlag.identitetsgrunnlagstatus=enestaaende": {
        "identitetsgrunnlag": [{"identitetsgrunnlagstatus": "enestaaende"}]
    },
    "brukAvSamiskSpraak.spraak=pitesamisk": {"brukAvSamiskSpraak": [{"spraak": ["nordsamisk", "pitesamisk"]}]},
    "oppholdsadresse.vegadresse.bruksenhetstype=husbaat": {
        "oppholdsadresse": [{"vegadresse": {"bruksenhetstype": "husbaat"}}]
    },
    "falskIdentitet.rettIdentitetVedOpplysninger.kjoenn=annet": {
        "falskIdentitet": {"rettIdentitetVedOpplysninger": {"kjoenn": "annet"}}
    },
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_novelty_breaks_nothing_and_is_counted_by_its_place(name: str) -> None:
    assert decode_person(as_json(UNKNOWN[name]))
    assert counts_of(UNKNOWN[name], UNKNOWN[name]) == {name: 2}


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"preferertKontaktadresse": []},
        {"identitetsgrunnlag": [{"identitetsgrunnlagstatus": "unik"}], "rettsligHandleevne": [{"erGjeldende": True}]},
        {"vergemaalEllerFremtidsfullmakt": [{"verge": {"navnFoedselsdato": {"foedselsdato": "1990-01-01"}}}]},
        {"status": [{"status": None, "kilde": "hva som helst", "aarsak": "Flytting"}], "kjoenn": [{"kjoenn": ""}]},
        {"utlendingsmyndighetenesIdentifikasjonsnummer": [{"identifikasjonsnummertype": "hva som helst"}]},
    ],
)
def test_known_deprecated_blank_and_free_text_values_are_no_novelties(known: object) -> None:
    assert counts_of(known) == {}


@pytest.mark.parametrize("value", [A_NUMBER, "HANSEN", "Rad Fure", "å", "x" * 100, "1870"])
def test_a_value_that_does_not_look_like_a_code_is_counted_and_never_shown(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert counts_of({"kjoenn": [{"kjoenn": value}]}, {"navn": [{value * 2 + "1": 1}]}) == {
        "kjoenn.kjoenn=?": 1,
        "navn.?": 1,
    }
    assert value not in str([record.__dict__["novelties"] for record in caplog.records])


def test_each_novelty_is_told_of_the_first_time(caplog: pytest.LogCaptureFixture) -> None:
    seen = Novelties()
    for document in ({"ny": 1}, {"ny": 2, "nyere": 1}, {"ny": 3, "nyere": 2}):
        seen.look(as_json(document), PersonRecord)
    told = [record.__dict__["novelties"] for record in caplog.records if record.levelno == logging.WARNING]
    assert told == [["ny"], ["nyere"]]
    assert seen.counts() == {"ny": 3, "nyere": 2}


def test_an_endless_stream_of_names_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sightings, "_MOST_KINDS", 3)
    names = [{"abcde"[place] * 2: 1} for place in range(5)]
    assert counts_of(*names, *names) == {"aa": 2, "bb": 2, "cc": 2}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"<html>", b"\xff", b"[" * 100_000, b"1", b"[]", b'{"navn":1,"status":[2]}']
)
def test_unreadable_json_has_no_novelties(raw: bytes) -> None:
    assert novelties_in(raw, PersonRecord) == []


@given(st.lists(st.integers(0, 1000), max_size=12))
def test_of_documents_in_bulk_one_in_a_hundred_is_looked_at_however_they_come(sizes: list[int]) -> None:
    seen, due, before = Novelties(), list[int](), 0
    for size in sizes:
        due += [before + place for place in seen.due(size)]
        before += size
    assert due == list(range(0, before, 100))


def test_every_code_list_has_codes_that_look_like_codes() -> None:
    lists = [found for alias in vars(codes).values() if (found := codes.codes_of(alias))]
    assert len(lists) > 20
    for found in lists:
        assert all(novelties._CODE.fullmatch(code) for code in found)


def test_the_log_says_where_a_new_code_stands_and_never_which(caplog: pytest.LogCaptureFixture) -> None:
    Novelties().look(b'{"status": [{"status": "nordmann"}]}', PersonRecord)
    assert [record.__dict__["novelties"] for record in caplog.records] == [["status.status"]]
    assert "nordmann" not in str([record.__dict__ for record in caplog.records])
