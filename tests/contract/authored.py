"""Our own schemas, written from the contract: also of what the register owner's specification does not hold."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

_FOLDER: Final = Path(__file__).parent / "schemas"


@cache
def schemas() -> Registry[Any]:
    """Every schema by its $id."""
    contents = [yaml.safe_load(path.read_bytes()) for path in sorted(_FOLDER.glob("*.yaml"))]
    return Registry().with_resources((each["$id"], DRAFT202012.create_resource(each)) for each in contents)


@cache
def authored(name: str) -> Draft202012Validator:
    """For one schema, by its file and its name there: "person/withLegalBasis"."""
    file, _, definition = name.partition("/")
    reference = {"$ref": f"urn:contract:{file}#/$defs/{definition}"}
    return Draft202012Validator(reference, registry=schemas(), format_checker=FormatChecker())


def departures(content: object, name: str) -> Counter[str]:
    """Where and how often the content departs from the schema, without its values."""
    return Counter(map(place, innermost(authored(name).iter_errors(content))))


def innermost(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """What lies behind the errors of alternatives and combinations."""
    return [leaf for error in errors for leaf in (innermost(error.context) if error.context else [error])]


def place(error: ValidationError) -> str:
    """Properties and the rule that was broken; no value, and no number of an entry."""
    path = ".".join(part for part in error.absolute_path if isinstance(part, str))
    told = _strangers(error) if error.validator == "additionalProperties" else ""
    return f"{path}: {error.validator} {told}".strip()


def _strangers(error: ValidationError) -> str:
    schema: Any = error.schema
    content: Any = error.instance
    return ",".join(sorted(set(content) - set(schema.get("properties", ()))))
