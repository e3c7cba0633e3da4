"""Person documents as bytes that are ready to be joined: one fragment for each property, package and history.

The register must not be the bottleneck of a benchmark, so each view is made once, when it is first asked for.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, Protocol

import msgspec

from integrations.folkeregisteret.elements import CONFIDENTIAL_STATUSES, UMBRELLA_STATUS, RightsPackage
from integrations.simulator.register.parts import ADDRESSES, OPEN_HISTORY, OPEN_PROPERTIES, PROPERTIES

Fragments = tuple[bytes, ...]
Entries = list[dict[str, Any]]

_SLOTS: Final = {name: slot for slot, name in enumerate(PROPERTIES)}
#: The last fragment holds properties that the vocabulary does not know: the register may add an element at any time.
_UNKNOWN_SLOT: Final = len(PROPERTIES)
_CONFIDENTIAL: Final = frozenset(PROPERTIES) - OPEN_PROPERTIES
_UNGRADED: Final = "ugradert"
_EARLIER: Final = b'"erGjeldende":false'
_NOTHING: Final = frozenset({b"[]", b"{}", b"null"})


class Record(Protocol):
    """What the register answers about one person."""

    def body(self, package: RightsPackage, properties: frozenset[str], *, history: bool) -> bytes:
        """The JSON object with exactly these properties, without those that have no value."""

    def whole(self) -> bytes:
        """The JSON object with all properties, as the package with legal basis has it."""


class OwnRecord:
    """A record made from the whole document as compact JSON. Two threads may make the same view, which does no harm."""

    __slots__ = ("_document", "_views")

    def __init__(self, document: bytes) -> None:
        self._document = document
        self._views: dict[tuple[RightsPackage, bool], Fragments] = {}

    def body(self, package: RightsPackage, properties: frozenset[str], *, history: bool) -> bytes:
        view = self._views.get((package, history)) or self._make(package, history)
        return b"{" + b",".join(filter(None, pick(properties)(view))) + b"}"

    def whole(self) -> bytes:
        return self._document

    def _make(self, package: RightsPackage, history: bool) -> Fragments:
        view = self._views[package, history] = _view(self._document, package, history)
        return view


def record_of(document: Mapping[str, Any]) -> OwnRecord:
    """A record of a whole document: every property, with history, as the package with legal basis has it."""
    return OwnRecord(msgspec.json.encode({name: value for name, value in document.items() if value}))


@lru_cache(maxsize=4096)
def pick(properties: frozenset[str]) -> Callable[[Fragments], Fragments]:
    """A function that takes the fragments of these properties, and of unknown ones, out of a view."""
    return itemgetter(*sorted(_SLOTS[name] for name in properties), _UNKNOWN_SLOT)


def _view(document: bytes, package: RightsPackage, history: bool) -> Fragments:
    view = [b""] * (_UNKNOWN_SLOT + 1)
    unknown = []
    for name, raw in msgspec.json.decode(document, type=dict[str, msgspec.Raw]).items():
        if name not in _SLOTS:
            unknown.append(_fragment(name, bytes(raw)))
        elif value := _seen(name, bytes(raw), package, history):
            view[_SLOTS[name]] = _fragment(name, value)
    view[_UNKNOWN_SLOT] = b",".join(unknown)
    return tuple(view)


def _fragment(name: str, value: bytes) -> bytes:
    return b"%b:%b" % (msgspec.json.encode(name), value)


def _seen(name: str, value: bytes, package: RightsPackage, history: bool) -> bytes:
    """What this package holds of a property; b"" for nothing.

    Without legal basis it holds nothing confidential, and only open history.
    """
    is_open = package is RightsPackage.WITHOUT_LEGAL_BASIS
    if is_open and name in _CONFIDENTIAL:
        return b""
    if not history or (is_open and name not in OPEN_HISTORY):
        value = _current(value)
    if is_open and name in _NARROWED:
        value = msgspec.json.encode(_NARROWED[name](msgspec.json.decode(value)))
    return b"" if value in _NOTHING else value


def _current(value: bytes) -> bytes:
    """The entries without earlier ones. A property that is no list has none."""
    if _EARLIER not in value or not value.startswith(b"["):
        return value
    return msgspec.json.encode([row for row in msgspec.json.decode(value) if row.get("erGjeldende") is not False])


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
