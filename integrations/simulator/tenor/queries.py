"""A parsed query: checks of fields, and how they are combined."""

import re
from dataclasses import dataclass
from typing import Final

#: The only objects within a person whose fields are checked together.
RELATIONS: Final = "tenorRelasjoner.freg"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, split at its wildcards: A* is ("A", "")."""

    pieces: tuple[str, ...]

    @property
    def is_wild(self) -> bool:
        return len(self.pieces) > 1

    @property
    def text(self) -> str:
        return "*".join(self.pieces)

    def pattern(self) -> str:
        """A regular expression. A wildcard matches any characters within one word."""
        return r"\S*".join(re.escape(piece) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value to look for. In quotes it is a phrase; otherwise any of its words matches."""

    words: tuple[Word, ...]
    quoted: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_anything(self) -> bool:
        return not self.quoted and self.words == (Word(("", "")),)


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds as they were written; None for no bound."""

    low: str | None = None
    high: str | None = None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """field: a name, perhaps with wildcards; "" for every field. place: the position in the query, from 0."""

    field: str
    asked: Literal | Range
    place: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts match. Without parts everybody does."""

    parts: "tuple[Query, ...]" = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Query"


@dataclass(frozen=True, slots=True)
class Related:
    """One relative of the person matches all of this."""

    part: "Query"


Query = Check | AllOf | AnyOf | Not | Related


class Unreadable(Exception):
    """A query that cannot be read. place: the position, from 0. expected: in Norwegian, without any text of the
    query."""

    def __init__(self, place: int, expected: str) -> None:
        super().__init__(f"{expected} (plass {place + 1})")
        self.place = place
        self.expected = expected
