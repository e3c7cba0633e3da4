"""A field of the search: how its values are compared, and how they are read from a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from integrations.simulator.tenor.searchable import Subject

Value = str | int | bool
Values = Value | list[str]


class Kind(Enum):
    """The kind of a field. WORD is one code or number and compared as it stands; TEXT is compared by its words, in any
    case. DAY is YYYY-MM-DD."""

    WORD = "word"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """A field. read: the person's value; "", None and an empty list mean no value."""

    kind: Kind
    read: Callable[[Subject], Values | None]

    def values(self, subject: Subject) -> Iterable[Value]:
        """The values without repetition."""
        found = self.read(subject)
        if isinstance(found, list):
            return dict.fromkeys(found)
        return () if found is None or found == "" else (found,)

    def shown(self, subject: Subject) -> Values | None:
        """The value as an answer has it; None for no value."""
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
    """A function that reads this entry of the current row of the property."""
    return lambda subject: subject.first(key).get(entry, "")


def all_current(key: str, entry: str) -> Callable[[Subject], list[str]]:
    """A function that reads this entry of every current row of the property."""
    return lambda subject: [row[entry] for row in subject.now(key) if row.get(entry)]


def is_there(key: str) -> Callable[[Subject], bool]:
    """A function that tells whether the person has the property now."""
    return lambda subject: bool(subject.now(key))


def has_history(key: str) -> Callable[[Subject], bool]:
    return lambda subject: subject.has_earlier(key)
