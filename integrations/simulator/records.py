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

    def view(self, package: RightsPackage, *, history: bool) -> Fragments:
        if package is RightsPackage.WITH_LEGAL_BASIS:
            return self.ever if history else self.now
        return self.open_ever if history else self.open_now


def record_of(document: Mapping[str, Any]) -> Record:
    """A record of a whole document: every property, with history, as the package with legal basis has it."""
    opened = open_document(document)
    encoded: dict[int, bytes] = {}
    # Most people look the same in several views; they then share one tuple.
    views: dict[Fragments, Fragments] = {}
    shapes = [current(document), document, current(opened), opened]
    fragments = (_fragments(shape, encoded) for shape in shapes)
    return Record(*(views.setdefault(view, view) for view in fragments))


def current(document: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer without the part historikk holds. A value that stays the same stays the same object."""
    kept = ((name, _current_entries(value)) for name, value in document.items())
    return {name: value for name, value in kept if value}


def open_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the package without legal basis holds: nothing confidential, history of the open kind only."""
    opened = {name: value for name, value in document.items() if name in OPEN_PROPERTIES or name not in _SLOTS}
    for name in opened.keys() - OPEN_HISTORY:
        opened[name] = _current_entries(opened[name])
    for name in ADDRESSES:
        if name in opened:
            opened[name] = _ungraded(opened[name])
    for name, narrow in _NARROWED.items():
        if name in opened:
            opened[name] = [narrow(row) for row in opened[name]]
    return {name: value for name, value in opened.items() if value}


@lru_cache(maxsize=4096)
def pick(properties: frozenset[str]) -> Callable[[Fragments], Fragments]:
    """Takes the fragments of these properties, and those of unknown ones, out of a view."""
    return itemgetter(*sorted(_SLOTS[name] for name in properties), _UNKNOWN_SLOT)


def _fragments(shape: Mapping[str, Any], encoded: dict[int, bytes]) -> Fragments:
    view = [b""] * (_UNKNOWN_SLOT + 1)
    unknown = {}
    for name, value in shape.items():
        slot = _SLOTS.get(name)
        if slot is None:
            unknown[name] = value
        else:
            view[slot] = encoded.get(id(value)) or _encode(slot, value, encoded)
    if unknown:
        view[_UNKNOWN_SLOT] = msgspec.json.encode(unknown)[1:-1]
    return tuple(view)


def _encode(slot: int, value: object, encoded: dict[int, bytes]) -> bytes:
    fragment = encoded[id(value)] = _KEYS[slot] + msgspec.json.encode(value)
    return fragment


def _current_entries(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kept = [row for row in value if row.get("erGjeldende") is not False]
    return value if len(kept) == len(value) else kept


def _ungraded(rows: Entries) -> Entries:
    return [row for row in rows if row.get("adressegradering", _UNGRADED) == _UNGRADED]


def _umbrella_status(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"status": UMBRELLA_STATUS} if row.get("status") in CONFIDENTIAL_STATUSES else row


def _without_spouse(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "relatertVedSivilstand"}


_NARROWED: Final = {"status": _umbrella_status, "sivilstand": _without_spouse}
