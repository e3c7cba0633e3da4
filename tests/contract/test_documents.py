"""Our documents against the register owner's samples and schema."""

import json
from pathlib import Path
from typing import Any

import pytest

from integrations.folkeregisteret import documents
from integrations.folkeregisteret.documents import (
    PersonRecord,
    current_number,
    decode_person,
    encode_person,
    novelties_in,
)
from integrations.folkeregisteret.elements import IGNORED_PROPERTIES
from tests.contract.facts import samples, types
from tests.integrations.folkeregisteret.making import READ_PROPERTIES

#: What the register has told of after its specification 1.5, and so is not in it.
LATER_PROPERTIES = {"rettsligHandleevne"}
IGNORED_TYPES = {"PreferertKontaktadresse", "AdresseIFrittFormat", "Folkeregisterperson"}
TYPES = sorted(name for name in set(types()) - IGNORED_TYPES if "." not in name)
PROPERTIES = sorted(set(types()["Folkeregisterperson"]) - IGNORED_PROPERTIES)
SCALARS: dict[str, object] = {
    "array": "tekst",
    "boolean": True,
    "date": "2015-05-03",
    "date-time": "2025-02-18T10:01:45.12982+01:00",
    "integer": 17,
    "string": "tekst",
}


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem.partition("-")[0])
def test_every_sample_comes_back_as_it_was(path: Path) -> None:
    raw = path.read_bytes()
    record = decode_person(raw)
    assert json.loads(encode_person(record)) == json.loads(raw)
    assert current_number(record) == path.stem.partition("-")[2]
    assert not novelties_in(raw, PersonRecord)


def test_there_are_samples() -> None:
    assert len(samples()) >= 9


def test_the_vocabulary_is_the_registers_own() -> None:
    assert set(types()["Folkeregisterperson"]) == (READ_PROPERTIES | IGNORED_PROPERTIES) - LATER_PROPERTIES


def filled(type_name: str) -> dict[str, object]:
    """A value in every field the schema gives this type."""
    return {name: _value(field) for name, field in types()[type_name].items()}


def _value(field: dict[str, Any]) -> object:
    value = filled(field["ref"]) if field["ref"] else _scalar(field)
    return [value] if field["array"] else value


def _scalar(field: dict[str, Any]) -> object:
    if field["enum"]:
        return field["enum"][0]
    return SCALARS.get(field["format"]) or SCALARS[field["type"]]


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_field_of_the_schema_survives_reading_and_writing(name: str) -> None:
    document = {name: filled("Folkeregisterperson")[name]}
    assert json.loads(encode_person(decode_person(json.dumps(document).encode()))) == document


@pytest.mark.parametrize("name", TYPES)
def test_every_type_of_the_schema_has_our_struct_of_its_name_with_its_fields(name: str) -> None:
    assert set(getattr(documents, name).__struct_fields__) >= set(types()[name])
