"""Persons: one, many, and the numbers a search finds."""

from collections.abc import Collection, Sequence
from typing import Final

import httpx
import msgspec

from integrations.folkeregisteret.answers import error_code, speaks_of_hits
from integrations.folkeregisteret.client.answered import PERSON, identified, numbers_in
from integrations.folkeregisteret.client.asking import Operations, check_numbers, parts_asked
from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord, decode_answer
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import Cause, FolkeregisterError, InvalidRequest, TooManyHits, UnexpectedAnswer
from integrations.folkeregisteret.exchange import Call
from integrations.folkeregisteret.novelties import tell_of_unknown, tell_of_unknown_in_bulk


class BulkAnswer(msgspec.Struct, frozen=True):
    """What the register answered for one of many. person is None where it knows none or the identifier has ceased.

    A number that was replaced brings the person carried on, whose current number is another than the one asked with.
    """

    asked: str = msgspec.field(name="foedselsEllerDNummer")
    person: PersonRecord | None = msgspec.field(name="folkeregisterperson", default=None)

    def __repr__(self) -> str:
        return "<BulkAnswer>"


class _BulkResponse(msgspec.Struct, frozen=True):
    oppslag: list[BulkAnswer]


_BULK: Final = msgspec.json.Decoder(_BulkResponse)


class Persons(Operations):
    """Contract sections 1.3 and 1.5."""

    def person(self, package: RightsPackage, number: str, parts: Collection[str]) -> PersonRecord | None:
        """The person with this number, now or formerly; None when the register knows none."""
        check_numbers([number])
        call = Call(
            package=package,
            path=f"/personer/{number}",
            query=parts_asked(parts),
            within=self._deadlines.single,
            expects=frozenset({404}),
        )
        response = self._exchange.ask(call)
        if response.status_code == 404:
            return None
        person = identified(decode_answer(response.content, PERSON))
        tell_of_unknown(response.content)
        return person

    def bulk(
        self,
        package: RightsPackage,
        numbers: Sequence[str],
        parts: Collection[str],
        *,
        as_ordered: bool = False,
        within: float | None = None,
    ) -> list[BulkAnswer]:
        """At most 1000 persons in one call. as_ordered: one answer for each number, in the same order.

        Without it the register promises neither order nor an answer for every number. within: seconds, for a page that
        cannot wait as long as a list.
        """
        check_numbers(numbers)
        if not numbers:
            return []
        call = Call(
            package=package,
            method="POST",
            path="/personer/bulkoppslag",
            query=parts_asked(parts) + ((("somBestilt", "true"),) if as_ordered else ()),
            body=msgspec.json.encode({"foedselsEllerDNummer": numbers}),
            within=within or self._deadlines.bulk,
        )
        raw = self._exchange.ask(call).content
        answers = decode_answer(raw, _BULK).oppslag
        tell_of_unknown_in_bulk(raw)
        _check_asked_for(answers, numbers, as_ordered=as_ordered)
        return answers

    def search(self, package: RightsPackage, criteria: SearchCriteria) -> list[str]:
        """The numbers that match, in no promised order. Raises TooManyHits."""
        call = Call(
            package=package,
            path="/personer/soek",
            query=criteria.query(),
            within=self._deadlines.search,
            expects=frozenset({400, 404}),
        )
        response = self._exchange.ask(call)
        if response.status_code == 400:
            raise _refused_search(response)
        return [] if response.status_code == 404 else numbers_in(response.content)


def _refused_search(response: httpx.Response) -> FolkeregisterError:
    if speaks_of_hits(response):
        return TooManyHits(Cause.STATUS, 400)
    return InvalidRequest(Cause.STATUS, 400, error_code(response))


def _check_asked_for(answers: Sequence[BulkAnswer], numbers: Sequence[str], *, as_ordered: bool) -> None:
    """Nobody's document may come along who was not asked about, since nothing would be logged about that."""
    wanted = frozenset(numbers)
    if not all(answer.asked in wanted for answer in answers):
        raise UnexpectedAnswer(Cause.NOT_ASKED_FOR, 200)
    if as_ordered and len(answers) != len(numbers):
        raise UnexpectedAnswer(Cause.TRUNCATED, 200)
    for answer in answers:
        if answer.person:
            identified(answer.person)
