"""The search follows the register: whoever is put in, changes or goes is found, or is not, at the next search."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integrations.simulator.door import Document, Door
from tests.integrations.simulator.tenor.conftest import Find, Numbers

NUMBER, D_NUMBER, OTHER = "03851598730", "41819077302", "16863448801"


def person(number: str = NUMBER, *, family: str = "SØKBAR", **properties: Any) -> Document:
    return {
        "identifikasjonsnummer": [identifier(number)],
        "status": [{"erGjeldende": True, "status": "bosatt"}],
        "navn": [{"erGjeldende": True, "fornavn": "LETT", "etternavn": family}],
        "foedsel": [{"erGjeldende": True, "foedselsaar": "2015", "foedselsdato": "2015-05-03"}],
        **properties,
    }


def identifier(number: str, *, in_use: bool = True) -> Document:
    kind = "dNummer" if number[0] in "4567" else "foedselsnummer"
    status = "iBruk" if in_use else "opphoert"
    return {"erGjeldende": in_use, "status": status, "foedselsEllerDNummer": number, "identifikatortype": kind}


def mother_is(number: str) -> Document:
    row = {"erGjeldende": True, "relatertPerson": number, "relatertPersonsRolle": "mor", "minRolleForPerson": "barn"}
    return {"familierelasjon": [row]}


@pytest.fixture(autouse=True)
def _as_it_was(door: Door) -> Iterator[None]:
    yield
    door.http.delete("/_control/persons").raise_for_status()


def put(door: Door, *documents: Document) -> None:
    door.http.post("/_control/persons", json=list(documents)).raise_for_status()


def test_somebody_put_in_is_found_and_gone_again_when_the_register_is_restored(door: Door, numbers: Numbers) -> None:
    everybody = numbers("")
    put(door, person())
    assert numbers("etternavn: Søkbar") == [NUMBER]
    door.http.delete("/_control/persons").raise_for_status()
    assert numbers("etternavn: Søkbar") == []
    assert numbers("") == everybody


def test_somebody_who_changes_is_found_as_they_are_now(door: Door, numbers: Numbers) -> None:
    put(door, person())
    numbers("etternavn: Søkbar")
    put(door, person(family="OMDØPT"))
    assert numbers("etternavn: Søkbar") == []
    assert numbers("etternavn: Omdøpt") == [NUMBER]


def test_one_of_the_population_who_is_put_in_again_is_themselves_when_restored(
    door: Door, numbers: Numbers, cases: dict[str, str]
) -> None:
    number = cases["barn"]
    before = set(numbers("borMedMor: true"))
    put(door, person(number))
    assert set(numbers("etternavn: Søkbar")) == {number}
    assert set(numbers("borMedMor: true")) == before - {number}
    door.http.delete("/_control/persons").raise_for_status()
    assert set(numbers("borMedMor: true")) == before


def test_a_person_with_a_new_number_is_found_once_and_by_both(door: Door, numbers: Numbers) -> None:
    put(door, person(D_NUMBER))
    assert numbers("etternavn: Søkbar") == [D_NUMBER]
    put(door, person(identifikasjonsnummer=[identifier(NUMBER), identifier(D_NUMBER, in_use=False)]))
    for kql in ("etternavn: Søkbar", f"identifikator: {NUMBER}", f"identifikator: {D_NUMBER}"):
        assert numbers(kql) == [NUMBER]
    assert numbers(f"id: {D_NUMBER}") == []
    assert numbers("etternavn: Søkbar and identifikatorType: dNummerOgFoedselsnr") == [NUMBER]


def test_a_relation_to_a_former_number_is_one_to_the_person_carried_on(door: Door, numbers: Numbers) -> None:
    mother = person(OTHER, identifikasjonsnummer=[identifier(OTHER), identifier(D_NUMBER, in_use=False)])
    put(door, mother, person(**mother_is(D_NUMBER)))
    assert numbers(f'tenorRelasjoner.freg: {{tenorRelasjonsnavn: mor and identifikator: "{OTHER}"}}') == [NUMBER]


def test_a_relative_who_comes_later_is_seen_as_one(door: Door, numbers: Numbers, find: Find) -> None:
    query = "tenorRelasjoner.freg: {tenorRelasjonsnavn: mor and etternavn: Søkbar}"
    put(door, person(**mother_is(OTHER)))
    assert numbers(query) == []
    assert "tenorRelasjoner" not in find(f"id: {NUMBER}", vis="*")["dokumentListe"][0]
    put(door, person(OTHER))
    assert numbers(query) == [NUMBER]


def test_what_happens_to_people_can_be_searched_for(door: Door, numbers: Numbers, find: Find) -> None:
    created = set(numbers("sisteHendelse: personErOpprettet"))
    assert created == set(numbers(""))
    assert numbers("hendelser: personErDoed") == []
    door.http.post("/_control/advance", json={"days": 20}).raise_for_status()
    dead = numbers("hendelserMedSekvens.hendelse: personErDoed")
    assert dead
    assert set(dead) <= set(numbers("personstatus: doed and doedsdato: *"))
    entry = find(f"id: {dead[0]}", vis="hendelserMedSekvens,tenorMetadata.oppdatert,tenorMetadata.opprettet")
    told = entry["dokumentListe"][0]
    assert told.keys() == {"hendelserMedSekvens", "tenorMetadata"}
    assert told["hendelserMedSekvens"][0]["hendelse"] == "personErOpprettet"
    assert told["tenorMetadata"]["opprettet"] < told["tenorMetadata"]["oppdatert"]
    door.http.delete("/_control/persons").raise_for_status()
    assert set(numbers("sisteHendelse: personErOpprettet")) == created
