"""What is seen in the register's answers and is worth telling of: counted by name, and told in the log once per name.

Names of properties and codes only; who counts here sees to that nothing else can stand in a name.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Final

_MOST_KINDS: Final = 1000


class Sightings:
    """Of this process. Safe between threads. message: what the log says; field: where the new places stand in it."""

    def __init__(self, logger: logging.Logger, message: str, field: str) -> None:
        self._logger, self._message, self._field = logger, message, field
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, names: Iterable[str]) -> None:
        """names: "navn.fornavn" for a place, "status.status=nyKode" for a code in it. The log never says which code."""
        if not (seen := Counter(names)):
            return
        with self._lock:
            new = sorted(seen.keys() - self._counts.keys())[: max(_MOST_KINDS - len(self._counts), 0)]
            self._counts.update({name: times for name, times in seen.items() if name in new or name in self._counts})
        if new:
            places = sorted({name.partition("=")[0] for name in new})
            self._logger.warning(self._message, extra={self._field: places})

    def counts(self) -> Mapping[str, int]:
        """How often each was seen."""
        with self._lock:
            return dict(self._counts)


#: What could not be read: it is shown as a hole, and so reported.
HOLES: Final = Sightings(
    logging.getLogger(__name__), "the register sends what cannot be read: it is shown as a hole", "holes"
)
