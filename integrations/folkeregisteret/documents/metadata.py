"""What every entry of a person document carries, and how all of them behave."""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec

#: In `unread` of an entry of which nothing could be read.
WHOLE_ENTRY: Final = "*"
#: Instead of a grading that cannot be read. It is in no list of codes, so it counts as the strictest.
UNREADABLE_GRADE: Final = "?"


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of everything in a person document.

    Each field may be missing, also where the register's schema says it never is: a document with a hole is shown with
    the hole rather than not at all. What is None or empty is left out on encode. Shows nothing of its contents.
    """

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


class Entry(Document, frozen=True, kw_only=True):
    """One value of an element over a period. Times keep the register's own precision; kilde and aarsak are free text.

    opphoerstidspunkt is set only where the value ended without a next one. unread: our own, and of no name that the
    register has: the fields that came and could not be read, or WHOLE_ENTRY.
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
    """The entries that hold now: all but those marked as no longer current."""
    return tuple(entry for entry in entries if entry.erGjeldende is not False)
