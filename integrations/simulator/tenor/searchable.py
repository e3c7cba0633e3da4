"""A person as the search sees them: the whole document, current and earlier entries, and the events."""

from collections.abc import Mapping, Sequence
from typing import Any

from integrations.simulator.days.events import Event

Row = Mapping[str, Any]


class Subject:
    """The entries of a property are always a list here, also those that are a single object in the document.

    events: from old to new.
    """

    __slots__ = ("_ever", "_now", "document", "events")

    def __init__(self, document: Mapping[str, Any], events: Sequence[Event] = ()) -> None:
        self.document = document
        self.events = events
        self._ever = {key: value if isinstance(value, list) else [value] for key, value in document.items()}
        self._now = {key: [row for row in rows if _is_now(row)] for key, rows in self._ever.items()}

    def ever(self, key: str) -> list[Row]:
        """Current and earlier entries, in the register's order."""
        return self._ever.get(key, [])

    def now(self, key: str) -> list[Row]:
        return self._now.get(key, [])

    def first(self, key: str) -> Row:
        """The first current entry, or an empty one."""
        rows = self._now.get(key)
        return rows[0] if rows else {}

    def has_earlier(self, key: str) -> bool:
        return len(self.ever(key)) > len(self.now(key))

    @property
    def number(self) -> str:
        """The current number. Raises IndexError for a document without one."""
        current: str = self.now("identifikasjonsnummer")[0]["foedselsEllerDNummer"]
        return current


def _is_now(row: Row) -> bool:
    return row.get("erGjeldende") is not False
