"""JSON as it should not be, read as far as it can be: the last resort for an answer no decoder takes.

Half signs, broken UTF-8, NaN, numbers without end, a key that stands twice, and nesting deeper than any document has.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import msgspec

from integrations.http.errors import Cause, UnexpectedAnswer

#: Twice in one document, the second grading would replace the first without a word.
_GRADING: Final = b'"adressebeskyttelse"'
_DEEPEST: Final = 60
_LONGEST_NUMBER: Final = 18
_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_DEEP: Final = '"nested too deep"'


class Unreadable:
    """Stands where JSON has no value: of no type a field can have, so a hole wherever it comes."""


def says_twice(raw: bytes, documents: int = 1) -> bool:
    """Whether a document among so many may have its grading twice, so that every key is to be looked at."""
    return raw.count(_GRADING) > documents


def decode_loosely(raw: bytes) -> Any:
    """The same as any decoder's where there is nothing wrong. Raises UnexpectedAnswer for what is no JSON."""
    with suppress(msgspec.MsgspecError, ValueError, RecursionError):
        return msgspec.json.decode(raw)
    return with_every_key(raw)


def with_every_key(raw: bytes) -> Any:
    """The values of a key that stands twice become an array, unless they are the same. Raises UnexpectedAnswer."""
    text = raw.decode("utf-8", "replace")
    for attempt in (str, _shallow):
        try:
            return json.loads(
                attempt(text), object_pairs_hook=_merged, parse_constant=lambda _: Unreadable(), parse_int=_whole
            )
        except RecursionError:
            continue
        except ValueError:
            break
    raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)


def _whole(digits: str) -> object:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else Unreadable()


def _merged(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key, value in pairs:
        merged[key] = _both(merged[key], value) if key in merged else value
    return merged


def _both(one: Any, other: Any) -> Any:
    if one == other:
        return one
    return [each for value in (one, other) for each in (value if isinstance(value, list) else [value])]


def _shallow(text: str) -> str:
    """The same with a text for everything that lies too deep."""
    return "".join(_kept(text))


def _kept(text: str) -> Iterator[str]:
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
