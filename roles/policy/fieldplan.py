"""What a set of elements means for a record, worked out once per set. Pure."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_type_hints

from msgspec import structs

from integrations.folkeregisteret.documents import WHOLE_ENTRY, Entry, Folkeregisterpersonstatus, PersonRecord
from integrations.folkeregisteret.elements import ELEMENTS, OPEN_HISTORY, UMBRELLA_STATUS
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.fields import CAUSE, CAUSE_FOLLOWS, FIELDS, METADATA, UNREAD
from roles.policy.permitted import PermittedElement, State, hidden_states

#: What an open role may read of a status; every other code, a new one too, reads as the umbrella value.
OPEN_STATUSES = frozenset({"bosatt", "utflyttet", "doed", "opphoert", "inaktiv", UMBRELLA_STATUS})
FULL_STATUS = "status.utvidet"
_MOVES = frozenset({"innflytting", "utflytting"})
Closed = tuple[tuple[str, Any], ...]
_PROPERTIES = get_type_hints(PersonRecord)


class Rule(NamedTuple):
    """How one property is let through.

    fields: those of an entry that are open. closed: the others, each with its empty value.
    history: earlier entries too. whole_status: confidential codes too.
    unknown_residence: "unknown residence" is shown as such; otherwise it must read like a protected address.
    """

    key: str
    fields: frozenset[str]
    closed: Closed
    history: bool
    whole_status: bool
    unknown_residence: bool
    hidden: PermittedElement


class Split(NamedTuple):
    """How a split is read off its property. carries: whether an entry holds it; None for a split that is history."""

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
    """closed: every element with its state when there is nothing to show."""

    closed: Mapping[str, PermittedElement]
    rules: tuple[Rule, ...]
    splits: tuple[Split, ...]


def with_their_property(keys: Iterable[str]) -> frozenset[str]:
    """The keys without the splits whose property is not among them: a split alone opens nothing."""
    given = frozenset(keys)
    return frozenset(key for key in given if not ELEMENTS[key].source or ELEMENTS[key].source in given)


def _plan_for(elements: frozenset[str]) -> Plan:
    """elements: keys; those outside the vocabulary open nothing."""
    kept = with_their_property(elements & ELEMENTS.keys())
    closed = {key: PermittedElement(key, State.EMPTY if key in kept else State.NOT_IN_ROLE) for key in ELEMENTS}
    rules = tuple(_rule(key, kept) for key in ELEMENTS if key in kept and ELEMENTS[key].source == key)
    splits = tuple(_split(key, kept) for key in ELEMENTS if key in kept and ELEMENTS[key].source != key)
    return Plan(closed, rules, splits)


# Not decorators: mutmut leaves decorated functions out, and these are the policy itself.
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
    """Of an entry of status: whether its code is one that only a confidential basis opens."""
    return isinstance(entry, Folkeregisterpersonstatus) and entry.status not in OPEN_STATUSES


def _has_any_of(fields: frozenset[str]) -> Callable[[Entry], bool]:
    """One that came and could not be read counts as well: it is shown as a hole."""
    holes = fields | {WHOLE_ENTRY}
    return lambda entry: any(getattr(entry, field) for field in fields) or not holes.isdisjoint(entry.unread)


def _element(key: str, entries: Iterable[Entry], earlier: Iterable[Entry]) -> PermittedElement:
    now, before = tuple(entries), tuple(earlier)
    return PermittedElement(key, State.VALUE if now or before else State.EMPTY, now, before)


def _closed_fields(key: str, fields: frozenset[str]) -> Closed:
    """The fields to empty on the entries of a property, each with its empty value. Every field of an entry has one."""
    kept = fields | {UNREAD}
    return tuple((field.name, field.default) for field in structs.fields(_entry_of(key)) if field.name not in kept)


closed_fields = lru_cache(maxsize=4096)(_closed_fields)


def _entry_of(key: str) -> type[Entry]:
    """X, of a property that is tuple[X, ...] or X | None."""
    entry: type[Entry] = get_args(_PROPERTIES[key])[0]
    return entry
