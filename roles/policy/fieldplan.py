"""Plans: how a set of elements is applied to a record, computed once per set. Pure."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_type_hints

from msgspec import structs

from integrations.folkeregisteret.documents import WHOLE_ENTRY, Entry, Folkeregisterpersonstatus, PersonRecord
from integrations.folkeregisteret.elements import ELEMENTS, OPEN_HISTORY, UMBRELLA_STATUS
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.fields import CAUSE, CAUSE_FOLLOWS, FIELDS, METADATA, UNREAD
from roles.policy.permitted import PermittedElement, State, hidden_states

#: The codes of a status that an open role may read. It reads every other code, also a new one, as the umbrella value.
OPEN_STATUSES = frozenset({"bosatt", "utflyttet", "doed", "opphoert", "inaktiv", UMBRELLA_STATUS})
FULL_STATUS = "status.utvidet"
_MOVES = frozenset({"innflytting", "utflytting"})
Closed = tuple[tuple[str, Any], ...]
_PROPERTIES = get_type_hints(PersonRecord)


class Rule(NamedTuple):
    """How one property is let through.

    fields: the open fields of an entry. closed: the other fields, each with its empty value. history: earlier entries
    are let through too. whole_status: confidential status codes are let through too. unknown_residence: an unknown
    residence is shown as such; otherwise it looks like a protected address. hidden: the element to show when protection
    hides the property.
    """

    key: str
    fields: frozenset[str]
    closed: Closed
    history: bool
    whole_status: bool
    unknown_residence: bool
    hidden: PermittedElement


class Split(NamedTuple):
    """How the element of a split is made from its property. carries: whether an entry belongs to the split; None for a
    history element, which takes the earlier entries of all its `sources`."""

    key: str
    sources: tuple[str, ...]
    carries: Callable[[Entry], bool] | None

    def read(self, shown: Mapping[str, PermittedElement]) -> PermittedElement:
        """The split's own state and entries, given the permitted properties."""
        sources = [shown[source] for source in self.sources]
        if len(sources) == 1 and sources[0].state is State.PROTECTED:
            return PermittedElement(self.key, State.PROTECTED)
        if self.carries is None:
            return _element(self.key, (), (entry for source in sources for entry in source.earlier))
        return _element(self.key, filter(self.carries, sources[0].entries), filter(self.carries, sources[0].earlier))


class Plan(NamedTuple):
    """How a set of elements is applied to a record. closed: every element as it is when it has no value."""

    closed: Mapping[str, PermittedElement]
    rules: tuple[Rule, ...]
    splits: tuple[Split, ...]


def with_their_property(keys: Iterable[str]) -> frozenset[str]:
    """The keys, without each split whose property is not among them: a split opens nothing by itself."""
    given = frozenset(keys)
    return frozenset(key for key in given if not ELEMENTS[key].source or ELEMENTS[key].source in given)


def _plan_for(elements: frozenset[str]) -> Plan:
    """The plan for these element keys. Keys outside the vocabulary open nothing."""
    kept = with_their_property(elements & ELEMENTS.keys())
    closed = {key: PermittedElement(key, State.EMPTY if key in kept else State.NOT_IN_ROLE) for key in ELEMENTS}
    rules = tuple(_rule(key, kept) for key in ELEMENTS if key in kept and ELEMENTS[key].source == key)
    splits = tuple(_split(key, kept) for key in ELEMENTS if key in kept and ELEMENTS[key].source != key)
    return Plan(closed, rules, splits)


# Not written as decorators: mutmut skips decorated functions, and these functions are the policy itself.
plan_for = lru_cache(maxsize=512)(_plan_for)


def _rule(key: str, kept: frozenset[str]) -> Rule:
    opened = (FIELDS[other] for other in kept & FIELDS.keys() if ELEMENTS[other].source == key)
    fields = METADATA.union({CAUSE} if CAUSE_FOLLOWS in kept else (), *opened)
    return Rule(
        key=key,
        fields=fields,
        closed=closed_fields(key, fields),
        history=history_element(key) in kept,
        whole_status=key != "status" or FULL_STATUS in kept,
        unknown_residence=key != "bostedsadresse" or PROTECTION_ELEMENT in kept,
        hidden=hidden_states(PROTECTION_ELEMENT in kept)[key],
    )


def history_element(key: str) -> str:
    """The element that opens the earlier values of a property."""
    if key in _MOVES:
        return f"{key}.historikk"
    return "historikk" if key in OPEN_HISTORY else "historikk.utvidet"


def _split(key: str, kept: frozenset[str]) -> Split:
    source = ELEMENTS[key].source
    if not source:
        return Split(
            key, tuple(k for k in ELEMENTS if k in kept and k == ELEMENTS[k].source and history_element(k) == key), None
        )
    if key == FULL_STATUS:
        return Split(key, (source,), has_confidential_status)
    return Split(key, (source,), _has_any_of(FIELDS[key]) if key in FIELDS else None)


def has_confidential_status(entry: Entry) -> bool:
    """Whether the entry is a status whose code only a confidential basis opens."""
    return isinstance(entry, Folkeregisterpersonstatus) and entry.status not in OPEN_STATUSES


def _has_any_of(fields: frozenset[str]) -> Callable[[Entry], bool]:
    """A test for entries that have one of the fields. An unread field counts as well: it is shown as a hole."""
    holes = fields | {WHOLE_ENTRY}
    return lambda entry: any(getattr(entry, field) for field in fields) or not holes.isdisjoint(entry.unread)


def _element(key: str, entries: Iterable[Entry], earlier: Iterable[Entry]) -> PermittedElement:
    now, before = tuple(entries), tuple(earlier)
    return PermittedElement(key, State.VALUE if now or before else State.EMPTY, now, before)


def _closed_fields(key: str, fields: frozenset[str]) -> Closed:
    """The fields to empty on the entries of a property, each with its empty value (every field has a default)."""
    kept = fields | {UNREAD}
    return tuple((field.name, field.default) for field in structs.fields(_entry_of(key)) if field.name not in kept)


closed_fields = lru_cache(maxsize=4096)(_closed_fields)


def _entry_of(key: str) -> type[Entry]:
    """The entry type of a property: X when the property is tuple[X, ...] or X | None."""
    entry: type[Entry] = get_args(_PROPERTIES[key])[0]
    return entry
