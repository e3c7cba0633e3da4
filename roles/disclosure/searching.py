"""Persons found by name, birth date or address: as little as it takes to pick the right one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from secrets import token_bytes
from time import monotonic

from django.utils.translation import gettext as _

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord, current_number
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.clients import NOBODY, client, parts_needed
from roles.disclosure.employeelimits import counted
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
#: Criteria by which somebody could learn where a protected person lives.
ADDRESS_CRITERIA = frozenset({"adressenavn", "husnummer", "postnummer", "kommunenummer", "fylkesnummer"})
#: So many more are asked for by address: those who are left out take no places, and hide no hit that there is.
_SPARE = 50
_TELL_OF_DEATH = frozenset({"doedsfall", "status", "status.utvidet"})
#: What a role must open for a hit by a criterion to tell it nothing else.
_TELLS = {
    "opplysningsgrunnlag": frozenset({"navn", "historikk"}),
    "inkluderOppholdsadresse": frozenset({"oppholdsadresse"}),
    "kjoenn": frozenset({"kjoenn"}),
    "foedselsaarFraOgMed": frozenset({"foedsel"}),
    "foedselsaarTilOgMed": frozenset({"foedsel"}),
    **dict.fromkeys(ADDRESS_CRITERIA, frozenset({RESIDENCE})),
}
#: For the persons behind the hits and their relatives together, so that the page answers within eight seconds in all;
#: never less than the second.
_SECONDS, _AT_LEAST = 4.0, 0.5


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


def may_search_by(access: Access, criterion: str) -> bool:
    """Whether the role opens what a hit by this criterion of SearchCriteria would tell. A name and a day tell nothing.

    By the others a hit would tell that somebody is dead, what they were called or where they lived before, where they
    live, how old they are or which sex they have, to a role that may not know.
    """
    if criterion == "inkluderDoede":
        return not access.elements.isdisjoint(_TELL_OF_DEATH)
    return access.elements >= _TELLS.get(criterion, frozenset())


def widened(access: Access, criteria: SearchCriteria) -> SearchCriteria:
    """The same among the dead and by earlier names, as far as the role opens these; unchanged where it opens none."""
    return replace(
        criteria,
        inkluderDoede=may_search_by(access, "inkluderDoede"),
        opplysningsgrunnlag="historisk" if may_search_by(access, "opplysningsgrunnlag") else None,
    )


def _check_reach(access: Access, criteria: SearchCriteria) -> None:
    asked = criteria.given()
    if asked.get("opplysningsgrunnlag") == "gjeldende":
        del asked["opplysningsgrunnlag"]
    if not all(may_search_by(access, criterion) for criterion in asked):
        raise PolicyViolation(_("Rollen gir ikke dette søket."))


def _has_hits(result: SearchResult) -> bool:
    return bool(result.hits)


@counted(found=_has_hits)
def search(access: Access, criteria: SearchCriteria, *, limit: int = MAX_HITS) -> SearchResult:
    """At most `limit` (and never more than MAX_HITS) persons, each restricted to the elements of a hit list.

    An address search never returns a protected person, nor, where the role may not see gradings, one of unknown
    residence. In other searches such a person shows no address, whatever the role, nor does who lives with one:
    relatives are read for it as for one person, else the hit would tell what the person's own page hides. Raises
    PartyError (TooManyHits among them), PolicyViolation, LimitReached, and NoRole or SessionOver when the right
    is gone by the time the register has answered.
    """
    check_access(access, Use.SEARCH)
    _check_reach(access, criteria)
    limit = min(limit, MAX_HITS)
    elements = access.elements & HIT_ELEMENTS
    asked = entry(access, Event.SEARCH_ASKED)
    asked = replace(asked, criteria=hashed_criteria(access, criteria.given()), elements_asked=elements)
    with logged(asked, Event.SEARCH_ANSWERED):
        started = monotonic()
        found, left_out = _found(access, criteria, elements, limit)
        shown = found[:limit]
        related = _relatives(access, shown, started) if _relations(access, elements) else []
        hiding = [*(person for person in left_out if not is_protected(person)), *related]
        together = restricted_together(shown, elements=elements, marks_key=token_bytes(32), hiding=hiding)
        access.check_still_held()
        # Among those found by where they live, a row without an address would tell: of whom the role may not know.
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


def _found(
    access: Access, criteria: SearchCriteria, elements: frozenset[str], limit: int
) -> tuple[list[PersonRecord], list[PersonRecord]]:
    """Who may be among the hits, and who is left out. Of these a client address reaches the others all the same."""
    by_address = _is_by_address(criteria)
    most = limit + 1 + (_SPARE if by_address else 0)
    numbers = client(access.organisation_number).search(access.package, replace(criteria, maksTreff=most))[:most]
    # Nobody found takes as long as somebody who may not be shown: the second question is asked in either case.
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
    """What names those whose protection reaches an address in the hit list; nothing where it shows none."""
    return access.elements & RELATIONS.keys() if RESIDENCE in elements else frozenset()


def _relatives(access: Access, shown: Sequence[PersonRecord], started: float) -> list[PersonRecord]:
    left = max(_SECONDS - (monotonic() - started), _AT_LEAST)
    known = map(_number, shown)
    return relatives(access, shown, known=known, within=left, asks_anyway=not access.sees_gradings)


def _each_once(persons: Iterable[PersonRecord]) -> list[PersonRecord]:
    """A search finds former numbers too, so the same person may come twice."""
    return list({_number(person): person for person in persons}.values())


def _number(person: PersonRecord) -> str:
    return current_number(person) or ""
