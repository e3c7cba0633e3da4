"""What a field of the search is: how its values are compared, and how they are read out of a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from integrations.simulator.tenor.searchable import Subject

Value = str | int | bool
Values = Value | list[str]


class Kind(Enum):
    """WORD is one code or number and compared as it stands; TEXT by its words, in any case. DAY is YYYY-MM-DD."""

    WORD = "word"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """read: what a person has; "", None and an empty list are no value at all."""

    kind: Kind
    read: Callable[[Subject], Values | None]

    def values(self, subject: Subject) -> Iterable[Value]:
        """Each value once."""
        found = self.read(subject)
        if isinstance(found, list):
            return dict.fromkeys(found)
        return () if found is None or found == "" else (found,)

    def shown(self, subject: Subject) -> Values | None:
        """As an answer holds it; None for no value."""
        found = self.read(subject)
        if isinstance(found, list):
            return list(dict.fromkeys(found)) or None
        return None if found == "" else found


Fields = dict[str, Field]


def word(read: Callable[[Subject], str | list[str] | None]) -> Field:
    return Field(Kind.WORD, read)


def text(read: Callable[[Subject], str | list[str] | None]) -> Field:
    return Field(Kind.TEXT, read)


def day(read: Callable[[Subject], str | None]) -> Field:
    return Field(Kind.DAY, read)


def number(read: Callable[[Subject], int | None]) -> Field:
    return Field(Kind.NUMBER, read)


def flag(read: Callable[[Subject], bool]) -> Field:
    return Field(Kind.FLAG, read)


def current(key: str, entry: str) -> Callable[[Subject], str]:
    """Reads that entry of the property as it is now."""
    return lambda subject: subject.first(key).get(entry, "")


def all_current(key: str, entry: str) -> Callable[[Subject], list[str]]:
    """Reads that entry of every current row of the property."""
    return lambda subject: [row[entry] for row in subject.now(key) if row.get(entry)]


def is_there(key: str) -> Callable[[Subject], bool]:
    """Whether the person has the property now."""
    return lambda subject: bool(subject.now(key))


def has_history(key: str) -> Callable[[Subject], bool]:
    return lambda subject: subject.has_earlier(key)
