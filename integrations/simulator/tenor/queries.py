"""What a query says, once it is read: checks of fields, and how they are put together."""

import re
from dataclasses import dataclass
from typing import Final

#: The only objects inside a person that have fields of their own to be checked together.
RELATIONS: Final = "tenorRelasjoner.freg"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, cut at its wildcards: A* is ("A", "")."""

    pieces: tuple[str, ...]

    @property
    def is_wild(self) -> bool:
        return len(self.pieces) > 1

    @property
    def text(self) -> str:
        return "*".join(self.pieces)

    def pattern(self) -> str:
        """A regular expression; a wildcard stands for anything within one word."""
        return r"\S*".join(re.escape(piece) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value to look for. Quoted it is a phrase, else any of its words will do."""

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
    """Bounds as they were written; None is no bound."""

    low: str | None = None
    high: str | None = None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """field: a name, perhaps with wildcards, or "" for every field. place: where in the query it stands, from 0."""

    field: str
    asked: Literal | Range
    place: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """No parts at all is everybody."""

    parts: "tuple[Query, ...]" = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Query"


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody is related to the person in a way, and is somebody, that fits all of this at once."""

    part: "Query"


Query = Check | AllOf | AnyOf | Not | Related


class Unreadable(Exception):
    """A query that says nothing. place: from 0, in characters. expected: in Norwegian; never a text of the query's."""

    def __init__(self, place: int, expected: str) -> None:
        super().__init__(f"{expected} (plass {place + 1})")
        self.place = place
        self.expected = expected
