"""Splits a query into tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from integrations.simulator.tenor.queries import Unreadable, Word

Kind = Literal["word", "phrase", "sign", "keyword", "end"]

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    | (?P<sign> <= | >= | [()\[\]{}:<>] )
    | "(?P<phrase> (?: [^"\\] | \\. )* )"
    | (?P<word> (?: [^\s()\[\]{}:<>"\\] | \\. )+ )""",
    re.VERBOSE | re.DOTALL,
)
_PIECE: Final = re.compile(r"\\(.)|(\*)", re.DOTALL)
_KEYWORDS: Final = frozenset({"and", "or", "not", "to"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token. text: the sign itself, a keyword in lower case, or a phrase or word without escapes."""

    kind: Kind
    text: str
    place: int
    words: tuple[Word, ...] = ()


def tokens_of(query: str) -> Iterator[Token]:
    """The tokens. The last one has the kind end. Raises Unreadable for a lone quotation mark or backslash."""
    place = 0
    while place < len(query):
        found = _TOKEN.match(query, place)
        if not found:
            raise Unreadable(place, "Anførselstegnet mangler en make, eller tegnet har ingen mening her.")
        if found.lastgroup != "space":
            yield _token(found, place)
        place = found.end()
    yield Token("end", "", place)


def _token(found: re.Match[str], place: int) -> Token:
    text = found[str(found.lastgroup)]
    if found.lastgroup == "sign":
        return Token("sign", text, place)
    if found.lastgroup == "phrase":
        plain = _PIECE.sub(lambda piece: piece[1] or "*", text)
        return Token("phrase", plain, place, tuple(Word((word,)) for word in plain.split()))
    if text.lower() in _KEYWORDS:
        return Token("keyword", text.lower(), place)
    word = _word(text)
    return Token("word", word.text, place, (word,))


def _word(text: str) -> Word:
    """The word, split at its wildcards. Two in a row count as one."""
    pieces, since = [""], 0
    for found in _PIECE.finditer(text):
        pieces[-1] += text[since : found.start()] + (found[1] or "")
        since = found.end()
        if found[2] and (pieces[-1] or len(pieces) == 1):
            pieces.append("")
    pieces[-1] += text[since:]
    return Word(tuple(pieces))
