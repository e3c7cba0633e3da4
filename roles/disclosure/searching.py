"""search(): persons found by name, birth date or address, with only the elements needed to pick the right person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from secrets import token_bytes

from django.utils.translation import gettext as _

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord, current_number
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.clients import NOBODY, client, parts_needed
from roles.disclosure.deadlines import countdown
from roles.disclosure.employeelimits import count_lookups
from roles.disclosure.logentries import check_access, entry, hashed_criteria, log, logged
from roles.disclosure.relatives import relatives
from roles.disclosure.together import is_left_out, restricted_together
from roles.models import Use
from roles.policy.addressprotection import PROTECTION_ELEMENT, RESIDENCE, is_protected
from roles.policy.fieldpolicy import PermittedRecord
from roles.policy.marks import RELATIONS
from roles.violations import PolicyViolation

MAX_HITS = 200
HIT_ELEMENTS = frozenset(
    {"identifikasjonsnummer", "navn", "foedsel", "kjoenn", "status", "doedsfall", "bostedsadresse", PROTECTION_ELEMENT}
)
#: Criteria that would reveal where a protected person lives if the person were among the hits.
ADDRESS_CRITERIA = frozenset({"adressenavn", "husnummer", "postnummer", "kommunenummer", "fylkesnummer"})
#: A search by address asks the register for so many more hits, to fill the places of persons who are left out.
_SPARE = 50
_TELL_OF_DEATH = frozenset({"doedsfall", "status", "status.utvidet"})
#: The elements a role must open before it may search by a criterion, so that a hit tells it nothing new.
_TELLS = {
    "opplysningsgrunnlag": frozenset({"navn", "historikk"}),
    "inkluderOppholdsadresse": frozenset({"oppholdsadresse"}),
    "kjoenn": frozenset({"kjoenn"}),
    "foedselsaarFraOgMed": frozenset({"foedsel"}),
    "foedselsaarTilOgMed": frozenset({"foedsel"}),
    **dict.fromkeys(ADDRESS_CRITERIA, frozenset({RESIDENCE})),
}
#: Seconds for reading the persons behind the hits and their relatives together, so that the page answers within eight
#: seconds in all. The relatives always get at least _AT_LEAST.
_SECONDS, _AT_LEAST = 4.0, 0.5


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One person found. number: the current number, for opening the person; never shown to a role without it."""

    number: str
    record: PermittedRecord


@dataclass(frozen=True, slots=True, repr=False)
class SearchResult:
    """The hits of a search. more: whether the register has more hits than were asked for."""

    hits: tuple[Hit, ...]
    more: bool


def may_search_by(access: Access, criterion: str) -> bool:
    """Whether the role may use this criterion of SearchCriteria. A name and a date are open to every role.

    A hit by another criterion would tell a role without the element that a person is dead, an earlier name, where the
    person lives or lived, or the person's age or sex.
    """
    if criterion == "inkluderDoede":
        return not access.elements.isdisjoint(_TELL_OF_DEATH)
    return access.elements >= _TELLS.get(criterion, frozenset())


def widened(access: Access, criteria: SearchCriteria) -> SearchCriteria:
    """The criteria, widened to dead persons and to earlier names when the role opens those elements."""
    return replace(
        criteria,
        inkluderDoede=may_search_by(access, "inkluderDoede"),
        opplysningsgrunnlag="historisk" if may_search_by(access, "opplysningsgrunnlag") else None,
    )


def check_reach(access: Access, criteria: SearchCriteria) -> None:
    """Raises PolicyViolation unless the role may use each of the criteria."""
    asked = criteria.given()
    if asked.get("opplysningsgrunnlag") == "gjeldende":
        del asked["opplysningsgrunnlag"]
    if not all(may_search_by(access, criterion) for criterion in asked):
        raise PolicyViolation(_("Rollen gir ikke dette søket."))


def _has_hits(result: SearchResult) -> bool:
    return bool(result.hits)


