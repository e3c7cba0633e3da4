"""Persons: one, many, and the numbers that a search finds."""

from collections.abc import Collection, Sequence
from typing import Final

import httpx
import msgspec

from integrations.folkeregisteret.client.arguments import Operations, check_numbers
from integrations.folkeregisteret.client.bulk import BulkAnswer, decode_answers
from integrations.folkeregisteret.client.responses import decode_numbers, is_missing, person_or_none
from integrations.folkeregisteret.criteria import SearchCriteria, UniqueCriteria
from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import TooManyHits
from integrations.folkeregisteret.exchange import Call
from integrations.folkeregisteret.problems import error_code, speaks_of_hits
from integrations.http.errors import Cause, InvalidRequest, PartyError

_DUF: Final = "utlendingsmyndighetenesidentifikasjonsnummer"


class Persons(Operations):
    """Contract sections 1.3 to 1.5."""

    def person(self, package: RightsPackage, number: str, parts: Collection[str]) -> PersonRecord | None:
        """The person with this number, current or former; None when the register knows no such person."""
        check_numbers([number])
        call = Call(
            package=package,
            path=f"/personer/{number}",
            query=self._parts(package, parts),
            within=self._deadlines.single,
            expects=frozenset({404}),
        )
        return self._exchange.ask(call, person_or_none)

    def bulk(
        self,
        package: RightsPackage,
        numbers: Sequence[str],
        parts: Collection[str],
        *,
        as_ordered: bool = False,
        within: float | None = None,
    ) -> list[BulkAnswer]:
        """The answers about at most 1000 persons. as_ordered: gives one answer for each number, in the same order.

        Without as_ordered the register promises neither the order nor an answer for every number. within: timeout in
        seconds, for a page that cannot wait as long as a list.
        """
        check_numbers(numbers)
        if not numbers:
            return []
        call = Call(
            package=package,
            method="POST",
            path="/personer/bulkoppslag",
            query=self._parts(package, parts) + ((("somBestilt", "true"),) if as_ordered else ()),
            body=msgspec.json.encode({"foedselsEllerDNummer": numbers}),
            within=within or self._deadlines.bulk,
        )
        return self._exchange.ask(call, lambda answer: decode_answers(answer.content, numbers, as_ordered=as_ordered))

    def search(self, package: RightsPackage, criteria: SearchCriteria) -> list[str]:
        """The numbers of the persons who match, in any order. Raises TooManyHits."""
        call = Call(
            package=package,
            path="/personer/soek",
            query=criteria.query(),
            within=self._deadlines.search,
            expects=frozenset({400, 404}),
        )
        return self._exchange.ask(call, _decode_hits)

    def unique_search(
        self, package: RightsPackage, criteria: UniqueCriteria, parts: Collection[str]
    ) -> PersonRecord | None:
        """The only person who matches; None when none or several match, which the register does not distinguish.

        Raises InvalidRequest before sending, for criteria that give no right to a hit in this package.
        """
        if not criteria.gives_right_to_hit(package, self._dialect.unique_search):
            raise InvalidRequest(Cause.INPUT)
        spelled = {_DUF: self._dialect.duf_parameter}
        asked = tuple((spelled.get(name, name), value) for name, value in criteria.query())
        call = Call(
            package=package,
            path="/personer/entydigsoek",
            query=asked + self._parts(package, parts),
            within=self._deadlines.search,
            expects=frozenset({404}),
        )
        return self._exchange.ask(call, person_or_none)


def _decode_hits(answer: httpx.Response) -> list[str]:
    if answer.status_code == 400:
        raise _search_error(answer)
    return [] if is_missing(answer) else decode_numbers(answer.content)


def _search_error(response: httpx.Response) -> PartyError:
    if speaks_of_hits(response):
        return TooManyHits(Cause.STATUS, 400)
    return InvalidRequest(Cause.STATUS, 400, error_code(response))
