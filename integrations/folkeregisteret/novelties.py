"""Novelties: properties and codes, at any depth, that the register sends and we do not know. Counted, and logged once.

The register adds both without a new version (contract section 1.2). A new property is hidden and a new code is kept as
it came. Neither breaks anything, so the log must tell. Only names and codes are counted; a text that does not look like
one might be anything and is counted as "?". The log names the field of a new code, never the code, which might be any
text.
"""

import logging
import re
from collections.abc import Mapping
from threading import Lock
from typing import Final

import msgspec

from integrations.folkeregisteret.documents import novelties_in
from integrations.folkeregisteret.sightings import Sightings

#: One of so many documents is checked when they come in bulk.
ONE_IN: Final = 100

_NAME: Final = re.compile(r"[A-Za-z_]{1,80}")
_CODE: Final = re.compile(r"[a-z][A-Za-z]{1,60}")
_LOGGER: Final = logging.getLogger(__name__)


class Novelties:
    """Counts novelties by name: "navn.nyttFelt" for a property, "status.status=nyKode" for a code. Safe between
    threads."""

    def __init__(self) -> None:
        self._sightings = Sightings(_LOGGER, "the register sends what we do not know: it is hidden", "novelties")
        self._passed = 0
        self._lock = Lock()

    def look(self, raw: bytes | msgspec.Raw, kind: type[msgspec.Struct]) -> None:
        """Counts the novelties in `raw`: JSON of this kind, one object or an array. Unreadable JSON is ignored."""
        self._sightings.count(_name(path, code) for path, code in novelties_in(raw, kind))

    def due(self, documents: int) -> range:
        """The indexes of the documents to check among so many that came together: the 1st, 101st ... of this
        process."""
        with self._lock:
            before, self._passed = self._passed, self._passed + documents
        return range(-before % ONE_IN, documents, ONE_IN)

    def counts(self) -> Mapping[str, int]:
        """How often this process has seen each novelty."""
        return self._sightings.counts()


#: The novelties that this process has seen.
NOVELTIES: Final = Novelties()


def _name(path: tuple[str, ...], code: str | None) -> str:
    name = ".".join(step if _NAME.fullmatch(step) else "?" for step in path)
    return name if code is None else f"{name}={code if _CODE.fullmatch(code) else '?'}"
