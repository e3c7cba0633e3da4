"""A search for test persons: the chosen criteria, as a query for Tenor and as an address to share. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from integrations.folkeregisteret.identifiers import looks_like_a_number
from integrations.tenor.search import Search
from lookup.testpersons.filters import FILTERS, query_of

PAGE_SIZE: Final = 20
FREE: Final = "kql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """filters: keys of predefined filters. kql: a query typed by hand. page: from 1. seed: keeps the order the same on
    every page."""

    filters: tuple[str, ...] = ()
    kql: str = field(default="", repr=False)
    page: int = 1
    seed: int = 0

    @property
    def are_empty(self) -> bool:
        return not (self.filters or self.kql)

    @property
    def may_stand_in_an_address(self) -> bool:
        return not looks_like_a_number(self.kql, also_in_part=True)

    def without(self, key: str) -> "Criteria":
        """The criteria without the filter of this key, or without the typed query (FREE); from the first page."""
        if key == FREE:
            return replace(self, kql="", page=1)
        return replace(self, filters=tuple(one for one in self.filters if one != key), page=1)

    def address(self) -> str:
        """The query of a URL that finds the same again. Only for criteria that may stand in an address."""
        asked: list[tuple[str, str | int]] = [("filter", key) for key in self.filters]
        asked += [(FREE, self.kql)] if self.kql else []
        asked += [("page", self.page)] if self.page > 1 else []
        return urlencode([*asked, ("seed", self.seed)]) if not self.are_empty else ""

    def search(self, today: date) -> Search:
        """The search for Tenor. The typed query comes first, so that positions in it are those that Tenor names."""
        pieces = query_of((key for key in FILTERS if key in self.filters), today)
        typed = [f"({self.kql})" if pieces else self.kql] if self.kql else []
        return Search(kql=" AND ".join([*typed, *pieces]), size=PAGE_SIZE, page=self.page - 1, seed=self.seed)

    def typed_place(self, place: int | None) -> int | None:
        """The position in the typed query for a position in the query that Tenor got.

        The pieces after the typed query can be read by Tenor, so a fault is in the typed query or at its end.
        """
        if place is None:
            return None
        return min(max(place - 1 if self.filters else place, 0), len(self.kql))
