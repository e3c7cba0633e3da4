"""Reads malformed JSON as far as possible: the last resort for an answer that no decoder accepts.

It handles lone surrogates, broken UTF-8, NaN, endless numbers, repeated keys, and nesting deeper than any document has.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import msgspec

from integrations.http.errors import Cause, UnexpectedAnswer

#: The key of the grading. When it is repeated in a document, most decoders silently keep the last value only.
_GRADING: Final = b'"adressebeskyttelse"'
_DEEPEST: Final = 60
_LONGEST_NUMBER: Final = 18
_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_DEEP: Final = '"nested too deep"'


class Unreadable:
    """Stands for something that is no JSON value. It fits no type, so it becomes a hole everywhere."""


def says_twice(raw: bytes, documents: int = 1) -> bool:
    """Whether a document among `documents` may have its grading twice, so that every key must be checked."""
    return raw.count(_GRADING) > documents


def decode_loosely(raw: bytes) -> Any:
    """The value of the JSON; the same as from another decoder when nothing is wrong. Raises UnexpectedAnswer when it is
    no JSON at all."""
    with suppress(msgspec.MsgspecError, ValueError, RecursionError):
        return msgspec.json.decode(raw)
    return with_every_key(raw)


def with_every_key(raw: bytes) -> Any:
    """The value of the JSON, with the different values of a repeated key in an array. Raises UnexpectedAnswer."""
    text = raw.decode("utf-8", "replace")
    for attempt in (str, _cut_depth):
        try:
            return json.loads(
                attempt(text),
                object_pairs_hook=_merge,
                parse_constant=lambda _: Unreadable(),
                parse_int=_parse_whole_number,
            )
        except RecursionError:
            continue
        except ValueError:
            break
    raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)


def _parse_whole_number(digits: str) -> object:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else Unreadable()


def _merge(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key, value in pairs:
        merged[key] = _merge_values(merged[key], value) if key in merged else value
    return merged


def _merge_values(one: Any, other: Any) -> Any:
    if one == other:
        return one
    return [each for value in (one, other) for each in (value if isinstance(value, list) else [value])]


def _cut_depth(text: str) -> str:
    """The JSON text with a placeholder text for everything that is nested too deep."""
    return "".join(_shallow_pieces(text))


def _shallow_pieces(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == _DEEPEST:
                yield text[start : token.start()]
        elif token[0] in "]}":
            depth -= 1
            if depth == _DEEPEST - 1:
                yield _DEEP
                start = token.end()
    yield text[start:] if depth < _DEEPEST else ""
