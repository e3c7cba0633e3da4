"""Finds the persons that a query means."""

from collections.abc import Callable
from typing import Final

from integrations.simulator.tenor.conditions import condition
from integrations.simulator.tenor.fields.kinds import Kind
from integrations.simulator.tenor.index import Index
from integrations.simulator.tenor.queries import AllOf, AnyOf, Check, Not, Query, Related

RELATION_NAME: Final = "tenorRelasjonsnavn"

_Having = Callable[[Check], set[int]]


def find(query: Query, index: Index) -> set[int]:
    """The matching persons of the index. Raises Unreadable for an unknown field, or a value that a field cannot
    have."""
    if isinstance(query, Related):
        return _Relations(index).owners(query.part)
    return _combine(query, index.everyone, lambda part: find(part, index), index.having)


class _Relations:
    """Every relation, numbered from 0. A query about a relative must match within one relation."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._all = [relation for relations in index.relations.values() for relation in relations]

    def owners(self, query: Query) -> set[int]:
        """The persons who have a relative that the query matches."""
        return {self._all[place].owner for place in self._fitting(query)}

    def _fitting(self, query: Query) -> set[int]:
        return _combine(query, set(range(len(self._all))), self._fitting, self._having)

    def _having(self, check: Check) -> set[int]:
        if check.field == RELATION_NAME:
            holds = condition(Kind.WORD, check)
            return {place for place, relation in enumerate(self._all) if holds(relation.name)}
        people = self._index.having(check)
        return {place for place, relation in enumerate(self._all) if relation.relative in people}


def _combine(query: Query, everything: set[int], fitting: Callable[[Query], set[int]], having: _Having) -> set[int]:
    """The matches of a query with parts. fitting: the matches of one part."""
    match query:
        case Check():
            return having(query)
        case AllOf(parts):
            return everything.intersection(*map(fitting, parts))
        case AnyOf(parts):
            return set().union(*map(fitting, parts))
        case Not(part):
            return everything - fitting(part)
    raise TypeError("A relation has no relations of its own.")
