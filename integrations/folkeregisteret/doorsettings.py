"""Reads the setting that says which organisation uses which door.

    {"987654321": {"kind": "skatteetaten", "delegated": true},
     "987654320": {"kind": "fiks", "url": "https://api.fiks.ks.no", "integration_id": "...",
                   "integration_password": "...", "role_with_legal_basis": "...", "role_without_legal_basis": "..."}}

Each may also have a "dialect", with the field names of Dialect.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

import msgspec

from integrations.folkeregisteret.doors import AS_DOCUMENTED, Dialect, Door, FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import Unconfigured

_OrganisationNumber = Annotated[str, msgspec.Meta(pattern=r"^\d{9}$")]
_Filled = Annotated[str, msgspec.Meta(pattern=r"^[!-~]+$")]
_Role = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]*$")]


class _Skatteetaten(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="skatteetaten"):
    """The register's own door. delegated: the organisation has delegated its access to ours in Altinn."""

    delegated: bool = False
    dialect: Dialect = AS_DOCUMENTED


class _Fiks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="fiks"):
    url: _Filled
    integration_id: _Filled
    integration_password: _Filled
    role_with_legal_basis: _Role = ""
    role_without_legal_basis: _Role = ""
    dialect: Dialect = AS_DOCUMENTED

    def __repr__(self) -> str:
        return "<_Fiks>"


_READ: Final = msgspec.json.Decoder(dict[_OrganisationNumber, _Skatteetaten | _Fiks])


def parse_doors(text: str, *, address: str) -> dict[str, Door]:
    """The doors by organisation number. address: the register's own; "" when no organisation asks it directly.

    Raises ValueError, which says what is wrong and where, but never repeats a value, which may be a password.
    """
    if not text.strip():
        return {}
    try:
        read = _READ.decode(text)
        json.loads(text, object_pairs_hook=_check_each_once)
    except _Twice as error:
        raise ValueError(f"names {error} twice: one organisation goes through one door") from None
    except msgspec.ValidationError as error:
        raise ValueError(_without_values(str(error))) from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise ValueError("is no JSON") from None
    return {number: _door(number, chosen, address) for number, chosen in read.items()}


class _Twice(Exception):
    """A name stands twice in the setting. The text is the name, which is no secret: the form was checked before."""


def _check_each_once(pairs: Sequence[tuple[str, object]]) -> None:
    """Raises _Twice for a repeated name. JSON decoders silently take one of the values, so the door would be random."""
    names = [name for name, _value in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _Twice(name)


def _without_values(message: str) -> str:
    """The message without values. Only msgspec's messages about a tag or a choice repeat the given value."""
    said, at, where = message.partition(" - at ")
    return ("unknown choice" if said.startswith("Invalid") else said) + at + where


def _door(number: str, chosen: _Skatteetaten | _Fiks, address: str) -> Door:
    try:
        if isinstance(chosen, _Fiks):
            return _fiks(chosen)
        return SkatteetatenDoor(address, number if chosen.delegated else "", chosen.dialect)
    except Unconfigured:
        raise ValueError(f"the door of {number} lacks a usable address, or every role") from None


def _fiks(chosen: _Fiks) -> FiksDoor:
    roles: Mapping[RightsPackage, str] = {
        RightsPackage.WITH_LEGAL_BASIS: chosen.role_with_legal_basis,
        RightsPackage.WITHOUT_LEGAL_BASIS: chosen.role_without_legal_basis,
    }
    return FiksDoor(
        address=chosen.url.rstrip("/"),
        roles={package: role for package, role in roles.items() if role},
        integration_id=chosen.integration_id,
        integration_password=chosen.integration_password,
        dialect=chosen.dialect,
    )
