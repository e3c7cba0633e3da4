"""Removes repeated values: the register repeats a value when it corrects a field beside it. Pure.

Source: contract section 7 (de-duplicate on gyldighetstidspunkt and address), and its samples.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from msgspec import structs

from integrations.folkeregisteret.documents import Address, Entry, street_of
from roles.policy.fields import CAUSE, METADATA

#: The fields beside a value: metadata, and the register's own identifiers of a place and its districts.
_BESIDE: Final = METADATA | {
    CAUSE,
    "adresseIdentifikatorFraMatrikkelen",
    "naerAdresseIdentifikatorFraMatrikkelen",
    "grunnkrets",
    "stemmekrets",
    "skolekrets",
    "kirkekrets",
}


def each_once(current: Iterable[Entry], earlier: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The current entries without repeated values, and the earlier entries without repeated values and start times.

    An earlier entry with the value and start time of a current one is that entry before a correction; it is left out.
    """
    now: dict[Entry, Entry] = {}
    before: dict[tuple[Entry, str | None], Entry] = {}
    for entry in current:
        now.setdefault(_value(entry), entry)
    seen = {_value_since(entry) for entry in now.values()}
    for entry in earlier:
        before.setdefault(_value_since(entry), entry)
    return tuple(now.values()), tuple(entry for since, entry in before.items() if since not in seen)


def _value_since(entry: Entry) -> tuple[Entry, str | None]:
    return _value(entry), entry.gyldighetstidspunkt


def _value(entry: Entry) -> Entry:
    """The entry with the fields beside its value emptied. Two entries that say the same become equal."""
    changes: dict[str, Any] = {name: None for name in _names_beside(type(entry)) if getattr(entry, name) is not None}
    if isinstance(entry, Address) and (street := street_of(entry)):
        changes["vegadresse"] = structs.replace(street, adressekode=None)
    return structs.replace(entry, **changes) if changes else entry


@lru_cache(maxsize=64)
def _names_beside(kind: type[Entry]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name in _BESIDE)
