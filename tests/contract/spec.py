"""Answers against the register owner's specification 1.5: where they depart from it, without their values."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from jsonschema import ValidationError

from tests.contract.authored import innermost, place
from tests.contract.facts import types, validator

ROOT: Final = "folkeregisteret.tilgjengeliggjoering."
#: What the register has told of since; anything else that is not in the specification is our invention.
LATER_PROPERTIES: Final = {
    "Folkeregisterperson.rettsligHandleevne",
    "VergeRepresentantEllerFullmektig.navnFoedselsdato",
    "VergeRepresentantEllerFullmektig.tjenesteomraade",
}
LATER_CODES: Final = {
    "unik",
    "aktiv",
    "doedfoedtBarn",
    "rettsligHandleevne",
    "personErInaktiv",
    "endringIBostedsadresseVedKommuneregulering",
    "endringIRettsligHandleevne",
}


def problems(content: object, schema: str) -> Counter[str]:
    errors = innermost(validator(schema).iter_errors(content))
    return Counter(place(error) for error in errors if not _is_later(error))


def _is_later(error: ValidationError) -> bool:
    return error.validator == "enum" and error.instance in LATER_CODES


def strangers(content: dict[str, Any], type_name: str) -> Iterator[str]:
    """Properties that the schema does not have, by the type they stand in."""
    fields = types()[type_name]
    for name, value in content.items():
        if name not in fields:
            yield f"{type_name}.{name}"
        elif fields[name]["ref"]:
            for each in value if isinstance(value, list) else [value]:
                yield from strangers(each, fields[name]["ref"])
