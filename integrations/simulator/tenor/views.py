"""The parts of an entry that an answer shows."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from integrations.simulator.tenor.shown import Entry

Verdict = tuple[bool, bool]


class View:
    """shown, hidden: paths such as tenorMetadata.id, perhaps with wildcards. A path includes everything below it."""

    def __init__(self, shown: Iterable[str], hidden: Iterable[str] = ()) -> None:
        self._shown = tuple(shown)
        self._hidden = tuple(hidden)
        self._verdicts: dict[str, Verdict] = {}

    def shows(self, path: str) -> bool:
        """Whether a path is shown, by itself or as a part of a shown one."""
        steps = path.split(".")
        return any(_fits(".".join(steps[:depth]), self._shown) for depth in range(1, len(steps) + 1))

    def of(self, entry: Entry) -> Entry:
        return self._seen(entry, "", with_it=False) or {}

    def _seen(self, value: Any, path: str, *, with_it: bool) -> Any:
        """The shown part of a value; None when nothing is shown. with_it: whether what contains it is shown."""
        if isinstance(value, dict):
            parts = {name: self._part(each, f"{path}.{name}".lstrip("."), with_it) for name, each in value.items()}
            return {name: part for name, part in parts.items() if part is not None} or None
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = [self._seen(row, path, with_it=with_it) for row in value]
            return [row for row in rows if row is not None] or None
        return value if with_it else None

    def _part(self, value: Any, path: str, with_it: bool) -> Any:
        shown, hidden = self._verdict(path)
        return None if hidden else self._seen(value, path, with_it=with_it or shown)

    def _verdict(self, path: str) -> Verdict:
        """Whether a path is shown, and whether it is hidden. Cached, since many entries have the same paths."""
        if path not in self._verdicts:
            self._verdicts[path] = _fits(path, self._shown), _fits(path, self._hidden)
        return self._verdicts[path]


def _fits(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
