"""Looks for what our types do not have in JSON that the register sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args, get_type_hints

import msgspec

from integrations.folkeregisteret.codes import Codes
from integrations.folkeregisteret.elements import IGNORED_PROPERTIES

_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)
_ANYTHING: Final = msgspec.json.Decoder()

#: Where it stands, and the code there where it is the code that is new.
Novelty = tuple[tuple[str, ...], str | None]


def novelties_in(raw: bytes | msgspec.Raw, kind: type[msgspec.Struct]) -> list[Novelty]:
    """raw: JSON of this kind, one object or an array of them. Nothing for what cannot be read."""
    try:
        return list(_novelties(_ANYTHING.decode(raw), _fields(kind), ()))
    except _UNREADABLE:
        return []


@dataclass(frozen=True, slots=True)
class _Field:
    """What may stand in a field: one of these codes, an object of these fields, or any scalar."""

    codes: Codes | None
    kind: type[msgspec.Struct] | None


def _novelties(value: Any, fields: Mapping[str, _Field], path: tuple[str, ...]) -> Iterator[Novelty]:
    if isinstance(value, list):
        for one in value:
            yield from _novelties(one, fields, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _inside(inner, fields.get(name), (*path, name))


def _inside(value: Any, field: _Field | None, path: tuple[str, ...]) -> Iterator[Novelty]:
    if field is None:
        if path[-1] not in IGNORED_PROPERTIES:
            yield path, None
    elif field.kind:
        yield from _novelties(value, _fields(field.kind), path)
    elif field.codes:
        codes = value if isinstance(value, list) else [value]
        yield from ((path, code) for code in codes if isinstance(code, str) and code and code not in field.codes)


@cache
def _fields(kind: type[msgspec.Struct]) -> Mapping[str, _Field]:
    hints = get_type_hints(kind, include_extras=True)
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return {encoded: _Field(*_content(hints[name])) for name, encoded in names}


def _content(hint: Any) -> tuple[Codes | None, type[msgspec.Struct] | None]:
    every = list(_leaves(hint))
    codes = (leaf for leaf in every if isinstance(leaf, Codes))
    kinds = (leaf for leaf in every if isinstance(leaf, type) and issubclass(leaf, msgspec.Struct))
    return next(codes, None), next(kinds, None)


def _leaves(hint: Any) -> Iterator[Any]:
    """The types in X | None, in tuple[X, ...] and in Annotated[X, ...], and what the last is annotated with."""
    yield hint
    for inner in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from _leaves(inner)
