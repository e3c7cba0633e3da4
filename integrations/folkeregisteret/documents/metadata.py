"""The base types of a person document: the fields and the behaviour that all entries share."""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec

#: The content of `unread` in an entry of which nothing could be read.
WHOLE_ENTRY: Final = "*"
#: The code in place of a grading that cannot be read. It is unknown, so it counts as the strictest grading.
UNREADABLE_GRADE: Final = "?"


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The base of every type in a person document.

    Each field may be missing, also one that the register's schema requires: a document with a hole is shown with the
    hole. Fields that are None or empty are left out when it is encoded. Its repr shows no content.
    """

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


class Entry(Document, frozen=True, kw_only=True):
    """One value of an element over a period. Times have the register's own precision; kilde and aarsak are free text.

    opphoerstidspunkt: set only when the value ended without a successor. unread: our own field, which the register does
    not have: the names of the fields that could not be read, or WHOLE_ENTRY.
    """

    erGjeldende: bool | None = None
    gyldighetstidspunkt: str | None = None
    opphoerstidspunkt: str | None = None
    ajourholdstidspunkt: str | None = None
    kilde: str | None = None
    aarsak: str | None = None
    unread: tuple[str, ...] = msgspec.field(default=(), name="~unread")


AnEntry = TypeVar("AnEntry", bound=Entry)


def current(entries: Iterable[AnEntry]) -> tuple[AnEntry, ...]:
    """The current entries: all except those marked as not current."""
    return tuple(entry for entry in entries if entry.erGjeldende is not False)
