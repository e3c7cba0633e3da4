"""Person documents as bytes, ready to be joined: one fragment per property, for each package, with and without history.

The register must never be what a measurement measures, so nothing is encoded while an answer is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

import msgspec

from integrations.folkeregisteret.elements import CONFIDENTIAL_STATUSES, UMBRELLA_STATUS, RightsPackage
from integrations.simulator.parts import ADDRESSES, OPEN_HISTORY, OPEN_PROPERTIES, PROPERTIES

Fragments = tuple[bytes, ...]
Entries = list[dict[str, Any]]

_SLOTS: Final = {name: slot for slot, name in enumerate(PROPERTIES)}
_KEYS: Final = tuple(f'"{name}":'.encode() for name in PROPERTIES)
#: The last fragment holds what the vocabulary does not know: the register may add an element any day.
_UNKNOWN_SLOT: Final = len(PROPERTIES)
_CONFIDENTIAL: Final = frozenset(PROPERTIES) - OPEN_PROPERTIES
_UNGRADED: Final = "ugradert"


@dataclass(frozen=True, slots=True)
class Record:
    """The four ways a person may be answered: now and ever with legal basis, open_now and open_ever without."""

    now: Fragments
    ever: Fragments
    open_now: Fragments
    open_ever: Fragments

    def body(self, package: RightsPackage, properties: frozenset[str], *, history: bool) -> bytes:
        """The JSON object with exactly these properties, those without a value left out."""
        return b"{" + b",".join(filter(None, pick(properties)(self.view(package, history=history)))) + b"}"

    def whole(self) -> bytes:
        """The JSON object with everything, as the package with legal basis has it."""
        return b"{" + b",".join(filter(None, self.ever)) + b"}"

    def view(self, package: RightsPackage, *, history: bool) -> Fragments:
        if package is RightsPackage.WITH_LEGAL_BASIS:
            return self.ever if history else self.now
        return self.open_ever if history else self.open_now


def record_of(document: Mapping[str, Any]) -> Record:
    """A record of a whole document: every property, with history, as the package with legal basis has it."""
    ever = _fragments(document)
    ended = {name: kept for name, rows in document.items() if (kept := _current(rows)) is not rows}
    closed = _closed(document, ended)
    open_ever = _changed(ever, closed)
    open_now = {name: _current(closed.get(name, document[name])) for name in ended}
    return Record(_changed(ever, ended), ever, _changed(open_ever, open_now), open_ever)


@lru_cache(maxsize=4096)
def pick(properties: frozenset[str]) -> Callable[[Fragments], Fragments]:
    """Takes the fragments of these properties, and those of unknown ones, out of a view."""
    return itemgetter(*sorted(_SLOTS[name] for name in properties), _UNKNOWN_SLOT)


def _fragments(document: Mapping[str, Any]) -> Fragments:
    view = [b""] * (_UNKNOWN_SLOT + 1)
    for name in document.keys() & _SLOTS.keys():
        view[_SLOTS[name]] = _fragment(_SLOTS[name], document[name])
    unknown = {name: value for name, value in document.items() if name not in _SLOTS}
    if unknown:
        view[_UNKNOWN_SLOT] = msgspec.json.encode(unknown)[1:-1]
    return tuple(view)


def _changed(view: Fragments, changes: Mapping[str, Entries]) -> Fragments:
    """The same view when nothing changes: most people look alike to everybody."""
    if not changes:
        return view
    changed = list(view)
    for name in changes.keys() & _SLOTS.keys():
        changed[_SLOTS[name]] = _fragment(_SLOTS[name], changes[name])
    return tuple(changed)


def _fragment(slot: int, value: object) -> bytes:
    return _KEYS[slot] + msgspec.json.encode(value) if value else b""


def _closed(document: Mapping[str, Any], ended: Mapping[str, Entries]) -> dict[str, Entries]:
    """What the package without legal basis holds less: nothing confidential, history of the open kind only."""
    closed = {name: [] if name in _CONFIDENTIAL else ended[name] for name in ended.keys() - OPEN_HISTORY}
    closed |= {name: [] for name in document.keys() & _CONFIDENTIAL}
    for name in document.keys() & _NARROWED.keys():
        narrowed = _NARROWED[name](closed.get(name, document[name]))
        if narrowed != document[name]:
            closed[name] = narrowed
    return closed


def _current(value: Any) -> Any:
    """Without earlier entries; the same object when there are none."""
    if not isinstance(value, list):
        return value
    kept = [row for row in value if row.get("erGjeldende") is not False]
    return value if len(kept) == len(value) else kept


def _ungraded(rows: Entries) -> Entries:
    return [row for row in rows if row.get("adressegradering", _UNGRADED) == _UNGRADED]


def _umbrella_status(rows: Entries) -> Entries:
    return [row | {"status": UMBRELLA_STATUS} if row.get("status") in CONFIDENTIAL_STATUSES else row for row in rows]


def _without_spouse(rows: Entries) -> Entries:
    return [{name: value for name, value in row.items() if name != "relatertVedSivilstand"} for row in rows]


_NARROWED: Final[dict[str, Callable[[Entries], Entries]]] = {
    "status": _umbrella_status,
    "sivilstand": _without_spouse,
    **dict.fromkeys(ADDRESSES, _ungraded),
}
