"""The register owner's own schema, numbers and documents, read from ../shared (or FIKSREG_SHARED)."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.contract.conftest import SHARED

PERSON: Final = "folkeregisteret.tilgjengeliggjoering.person.v1.Folkeregisterperson"
_PREFIX: Final = "person.v1."
_EVENT_PREFIX: Final = "hendelse.v1."
_ADDRESS: Final = "urn:register"

Fields = dict[str, dict[str, Any]]


def samples() -> list[Path]:
    """Whole and partial person documents out of the register's test environment."""
    return sorted((SHARED / "samples").glob("*.json"))


def vectors() -> list[tuple[str, bool, bool]]:
    """Number, whether it is synthetic, whether it is valid."""
    with (SHARED / "fnr-vectors.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return [(number, synthetic == "true", valid == "true") for number, synthetic, valid, _ in rows]


@cache
def types() -> dict[str, Fields]:
    """The fields of every type of a person document, by the type's own name."""
    return _types_below(_PREFIX)


@cache
def event_types_fields() -> dict[str, Fields]:
    """The same of a thick event, which has types of its own."""
    return {name: fields for name, fields in _types_below(_EVENT_PREFIX).items() if "." not in name}


def _types_below(prefix: str) -> dict[str, Fields]:
    every = json.loads((SHARED / "freg-1.5-fields.json").read_text(encoding="utf-8"))
    return {name.removeprefix(prefix): fields for name, fields in every.items() if name.startswith(prefix)}


@cache
def enumerations() -> dict[str, list[str]]:
    content: dict[str, list[str]] = json.loads((SHARED / "freg-1.5-enums.json").read_text(encoding="utf-8"))
    return content


@cache
def specification() -> dict[str, Any]:
    """The OpenAPI document."""
    content: dict[str, Any] = yaml.safe_load((SHARED / "openapi-offentlig-med-hjemmel-1.5.yaml").read_bytes())
    return content


@cache
def validator(schema: str) -> Draft202012Validator:
    """For one schema of the specification, by its name there; references are followed inside it."""
    registry = Registry().with_resource(_ADDRESS, DRAFT202012.create_resource(specification()))
    reference = {"$ref": f"{_ADDRESS}#/components/schemas/{schema}"}
    return Draft202012Validator(reference, registry=registry, format_checker=FormatChecker())


def parameters_of(path: str) -> set[str]:
    """The query parameters of a GET, or of a POST, by their names."""
    operations = specification()["paths"][path]
    return {
        parameter["name"]
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }


def schema_of(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = specification()["components"]["schemas"][name]
    return schema
