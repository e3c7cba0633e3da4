"""PermittedRecord: what a role may see of a person. Person data leaves the gate in no other type."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, NoReturn, cast

from integrations.folkeregisteret.documents import AnEntry, Entry
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.elementtypes import ElementOf


class State(StrEnum):
    """The state of an element. PROTECTED is confidential information in itself: only roles that see gradings get it."""

    VALUE = "value"
    EMPTY = "empty"
    NOT_IN_ROLE = "not-in-role"
    PROTECTED = "protected"


class PermittedElement(NamedTuple):
    """One element as the role may see it. entries: current entries; earlier: earlier ones, if the role opens history.

    The entries of a split (sivilstand.relatertVedSivilstand) are the entries of its property that have its fields.
    """

    key: str
    state: State
    entries: tuple[Entry, ...] = ()
    earlier: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        return f"PermittedElement({self.key}: {self.state})"


class PermittedRecord:
    """What a role may see of one person: every element of the vocabulary, each in exactly one state.

    Only restrict() makes one. It is immutable and cannot be pickled. households: keyed marks of the person's addresses
    and family, for comparing only.
    """

    __slots__ = ("_elements", "_households")
    _elements: MappingProxyType[str, PermittedElement]
    _households: frozenset[str]

    def __init__(self) -> None:
        raise TypeError("Only restrict() makes a PermittedRecord.")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(name)

    def __getitem__(self, key: str) -> PermittedElement:
        return self._elements[key]

    def entries_of(self, element: ElementOf[AnEntry]) -> tuple[AnEntry, ...]:
        """The current entries of an element, with their own type. The cast is safe: restrict() keeps the types."""
        return cast("tuple[AnEntry, ...]", self._elements[element.key].entries)

    def __repr__(self) -> str:
        return f"PermittedRecord({', '.join(f'{e.key}: {e.state}' for e in self._elements.values())})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A PermittedRecord is not to be stored.")

    @property
    def elements(self) -> Mapping[str, PermittedElement]:
        return self._elements

    @property
    def households(self) -> frozenset[str]:
        return self._households

    @property
    def delivered(self) -> frozenset[str]:
        """The keys of the elements that have a value in this record."""
        return frozenset(key for key, element in self._elements.items() if element.state is State.VALUE)


def _seal(elements: dict[str, PermittedElement], households: frozenset[str]) -> PermittedRecord:
    """Makes a PermittedRecord. Only restrict() may call this, because the elements must have passed the policy."""
    record = object.__new__(PermittedRecord)
    object.__setattr__(record, "_elements", MappingProxyType(elements))
    object.__setattr__(record, "_households", households)
    return record


@lru_cache(maxsize=2)
def hidden_states(sees_protection: bool) -> Mapping[str, PermittedElement]:
    """Every element as it looks when it is hidden: PROTECTED for a role that sees gradings, EMPTY for other roles."""
    state = State.PROTECTED if sees_protection else State.EMPTY
    return {key: PermittedElement(key, state) for key in ELEMENTS}
