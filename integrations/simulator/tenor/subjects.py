"""A person as the search sees them: a whole document, asked for what is current and what was, and what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from integrations.simulator.events import Event

Row = Mapping[str, Any]


class Subject:
    """Entries of a property are always a list here, also of those that are a single object in the document.

    events: from old to new.
    """

    __slots__ = ("_current", "document", "events")

    def __init__(self, document: Mapping[str, Any], events: Sequence[Event] = ()) -> None:
        self.document = document
        self.events = events
        self._current: dict[str, list[Row]] = {}

    def ever(self, key: str) -> list[Row]:
        """Current and earlier entries, as the register orders them."""
        value = self.document.get(key, ())
        return [value] if isinstance(value, dict) else list(value)

    def now(self, key: str) -> list[Row]:
        rows = self._current.get(key)
        if rows is None:
            rows = self._current[key] = [row for row in self.ever(key) if row.get("erGjeldende") is not False]
        return rows

    def first(self, key: str) -> Row:
        """The first current entry, or an empty one."""
        rows = self.now(key)
        return rows[0] if rows else {}

    def has_earlier(self, key: str) -> bool:
        return len(self.ever(key)) > len(self.now(key))

    @property
    def number(self) -> str:
        """The current number. Raises IndexError for a document without one."""
        current: str = self.now("identifikasjonsnummer")[0]["foedselsEllerDNummer"]
        return current
