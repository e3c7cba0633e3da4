"""What the register sends that we do not know: new properties and new codes, at any depth. Counted, and told of once.

The register adds both without a new version (contract section 1.2). A new property is hidden, a new code is kept as it
came; neither breaks anything, so somebody must be told. Names and codes only: what does not look like one might be
anything, and is counted as "?". The log says where a new code stands, never which: anything might stand in its place.
"""

import logging
import re
from collections.abc import Mapping
from threading import Lock
from typing import Final

import msgspec

from integrations.folkeregisteret.documents import novelties_in
from integrations.folkeregisteret.sightings import Sightings

#: Of documents that come in bulk, one in so many is looked at.
ONE_IN: Final = 100

_NAME: Final = re.compile(r"[A-Za-z_]{1,80}")
_CODE: Final = re.compile(r"[a-z][A-Za-z]{1,60}")
_LOGGER: Final = logging.getLogger(__name__)


class Novelties:
    """Counts by name: "navn.nyttFelt" for a property, "status.status=nyKode" for a code. Safe between threads."""

    def __init__(self) -> None:
        self._sightings = Sightings(_LOGGER, "the register sends what we do not know: it is hidden", "novelties")
        self._passed = 0
        self._lock = Lock()

    def look(self, raw: bytes | msgspec.Raw, kind: type[msgspec.Struct]) -> None:
        """raw: JSON of this kind, one object or an array of them. What cannot be read has nothing to tell."""
        self._sightings.count(_named(path, code) for path, code in novelties_in(raw, kind))

    def due(self, documents: int) -> range:
        """Which of so many documents that came together are to be looked at: the 1st, the 101st ... of this process."""
        with self._lock:
            before, self._passed = self._passed, self._passed + documents
        return range(-before % ONE_IN, documents, ONE_IN)

    def counts(self) -> Mapping[str, int]:
        """How often each was seen by this process."""
        return self._sightings.counts()


#: Of this process.
NOVELTIES: Final = Novelties()


def _named(path: tuple[str, ...], code: str | None) -> str:
    name = ".".join(step if _NAME.fullmatch(step) else "?" for step in path)
    return name if code is None else f"{name}={code if _CODE.fullmatch(code) else '?'}"
