"""Counters of unusual things in the register's answers, by name. The first of each name is logged.

A name holds only properties and codes; the caller makes sure of that.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Final

_MOST_KINDS: Final = 1000


class Sightings:
    """The counts of this process. Safe between threads. message: the text of the log line. field: the name under which
    the line has the new places."""

    def __init__(self, logger: logging.Logger, message: str, field: str) -> None:
        self._logger, self._message, self._field = logger, message, field
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, names: Iterable[str]) -> None:
        """Counts each name: "navn.fornavn" for a place, "status.status=nyKode" for a code there. The code is not
        logged."""
        if not (seen := Counter(names)):
            return
        with self._lock:
            new = sorted(seen.keys() - self._counts.keys())[: max(_MOST_KINDS - len(self._counts), 0)]
            self._counts.update({name: times for name, times in seen.items() if name in new or name in self._counts})
        if new:
            places = sorted({name.partition("=")[0] for name in new})
            self._logger.warning(self._message, extra={self._field: places})

    def counts(self) -> Mapping[str, int]:
        """How often each name was seen."""
        with self._lock:
            return dict(self._counts)


#: Places that could not be read. They are shown as holes and reported.
HOLES: Final = Sightings(
    logging.getLogger(__name__), "the register sends what cannot be read: it is shown as a hole", "holes"
)
