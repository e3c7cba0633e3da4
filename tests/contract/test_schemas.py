"""Our own schemas, which check the simulator, are themselves held against the register owner's samples and codes."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.contract.authored import authored, departures, schemas
from tests.contract.facts import enumerations, samples, types

WITH, WITHOUT = "person/withLegalBasis", "person/withoutLegalBasis"
#: What the register has told of after its specification 1.5.
LATER = {"rettsligHandleevne"}
#: Deprecated there, and always empty: an answer never has it.
DEPRECATED = {"preferertKontaktadresse"}


def definition(name: str) -> dict[str, Any]:
    file, _, key = name.partition("/")
    found: dict[str, Any] = schemas().contents(f"urn:contract:{file}")["$defs"][key]
    return found


@pytest.mark.parametrize("file", sorted(schemas()), ids=lambda address: address.rpartition(":")[2])
def test_each_is_a_schema(file: str) -> None:
    Draft202012Validator.check_schema(schemas().contents(file))


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem.partition("-")[0])
def test_every_sample_of_the_register_fits(path: Path) -> None:
    sample = json.loads(path.read_bytes())
    whole = {"identifikasjonsnummer": [entry("identifikasjonsnummer")]} | sample
    assert departures(whole, WITH) == Counter()


def test_a_person_has_the_properties_of_the_specification_and_those_told_of_later() -> None:
    assert set(definition(WITH)["properties"]) == set(types()["Folkeregisterperson"]) - DEPRECATED | LATER


@pytest.mark.parametrize(
    ("code", "schema"),
    [
        ("status", "identity/status"),
        ("sivilstand", "relations/sivilstand"),
        ("adressegradering", "scalars/grading"),
    ],
)
def test_the_codes_are_those_of_the_specification(code: str, schema: str) -> None:
    codes = [found for name, found in enumerations().items() if name.startswith("person.v1.") and name.endswith(code)]
    ours = definition(schema)
    assert set(ours.get("enum") or ours["properties"][code]["enum"]) in [set(found) for found in codes]


def entry(name: str, **different: object) -> dict[str, object]:
    entries: dict[str, dict[str, object]] = {
        "identifikasjonsnummer": {
            "foedselsEllerDNummer": "03851598730",
            "identifikatortype": "foedselsnummer",
            "status": "iBruk",
        },
        "status": {"status": "bosatt"},
        "navn": {"fornavn": "RAD", "etternavn": "FURE"},
        "sivilstand": {"sivilstand": "gift"},
        "bostedsadresse": {
            "adressegradering": "ugradert",
            "vegadresse": {"kommunenummer": "4640", "adressenavn": "Furevegen"},
        },
    }
    return entries[name] | different


WRONG = {
    "a property of nobody's": ({"inntekt": []}, ": additionalProperties inntekt"),
    "a field of nobody's": ({"navn": [entry("navn", kallenavn="RA")]}, "navn: additionalProperties kallenavn"),
    "an empty list": ({"navn": []}, "navn: minItems"),
    "an empty text": ({"navn": [entry("navn", fornavn="")]}, "navn.fornavn: minLength"),
    "an unknown code": ({"status": [entry("status", status="fri")]}, "status.status: enum"),
    "a missing field": ({"navn": [{"fornavn": "RAD"}]}, "navn: required"),
    "a day that is none": ({"foedsel": [{"foedselsaar": "2015", "foedselsdato": "2015-02-30"}]}, "format"),
    "ten fractional digits": (
        {"navn": [entry("navn", gyldighetstidspunkt="2025-01-01T10:00:00.0123456789Z")]},
        "pattern",
    ),
    "two homes in one": ({"bostedsadresse": [entry("bostedsadresse", ukjentBosted={})]}, "bostedsadresse: oneOf"),
    "a home of the strictly protected": (
        {"bostedsadresse": [entry("bostedsadresse", adressegradering="strengtFortrolig")]},
        "bostedsadresse.adressegradering: enum",
    ),
    "a number that may be a person's": (
        {"identifikasjonsnummer": [entry("identifikasjonsnummer", foedselsEllerDNummer="03051500000")]},
        "identifikasjonsnummer.foedselsEllerDNummer: pattern",
    ),
}
CLOSED = {
    "a confidential status": ({"status": [entry("status", status="midlertidig")]}, "status.status: enum"),
    "a spouse": ({"sivilstand": [entry("sivilstand", relatertVedSivilstand="03851598730")]}, "sivilstand: not"),
    "a former status": ({"status": [entry("status", erGjeldende=False)]}, "status.erGjeldende: const"),
    "a graded address": (
        {"bostedsadresse": [entry("bostedsadresse", adressegradering="klientadresse")]},
        "bostedsadresse.adressegradering: const",
    ),
    "a family": ({"familierelasjon": []}, ": additionalProperties familierelasjon"),
}


@pytest.mark.parametrize(
    ("schema", "wrong", "told"),
    [(WITH, *case) for case in WRONG.values()] + [(WITHOUT, *case) for case in (WRONG | CLOSED).values()],
    ids=[f"with: {name}" for name in WRONG] + [f"without: {name}" for name in WRONG | CLOSED],
)
def test_what_is_wrong_is_found(schema: str, wrong: dict[str, object], told: str) -> None:
    document = {"identifikasjonsnummer": [entry("identifikasjonsnummer")]} | wrong
    found = departures(document, schema)
    assert any(told in each for each in found), found


def test_what_is_right_is_let_through() -> None:
    right = {
        name: [entry(name)] for name in ("identifikasjonsnummer", "status", "navn", "sivilstand", "bostedsadresse")
    }
    assert authored(WITH).is_valid(right)
    assert authored(WITHOUT).is_valid(right)
