"""Persons found by name, birth date or address: as little as it takes to pick the right one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord, current_number
from roles.access import Access
from roles.addressprotection import PROTECTION_ELEMENT
from roles.audit import Event, Outcome, Subject
from roles.disclosure.households import is_left_out, restricted_together
from roles.disclosure.limits import counted
from roles.disclosure.logging import admitted, entry, hashed_criteria, log, logged
from roles.disclosure.register import NOBODY, client, parts_needed
from roles.fieldpolicy import PermittedRecord
from roles.models import Use

MAX_HITS = 50
HIT_ELEMENTS = frozenset(
    {"identifikasjonsnummer", "navn", "foedsel", "kjoenn", "status", "doedsfall", "bostedsadresse", PROTECTION_ELEMENT}
)
#: Criteria by which somebody could learn where a protected person lives.
ADDRESS_CRITERIA = frozenset({"adressenavn", "husnummer", "postnummer", "kommunenummer", "fylkesnummer"})
#: For the persons behind the hits, so that the page answers within eight seconds in all.
_SECONDS = 4.0


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One person found. number: the current one, for opening the person; never shown where the role has none."""

    number: str
    record: PermittedRecord


@dataclass(frozen=True, slots=True, repr=False)
class SearchResult:
    """more: the register has more hits than were asked for."""

    hits: tuple[Hit, ...]
    more: bool


def _has_hits(result: SearchResult) -> bool:
    return bool(result.hits)


@counted(found=_has_hits)
def search(access: Access, criteria: SearchCriteria, *, limit: int = MAX_HITS) -> SearchResult:
    """At most `limit` (and never more than MAX_HITS) persons, each restricted to the elements of a hit list.

    An address search never returns a protected person, nor, where the role may not see gradings, one of unknown
    residence. In other searches such a person shows no address, whatever the role. Raises FolkeregisterError
    (TooManyHits among them), PolicyViolation, LimitReached, and NoRole or SessionOver when the right is gone by the
    time the register has answered.
    """
    admitted(access, Use.SEARCH)
    limit = min(limit, MAX_HITS)
    elements = access.elements & HIT_ELEMENTS
    asked = entry(access, Event.SEARCH_ASKED)
    asked = replace(asked, criteria=hashed_criteria(access, criteria.given()), elements_asked=elements)
    with logged(asked, Event.SEARCH_ANSWERED):
        found = _found(access, criteria, elements, limit)
        shown = found[:limit]
        records = restricted_together(access, shown, elements=elements).records
        access.check_still_held()
        hits = tuple(Hit(number, record) for number, record in zip(map(_number, shown), records, strict=True))
        answer = replace(
            asked,
            event=Event.SEARCH_ANSWERED,
            outcome=Outcome.DELIVERED if hits else Outcome.NONE,
            elements_delivered=frozenset().union(*(record.delivered for record in records)),
        )
        log(answer, subjects=[Subject(asked=hit.number, current=hit.number) for hit in hits])
    return SearchResult(hits, more=len(found) > limit)


def _found(access: Access, criteria: SearchCriteria, elements: frozenset[str], limit: int) -> list[PersonRecord]:
    numbers = client(access.organisation_number).search(access.package, replace(criteria, maksTreff=limit + 1))[
        : limit + 1
    ]
    # Nobody found takes as long as somebody who may not be shown: the second question is asked in either case.
    answers = client(access.organisation_number).bulk(
        access.package, numbers or [NOBODY], parts_needed(access, elements), within=_SECONDS
    )
    by_number = {answer.asked: answer.person for answer in answers if answer.person is not None}
    persons = _each_once(by_number[number] for number in numbers if number in by_number)
    by_address = not ADDRESS_CRITERIA.isdisjoint(criteria.given())
    return [person for person in persons if not (by_address and is_left_out(access, person))]


def _each_once(persons: Iterable[PersonRecord]) -> list[PersonRecord]:
    """A search finds former numbers too, so the same person may come twice."""
    return list({_number(person): person for person in persons}.values())


def _number(person: PersonRecord) -> str:
    return current_number(person) or ""
