"""The register's operations on persons. Imported by the gate alone (an import contract holds that).

Follows Skatteetaten's OpenAPI 1.5 and later notices. In: identifiers of 11 digits, parts, criteria. Out: typed
documents and identifiers. Every error is a FolkeregisterError, within the deadline of its operation.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import httpx
import msgspec

from integrations.folkeregisteret.answers import error_code, speaks_of_hits
from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.breaker import Breaker
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord, decode_answer
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import Cause, FolkeregisterError, InvalidRequest, TooManyHits, UnexpectedAnswer
from integrations.folkeregisteret.exchange import Call, Exchange
from integrations.folkeregisteret.novelties import tell_of_unknown, tell_of_unknown_in_bulk

MOST_IN_BULK: Final = 1000


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds for a whole operation, its retry and token included. A page with one person is to answer within 3."""

    single: float = 2.5
    search: float = 3.5
    bulk: float = 8.0
    extract: float = 8.0


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


class _NumbersResponse(msgspec.Struct, frozen=True):
    """An empty list may be left out, but then nothing else may stand there, such as an error."""

    foedselsEllerDNummer: list[str] | None = None


class _JobResponse(msgspec.Struct, frozen=True):
    jobbId: str = ""


_PERSON: Final = msgspec.json.Decoder(PersonRecord)
_BULK: Final = msgspec.json.Decoder(_BulkResponse)
_NUMBERS: Final = msgspec.json.Decoder(_NumbersResponse)
_JOB: Final = msgspec.json.Decoder(_JobResponse)


class FolkeregisterClient:
    """One per process: it holds the connections. Safe between threads."""

    def __init__(
        self,
        *,
        base_url: str,
        tokens: TokenSource,
        http: httpx.Client | None = None,
        deadlines: Deadlines | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._exchange = Exchange(base_url=base_url, tokens=tokens, http=http, breaker=breaker)
        self._deadlines = deadlines or Deadlines()

    def person(self, package: RightsPackage, number: str, parts: Collection[str]) -> PersonRecord | None:
        """The person with this number, now or formerly; None when the register knows none."""
        _check_numbers([number])
        call = Call(
            package=package,
            path=f"/personer/{number}",
            query=_parts(parts),
            within=self._deadlines.single,
            expects=frozenset({404}),
        )
        response = self._exchange.ask(call)
        if response.status_code == 404:
            return None
        person = _identified(decode_answer(response.content, _PERSON))
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
        _check_numbers(numbers)
        if not numbers:
            return []
        call = Call(
            package=package,
            method="POST",
            path="/personer/bulkoppslag",
            query=_parts(parts) + ((("somBestilt", "true"),) if as_ordered else ()),
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
        return [] if response.status_code == 404 else _numbers(response.content)

    def order_extract(self, package: RightsPackage, criteria: ExtractCriteria) -> str:
        """Orders an extract and gives its job id. Never asked twice: each order is a job, and one may have ten."""
        call = Call(
            package=package,
            method="POST",
            path="/uttrekk/tilpasset",
            body=criteria.body(),
            within=self._deadlines.extract,
            repeatable=False,
        )
        job = decode_answer(self._exchange.ask(call).content, _JOB).jobbId
        if not job:
            raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
        return job

    def extract_batch(self, package: RightsPackage, job_id: str, batch_number: int) -> list[str] | None:
        """The numbers of one batch, from 0; None when it is not ready, [] after the last. Raises ExtractGone."""
        if not _is_job_id(job_id) or batch_number < 0:
            raise InvalidRequest(Cause.INPUT)
        call = Call(
            package=package,
            path=f"/uttrekk/{job_id}/batch/{batch_number}",
            within=self._deadlines.extract,
            expects=frozenset({404}),
        )
        response = self._exchange.ask(call)
        return None if response.status_code == 404 else _numbers(response.content)


def _refused_search(response: httpx.Response) -> FolkeregisterError:
    if speaks_of_hits(response):
        return TooManyHits(Cause.STATUS, 400)
    return InvalidRequest(Cause.STATUS, 400, error_code(response))


def _identified(person: PersonRecord) -> PersonRecord:
    """Both rights packages always send the identifiers along: a document without is an error in a person's clothes."""
    if not any(entry.foedselsEllerDNummer for entry in person.identifikasjonsnummer):
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    return person


def _check_asked_for(answers: Sequence[BulkAnswer], numbers: Sequence[str], *, as_ordered: bool) -> None:
    """Nobody's document may come along who was not asked about, since nothing would be logged about that."""
    wanted = frozenset(numbers)
    if not all(answer.asked in wanted for answer in answers):
        raise UnexpectedAnswer(Cause.NOT_ASKED_FOR, 200)
    if as_ordered and len(answers) != len(numbers):
        raise UnexpectedAnswer(Cause.TRUNCATED, 200)
    for answer in answers:
        if answer.person:
            _identified(answer.person)


def _numbers(raw: bytes) -> list[str]:
    numbers = decode_answer(raw, _NUMBERS).foedselsEllerDNummer
    if numbers is None and raw.strip() != b"{}":
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    if not all(map(_is_number, numbers or ())):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200)
    return numbers or []


def _parts(parts: Collection[str]) -> tuple[tuple[str, str], ...]:
    # Without any part the register gives its basic set: more than anybody asked for.
    if not parts:
        raise InvalidRequest(Cause.INPUT)
    return tuple(("part", part) for part in sorted(set(parts)))


def _check_numbers(numbers: Sequence[str]) -> None:
    if len(numbers) > MOST_IN_BULK or not all(map(_is_number, numbers)):
        raise InvalidRequest(Cause.INPUT)


def _is_number(text: str) -> bool:
    return len(text) == 11 and text.isascii() and text.isdigit()


def _is_job_id(text: str) -> bool:
    """Job ids stand in a path; the register's are UUIDs."""
    return text.isascii() and 0 < len(text) <= 64 and text.replace("-", "").replace("_", "").isalnum()
