"""The values of a hit that the query asked for."""

from collections.abc import Callable, Iterator
from typing import Final

from integrations.simulator.tenor.conditions import condition, words_in
from integrations.simulator.tenor.fields.kinds import Kind
from integrations.simulator.tenor.index import KINDS, fields_named
from integrations.simulator.tenor.queries import AllOf, AnyOf, Check, Literal, Query
from integrations.simulator.tenor.shown import Entry

_COMPARED: Final[dict[Kind, Callable[[str], str]]] = {Kind.TEXT: words_in, Kind.WORD: str}


def highlights(query: Query, entry: Entry) -> dict[str, list[str]]:
    """By field, the texts and words that were asked for, marked as search engines do.

    That Tenor has this is documented, but not its shape.
    """
    marked: dict[str, list[str]] = {}
    for check in _asked_for(query):
        for name in fields_named(check):
            if found := _matches(check, name, entry):
                marked[name] = [f"<em>{value}</em>" for value in found]
    return marked


def _asked_for(query: Query) -> Iterator[Check]:
    """The checks of the query, without negated ones and those of relatives."""
    if isinstance(query, Check):
        yield query
    elif isinstance(query, AllOf | AnyOf):
        for part in query.parts:
            yield from _asked_for(part)


def _matches(check: Check, name: str, entry: Entry) -> list[str]:
    kind, found = KINDS[name], entry.get(name, [])
    if kind not in _COMPARED or not isinstance(check.asked, Literal) or check.asked.is_anything:
        return []
    holds = condition(kind, check)
    return [each for each in (found if isinstance(found, list) else [found]) if holds(_COMPARED[kind](each))]
