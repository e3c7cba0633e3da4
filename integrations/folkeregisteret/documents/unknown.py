"""Finds properties and codes in the register's JSON that our types do not have."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args, get_type_hints

import msgspec

from integrations.folkeregisteret.codes import Codes, codes_of
from integrations.folkeregisteret.elements import IGNORED_PROPERTIES

_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)
_ANYTHING: Final = msgspec.json.Decoder()

#: The path of the novelty, and the new code; None when the property itself is new.
Novelty = tuple[tuple[str, ...], str | None]


#: What each field may hold: one of these codes, an object of a type, or (None) any scalar.
_Fields = Mapping[str, Codes | type[msgspec.Struct] | None]


def novelties_in(raw: bytes | msgspec.Raw, kind: type[msgspec.Struct]) -> list[Novelty]:
    """The novelties in `raw`: JSON of this kind, one object or an array of them. [] when it cannot be read."""
    found: list[Novelty] = []
    try:
        _look(_ANYTHING.decode(raw), kind, (), found)
    except _UNREADABLE:
        return []
    return found


def _look(value: Any, kind: type[msgspec.Struct], path: tuple[str, ...], found: list[Novelty]) -> None:
    """Appends the novelties in `value` to `found`. Every lookup runs this, so a known scalar costs only one table
    look-up."""
    if isinstance(value, list):
        for one in value:
            _look(one, kind, path, found)
    elif isinstance(value, dict):
        fields = _fields(kind)
        for name, inner in value.items():
            if name not in fields:
                found += [((*path, name), None)] if name not in IGNORED_PROPERTIES else []
            elif (content := fields[name]) is not None:
                _look_inside(inner, content, (*path, name), found)


def _look_inside(
    value: Any, content: Codes | type[msgspec.Struct], path: tuple[str, ...], found: list[Novelty]
) -> None:
    if isinstance(content, Codes):
        codes = value if isinstance(value, list) else [value]
        found += [
            (path, code) for code in codes if isinstance(code, str) and code.strip() and content.known(code) is None
        ]
    else:
        _look(value, content, path, found)


@cache
def _fields(kind: type[msgspec.Struct]) -> _Fields:
    hints = get_type_hints(kind, include_extras=True)
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return {encoded: _content(hints[name]) for name, encoded in names}


def _content(hint: Any) -> Codes | type[msgspec.Struct] | None:
    leaves = list(_leaves(hint))
    codes = (leaf if isinstance(leaf, Codes) else codes_of(leaf) for leaf in leaves)
    return next(filter(None, codes), None) or next(filter(_is_struct, leaves), None)


def _is_struct(leaf: Any) -> bool:
    return isinstance(leaf, type) and issubclass(leaf, msgspec.Struct)


def _leaves(hint: Any) -> Iterator[Any]:
    """The types in X | None, tuple[X, ...] and Annotated[X, ...], and the annotations of the last."""
    yield hint
    for inner in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from _leaves(inner)
