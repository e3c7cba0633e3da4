"""What the page of a hit list shows."""

from datetime import date

import pytest

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import (
    Foedsel,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    PersonRecord,
)
from lookup.beyond import Way
from lookup.hitlist import HitPage, HitRow, hit_page
from lookup.references import FoundHit, FoundMany
from lookup.understanding import parse_text
from roles.policy.addressprotection import verdict
from roles.policy.fieldpolicy import restrict
from tests.lookup.people import EVERYTHING, NOBODY
from tests.lookup.test_forms import ACCESS

DAY = date(1990, 4, 17)
HIDDEN, CLOSED = "Adressen kan ikke vises", "Ikke i din rolle"


def nobody(criteria: SearchCriteria, *ways: Way, text: str = "") -> HitPage:
    found = FoundMany(access=ACCESS, criteria=criteria, hits=(), more=False, typed={}, ways=ways)
    return hit_page(found, parse_text(text, today=date(2026, 11, 30)) if text else None)


def test_a_line_has_what_the_role_opens_and_says_why_the_rest_is_not_there() -> None:
    record = PersonRecord(
        identifikasjonsnummer=(Folkeregisteridentifikator(foedselsEllerDNummer=NOBODY, status="iBruk"),),
        navn=(Folkeregisterpersonnavn(fornavn="GLAD", etternavn="FISK"),),
        foedsel=(Foedsel(foedselsdato=DAY),),
        status=(Folkeregisterpersonstatus(status="doed"),),
    )

    def line(elements: frozenset[str]) -> HitRow:
        permitted = restrict(record, elements=elements, protection=verdict(record, may_open=False))
        hits = (FoundHit(token="t", number=NOBODY, record=permitted),)
        criteria = SearchCriteria(navn="GLAD FISK")
        found = FoundMany(access=ACCESS, criteria=criteria, hits=hits, more=False, typed={})
        return hit_page(found, None).hits[0]

    everything = HitRow("t", NOBODY, "GLAD FISK", "17. april 1990", "", dead=True, thin=HIDDEN, born="1990-04-17")
    assert line(EVERYTHING) == everything
    assert line(frozenset({"navn"})) == HitRow("t", "", "GLAD FISK", "", "", thin=CLOSED)
    assert line(frozenset({"foedsel"})) == HitRow("t", "", "", "17. april 1990", "", thin=CLOSED, born="1990-04-17")


@pytest.mark.parametrize("dead", [False, True])
@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("ways", [(), (Way.DEAD,)])
def test_an_empty_list_says_where_nobody_was_looked_for(dead: bool, earlier: bool, ways: tuple[Way, ...]) -> None:
    criteria = SearchCriteria(navn="X", inkluderDoede=dead, opplysningsgrunnlag="historisk" if earlier else None)
    said = nobody(criteria, *ways)
    assert ("døde" in said.not_searched) is not dead
    assert ("tidligere navn" in said.not_searched) is not earlier
    assert ("Rollen din gir ikke det" in said.not_searched) is not (bool(ways) or (dead and earlier))
    assert ("Ingen i Folkeregisteret" in said.lead) is (dead and earlier)
    assert [way for way, _ in said.presses] == [way.value for way in ways]
    assert said.heading == "Ingen treff"


@pytest.mark.parametrize(
    ("criteria", "meant"),
    [
        (SearchCriteria(navn="Glad Fisk", foedselsdato=DAY), [("Navn", "Glad Fisk"), ("Født", "17. april 1990")]),
        (
            SearchCriteria(adressenavn="Storgata", husnummer="12B", postnummer="0155", kjoenn="kvinne"),
            [("Kjønn", "Kvinne"), ("Gate eller vei", "Storgata 12B"), ("Postnummer", "0155")],
        ),
        (
            SearchCriteria(navn="Fisk", kommunenummer="0301", fylkesnummer="03"),
            [("Navn", "Fisk"), ("Kommune", "Oslo"), ("Fylke", "Oslo")],
        ),
        (
            SearchCriteria(navn="Fisk", foedselsaarFraOgMed=1987, foedselsaarTilOgMed=1988),
            [("Navn", "Fisk"), ("Fødselsår", "1987–1988")],
        ),
        (SearchCriteria(navn="Fisk", foedselsaarFraOgMed=1987), [("Navn", "Fisk"), ("Fødselsår", "1987–")]),
        (
            SearchCriteria(navn="Fisk", foedselsaarFraOgMed=1987, foedselsaarTilOgMed=1987),
            [("Navn", "Fisk"), ("Fødselsår", "1987")],
        ),
    ],
)
def test_the_page_says_how_the_search_was_understood(criteria: SearchCriteria, meant: list[tuple[str, str]]) -> None:
    assert list(nobody(criteria).meant) == meant


def test_the_page_says_what_of_the_text_was_not_used() -> None:
    said = nobody(SearchCriteria(navn="Nordmann"), text="K. Nordmann").unused
    assert said == ("Registeret søker bare etter hele navn. K. er ikke brukt.",)
    assert nobody(SearchCriteria(navn="Kari Nordmann"), text="Kari Nordmann").unused == ()
