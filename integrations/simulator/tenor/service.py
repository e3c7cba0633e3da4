"""Tenor's door: takes a search with a token for its scope, and answers with a page of synthetic persons."""

from hashlib import blake2b
from heapq import nsmallest
from typing import Final

from integrations.simulator.calls import Call, accepts_json, has_unknown_headers
from integrations.simulator.days.journal import Journal
from integrations.simulator.maskinporten.scopes import TENOR_SCOPE
from integrations.simulator.maskinporten.tokens import Tokens
from integrations.simulator.problems import (
    Answer,
    forbidden,
    invalid,
    json_answer,
    not_acceptable,
    not_found,
    unauthenticated,
    wrong_method,
)
from integrations.simulator.register.register import Register
from integrations.simulator.tenor.directory import Directory
from integrations.simulator.tenor.highlights import highlights
from integrations.simulator.tenor.index import Index
from integrations.simulator.tenor.parameters import Asked, parse_call, refusal
from integrations.simulator.tenor.queries import Unreadable
from integrations.simulator.tenor.search import find
from integrations.simulator.tenor.shown import Entries, Entry

PREFIX: Final = "/api/testnorge/v2/"
_SEARCH: Final = f"{PREFIX}soek/freg"


class Tenor:
    """Tenor, with all persons of the register."""

    def __init__(self, register: Register, journal: Journal, tokens: Tokens) -> None:
        self._directory = Directory(register, journal)
        self._tokens = tokens

    def answer(self, call: Call) -> Answer:
        """The page of hits. Raises Problem 400, 401, 403, 404, 405 or 406.

        Only the register's persons can be searched for, and only by pages: what the path /uthenting answers is not
        documented.
        """
        if call.path != _SEARCH:
            raise not_found("Ukjent ressurs.")
        if call.method != "GET":
            raise wrong_method()
        self._admit(call)
        asked = parse_call(call)
        try:
            with self._directory.opened() as index:
                return json_answer(self._page(asked, index))
        except Unreadable as unreadable:
            raise refusal(str(unreadable)) from None

    def _admit(self, call: Call) -> None:
        if has_unknown_headers(call):
            raise invalid("Ukjent header.")
        if not accepts_json(call):
            raise not_acceptable()
        token = self._tokens.bearer(call.authorization)
        if token is None:
            raise unauthenticated()
        if TENOR_SCOPE not in token.scopes:
            raise forbidden()

    def _page(self, asked: Asked, index: Index) -> dict[str, object]:
        paging = asked.paging
        found = [index.numbers[person] for person in find(asked.query, index)]
        end = paging.offset + paging.antall
        numbers = nsmallest(end, found, key=lambda number: _order(paging.seed, number))[paging.offset :]
        entries = Entries(self._directory, index, asked.wants)
        page = [entries.entry(number) for number in numbers]
        return {
            "dokumentListe": [asked.view.of(entry) for entry in page],
            "treff": len(found),
            "rader": len(page),
            "offset": paging.offset,
            "nesteSide": paging.side + 1 if end < len(found) else None,
            "seed": paging.seed,
            "highlight": _marks(asked, page) if paging.highlight else None,
        }


def _order(seed: int, number: str) -> bytes:
    """The sort key of a person. Each seed gives another order, which does not depend on the other hits."""
    return blake2b(number.encode(), key=str(seed).encode(), digest_size=8).digest()


def _marks(asked: Asked, page: list[Entry]) -> dict[str, dict[str, list[str]]]:
    """The highlights, by the id of the entry."""
    return {entry["id"]: highlights(asked.query, entry) for entry in page}
