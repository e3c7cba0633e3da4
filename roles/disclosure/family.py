"""The family of somebody who is looked up: who they are and where they live, on the same page as the person.

Those the person names, and of those that these name in turn the brothers and sisters, and who answers for the children.
The register is asked twice at most, whoever the person is: first for those named, whose gradings the person's own
address hangs on, then for those that they name, on whom theirs does. An address is shown of nobody who lives with
somebody it was not asked about.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from integrations.folkeregisteret.documents import PersonRecord, current_number
from integrations.http.errors import PartyError
from roles.access import Access
from roles.audit import Entry, Event, Outcome, Subject
from roles.disclosure.clients import NOBODY, parts_needed
from roles.disclosure.logentries import entry, log
from roles.disclosure.relatives import COMPARED, read
from roles.disclosure.together import is_left_out
from roles.policy import elementtypes as of
from roles.policy.addressprotection import PROTECTION_ELEMENT, RESIDENCE, verdict
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.judging import Judgement, judge_together, relatives_of, shows_address
from roles.policy.marks import RELATIONS, related_numbers

#: What is shown of a relative beside the person, as far as the role opens it.
FAMILY_ELEMENTS: Final = frozenset(
    {
        "identifikasjonsnummer",
        "navn",
        "foedsel",
        "status",
        "doedsfall",
        RESIDENCE,
        "deltBosted",
        "familierelasjon",
        "foreldreansvar",
        PROTECTION_ELEMENT,
    }
)
_PLACES: Final = frozenset({RESIDENCE, "deltBosted"})
_PARENTS: Final = frozenset({"mor", "far", "medmor"})
_CHILD: Final = "barn"


@dataclass(frozen=True, slots=True, repr=False)
class PersonAndFamily:
    """family: by the number that the relation names them with. is_whole: False where the register did not answer.

    may_open_address: a reason would show an address that is hidden, to somebody with the right to give one.
    """

    person: PermittedRecord
    family: Mapping[str, PermittedRecord]
    is_whole: bool = True
    may_open_address: bool = False


class Circle(NamedTuple):
    """Whom the register told of beside one person, by the number asked for. further: those whom the nearest name.

    asked: every number that was asked for, the person's own among them.
    """

    nearest: Mapping[str, PersonRecord]
    further: Mapping[str, PersonRecord]
    asked: frozenset[str]
    is_whole: bool = True


def read_circle(access: Access, number: str, person: PersonRecord, seconds: Callable[[], float]) -> Circle:
    """Reads the person's relatives and theirs. seconds: how many are left for one more question.

    Raises PartyError where it is not known whether an address may be shown; other answers that are missing leave the
    circle open.
    """
    own = frozenset({number, *(held.foedselsEllerDNummer or "" for held in person.identifikasjonsnummer)})
    if not _shows_relations(access, person):
        return Circle({}, {}, own)
    nearest: Mapping[str, PersonRecord] | None = None
    first = _named_by([person], access.elements) - own
    try:
        nearest = _read(access, first, seconds())
        second = _named_by(nearest.values(), access.elements) - own - first
        return Circle(nearest, _read(access, second, seconds()), own | first | second)
    except PartyError:
        if nearest is None and shows_address(access.elements):
            raise
        return Circle(nearest or {}, {}, own | first, is_whole=False)


def family_of(access: Access, person: PersonRecord, permitted: PermittedRecord, circle: Circle) -> PersonAndFamily:
    """The person with the family as the role may see it. One entry in the log, committed before this returns."""
    if not circle.is_whole:
        log(replace(_answer(access), outcome=Outcome.FAILED))
        return PersonAndFamily(permitted, {}, is_whole=False)
    family = dict(_Restricting(access, person, circle).family(permitted))
    if family:
        _log(access, family, circle)
    return PersonAndFamily(permitted, family)


class _Restricting:
    """Restricts those of one circle, each of whom may hide the address of the others."""

    def __init__(self, access: Access, person: PersonRecord, circle: Circle) -> None:
        self._access, self._circle = access, circle
        self._elements = access.elements & FAMILY_ELEMENTS
        self._judged = _judge(person, circle, access.elements)

    def family(self, permitted: PermittedRecord) -> Iterator[tuple[str, PermittedRecord]]:
        nearest = {number: self._restricted(number) for number in _named_in(permitted) & self._circle.nearest.keys()}
        yield from nearest.items()
        further = frozenset(_siblings_and_responsible(permitted, nearest)) & self._circle.further.keys()
        yield from ((number, self._restricted(number)) for number in further if self._may_be_named(number))

    def _may_be_named(self, number: str) -> bool:
        """Not whoever would hide the address of somebody on the page, or has it hidden: as on a list."""
        record = self._circle.further[number]
        return not (is_left_out(self._access, record) or self._judged[_identity(number, record)].is_reached)

    def _restricted(self, number: str) -> PermittedRecord:
        record = self._circle.nearest.get(number) or self._circle.further[number]
        is_known = relatives_of(record, self._access.elements) <= self._circle.asked
        elements = self._elements if is_known else self._elements - _PLACES
        return restrict(record, elements=elements, protection=self._judged[_identity(number, record)].protection)


def _named_in(permitted: PermittedRecord) -> frozenset[str]:
    """The numbers of the relatives that a permitted record names."""
    named = (
        *(relation.relatertPerson for relation in permitted.entries_of(of.FAMILIERELASJON)),
        *(status.relatertVedSivilstand for status in permitted.entries_of(of.RELATERT_VED_SIVILSTAND)),
        *(held.ansvarlig for held in permitted.entries_of(of.FORELDREANSVAR)),
        *(held.ansvarssubjekt for held in permitted.entries_of(of.FORELDREANSVAR)),
    )
    return frozenset(filter(None, named))


def _siblings_and_responsible(permitted: PermittedRecord, nearest: Mapping[str, PermittedRecord]) -> Iterator[str]:
    """Of those that the relatives name: the parents' children, and who answers for the person's own."""
    relations = permitted.entries_of(of.FAMILIERELASJON)
    parents = {relation.relatertPerson for relation in relations if relation.relatertPersonsRolle in _PARENTS}
    children = {relation.relatertPerson for relation in relations if relation.relatertPersonsRolle == _CHILD}
    children |= {held.ansvarssubjekt for held in permitted.entries_of(of.FORELDREANSVAR)}
    for number, relative in nearest.items():
        if number in parents:
            entries = relative.entries_of(of.FAMILIERELASJON)
            yield from (named.relatertPerson or "" for named in entries if named.relatertPersonsRolle == _CHILD)
        if number in children:
            yield from (held.ansvarlig or "" for held in relative.entries_of(of.FORELDREANSVAR))


def _judge(person: PersonRecord, circle: Circle, elements: frozenset[str]) -> Mapping[str, Judgement]:
    """On everybody in the circle, once whatever number they were asked for by."""
    everybody = {
        _identity(number, record): record for number, record in (*circle.nearest.items(), *circle.further.items())
    }
    each = judge_together([person, *everybody.values()], (), elements=elements).each
    return dict(zip(everybody, each[1:], strict=True))


def _identity(number: str, record: PersonRecord) -> str:
    return current_number(record) or number


def _shows_relations(access: Access, person: PersonRecord) -> bool:
    """A question less would tell that the person is protected, where the role may not know."""
    if access.elements.isdisjoint(RELATIONS):
        return False
    return not access.sees_gradings or "familierelasjon" not in verdict(person, may_open=False).hidden


def _named_by(records: Iterable[PersonRecord], elements: frozenset[str]) -> frozenset[str]:
    relations = elements & RELATIONS.keys()
    return frozenset(number for record in records for number in related_numbers(record, relations))


def _read(access: Access, numbers: Collection[str], within: float) -> dict[str, PersonRecord]:
    """Asks about nobody too, where the role may not see gradings: the time says nothing about the person."""
    asked = numbers or (NOBODY,) * (not access.sees_gradings)
    return read(access, asked, family_parts(access), within=within)


def family_parts(access: Access) -> frozenset[str]:
    """What the register is asked for of relatives: what is shown of them, whom they name, and where they live."""
    wanted = access.elements & (FAMILY_ELEMENTS | RELATIONS.keys())
    compared = COMPARED if shows_address(access.elements) else ()
    return parts_needed(access, wanted.union(compared))


def _log(access: Access, family: Mapping[str, PermittedRecord], circle: Circle) -> None:
    delivered = frozenset[str]().union(*(relative.delivered for relative in family.values()))
    answer = replace(_answer(access), outcome=Outcome.DELIVERED, elements_delivered=delivered)
    log(answer, subjects=[_subject(number, circle) for number in sorted(family)])


def _answer(access: Access) -> Entry:
    return replace(entry(access, Event.RELATIVES_ANSWERED), elements_asked=access.elements & FAMILY_ELEMENTS)


def _subject(number: str, circle: Circle) -> Subject:
    record = circle.nearest.get(number) or circle.further[number]
    return Subject(asked=number, current=current_number(record))
