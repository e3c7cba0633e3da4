"""What a role may see of a person: the only shape in which person data leaves the gate."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, NoReturn, cast

from integrations.folkeregisteret.documents import AnEntry, Entry
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.elementtypes import ElementOf


class State(StrEnum):
    """What there is to say about an element. PROTECTED is itself confidential: only roles with the grading see it."""

    VALUE = "value"
    EMPTY = "empty"
    NOT_IN_ROLE = "not-in-role"
    PROTECTED = "protected"


class PermittedElement(NamedTuple):
    """One element as the role may see it. entries: the current ones; earlier: those the role's history opens.

    The entries of a split (sivilstand.relatertVedSivilstand) are those of its property that carry it.
    """

    key: str
    state: State
    entries: tuple[Entry, ...] = ()
    earlier: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        return f"PermittedElement({self.key}: {self.state})"


class PermittedRecord:
    """What a role may see of one person: every element of the vocabulary, each in exactly one state.

    Only restrict() makes one. households: keyed marks of where and with whom the person lives, for comparing only.
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
        """The current entries of an element, by their own type. Those that restrict() seals here have it."""
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
        """The elements that have a value here."""
        return frozenset(key for key, element in self._elements.items() if element.state is State.VALUE)


def _seal(elements: dict[str, PermittedElement], households: frozenset[str]) -> PermittedRecord:
    """For restrict() alone: what is sealed here has passed the policy."""
    record = object.__new__(PermittedRecord)
    object.__setattr__(record, "_elements", MappingProxyType(elements))
    object.__setattr__(record, "_households", households)
    return record


@lru_cache(maxsize=2)
def hidden_states(sees_protection: bool) -> Mapping[str, PermittedElement]:
    """Every element as hidden: protected only to who may know that it is, to others as if there were no value."""
    state = State.PROTECTED if sees_protection else State.EMPTY
    return {key: PermittedElement(key, state) for key in ELEMENTS}