@count_lookups(found=_has_hits)
def search(access: Access, criteria: SearchCriteria, *, limit: int = MAX_HITS) -> SearchResult:
    """At most `limit` (and never more than MAX_HITS) persons, each restricted to the elements of a hit list.

    An address search never returns a protected person, and for a role that may not see gradings no person of unknown
    residence. In other searches a protected person shows no address in any role, and neither do the members of their
    household. For that rule the relatives are read as in disclose(); otherwise a hit would tell what the person's own
    page hides. Raises PartyError (TooManyHits among them), PolicyViolation, LimitReached, and NoRole or SessionOver
    when the right was withdrawn before the register answered.
    """
    check_access(access, Use.SEARCH)
    check_reach(access, criteria)
    limit = min(limit, MAX_HITS)
    elements = access.elements & HIT_ELEMENTS
    asked = entry(access, Event.SEARCH_ASKED)
    asked = replace(asked, criteria=hashed_criteria(access, criteria.given()), elements_asked=elements)
    with logged(asked, Event.SEARCH_ANSWERED):
        seconds = countdown(_SECONDS, at_least=_AT_LEAST)
        found, left_out = _find(access, criteria, elements, limit)
        shown = found[:limit]
        related = _relatives(access, shown, seconds()) if _relations(access, elements) else []
        hiding = [*(person for person in left_out if not is_protected(person)), *related]
        together = restricted_together(shown, elements=elements, marks_key=token_bytes(32), hiding=hiding)
        access.check_still_held()
        # In an address search a hit without its address would tell that the person is protected, so a role that may
        # not see gradings does not get the hit.
        tells = together.hidden if _is_by_address(criteria) and not access.sees_gradings else frozenset()
        pairs = zip(map(_number, shown), together.records, strict=True)
        hits = tuple(Hit(number, record) for place, (number, record) in enumerate(pairs) if place not in tells)
        answer = replace(
            asked,
            event=Event.SEARCH_ANSWERED,
            outcome=Outcome.DELIVERED if hits else Outcome.NONE,
            elements_delivered=frozenset().union(*(hit.record.delivered for hit in hits)),
        )
        log(answer, subjects=[Subject(asked=hit.number, current=hit.number) for hit in hits])
    return SearchResult(hits, more=len(found) > limit)


def _is_by_address(criteria: SearchCriteria) -> bool:
    return not ADDRESS_CRITERIA.isdisjoint(criteria.given())


def _find(
    access: Access, criteria: SearchCriteria, elements: frozenset[str], limit: int
) -> tuple[list[PersonRecord], list[PersonRecord]]:
    """The persons who may be among the hits, and the persons who are left out (is_left_out(), address searches only).

    The second list is returned because a client address of somebody left out still hides the same address of a hit.
    """
    by_address = _is_by_address(criteria)
    most = limit + 1 + (_SPARE if by_address else 0)
    numbers = client(access.organisation_number).search(access.package, replace(criteria, maksTreff=most))[:most]
    # The second question is asked even without hits, so that an empty search takes as long as one whose only hit may
    # not be shown.
    answers = client(access.organisation_number).bulk(
        access.package,
        numbers or [NOBODY],
        parts_needed(access, elements | _relations(access, elements)),
        within=_SECONDS,
    )
    by_number = {answer.asked: answer.person for answer in answers if answer.person is not None}
    persons = _each_once(by_number[number] for number in numbers if number in by_number)
    fates = [(person, by_address and is_left_out(access, person)) for person in persons]
    return [person for person, is_out in fates if not is_out], [person for person, is_out in fates if is_out]


def _relations(access: Access, elements: frozenset[str]) -> frozenset[str]:
    """The relation elements to read for the household rule; none when the hit list shows no address."""
    return access.elements & RELATIONS.keys() if RESIDENCE in elements else frozenset()


def _relatives(access: Access, shown: Sequence[PersonRecord], within: float) -> list[PersonRecord]:
    known = map(_number, shown)
    return relatives(access, shown, known=known, within=within, asks_anyway=not access.sees_gradings)


def _each_once(persons: Iterable[PersonRecord]) -> list[PersonRecord]:
    """The persons without duplicates: a search also finds former numbers, so the same person may come twice."""
    return list({_number(person): person for person in persons}.values())


def _number(person: PersonRecord) -> str:
    return current_number(person) or ""
