"""Parses the parameters of a search."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from secrets import randbelow
from typing import Final

import msgspec

from integrations.simulator.calls import Call
from integrations.simulator.problems import Problem, json_answer
from integrations.simulator.tenor.kql import read_query
from integrations.simulator.tenor.queries import AllOf, Query, Unreadable
from integrations.simulator.tenor.shown import PATHS
from integrations.simulator.tenor.views import View

MOST_ROWS: Final = 100
_LONGEST_QUERY: Final = 4000
_SEEDS: Final = 10_000
_REPEATED: Final = frozenset({"vis", "skjul"})
_SHAPES: Final = {
    "kql": rf"(?s:.{{0,{_LONGEST_QUERY}}})",
    "antall": r"\d{1,3}",
    "side": r"\d{1,6}",
    "seed": r"\d{1,9}",
    "nokkelinformasjon": "true|false",
    "highlight": "true|false",
}
_NO_SHAPE: Final = "(?!)"
_ALWAYS: Final = "tenorMetadata.id"
_KEY_FACTS: Final = (
    *("id", "identifikator", "visningnavn", "foedselsdato", "kjoenn", "personstatus", "sivilstand"),
    *("adresseBeskyttelse", "bostedsadresse", "sisteHendelse"),
    *(f"tenorRelasjoner.freg.{name}" for name in ("tenorRelasjonsnavn", "identifikator", "visningnavn")),
)


class Paging(msgspec.Struct, frozen=True):
    """antall: rows on a page. side: from 0. seed: decides the order; without one, each search gets a new one."""

    antall: int = 10
    side: int = 0
    seed: int = msgspec.field(default_factory=lambda: randbelow(_SEEDS))
    nokkelinformasjon: bool = False
    highlight: bool = False

    @property
    def offset(self) -> int:
        return self.side * self.antall


class Asked(msgspec.Struct, frozen=True):
    """One search."""

    query: Query
    paging: Paging
    view: View

    def wants(self, path: str) -> bool:
        """Whether the answer needs the values at this path, to show or to highlight them."""
        return self.paging.highlight or self.view.shows(path)


def parse_call(call: Call) -> Asked:
    """The search in a call. Raises Problem 400 for a parameter that is unknown, repeated or out of shape, for an
    unknown field, and for a query that cannot be read."""
    once = [(name, value) for name, value in call.query if name not in _REPEATED]
    values = dict(once)
    if len(values) < len(once) or not all(re.fullmatch(_SHAPES.get(name, _NO_SHAPE), text) for name, text in once):
        raise refusal("Ukjent eller gjentatt parameter, eller ugyldig verdi i en.")
    query = _query(values.pop("kql", ""))
    paging = msgspec.convert(values, Paging, strict=False)
    if not 1 <= paging.antall <= MOST_ROWS:
        raise refusal(f"Antall må være fra 1 til {MOST_ROWS}.")
    return Asked(query, paging, _view(call, paging))


def refusal(reason: str) -> Problem:
    """400. The texts of Tenor's errors are not documented; this is the shape of the register's own."""
    return Problem(json_answer({"kode": "TENOR-400", "melding": reason}, status=400))


def _query(kql: str) -> Query:
    try:
        return read_query(kql) if kql else AllOf()
    except Unreadable as unreadable:
        raise refusal(str(unreadable)) from None


def _view(call: Call, paging: Paging) -> View:
    """What to show. Without vis and key facts it is only the id of the metadata, which is always included."""
    shown = [_ALWAYS, *_paths(call.all_of("vis")), *(_KEY_FACTS if paging.nokkelinformasjon else ())]
    return View(shown, _paths(call.all_of("skjul")))


def _paths(values: Iterable[str]) -> list[str]:
    """The paths of a parameter that is repeated, or has commas."""
    paths = [path.strip() for value in values for path in value.split(",")]
    if not all(any(fnmatchcase(known, path) for known in PATHS) for path in paths):
        raise refusal("Ukjent felt i vis eller skjul.")
    return paths
