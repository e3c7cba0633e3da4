"""Those with parental responsibility for the persons of a list: their names, and their addresses where they are written
to.

They are read together with the persons' other relatives, whose gradings count for the persons' addresses. Where a
list has their addresses, their own relatives are read too, because the grading of each may hide one. What is missing of
somebody protected is missing of somebody without a residence to show: a name is always given, an address of neither.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from integrations.folkeregisteret.documents import PersonRecord, current, current_number
from integrations.folkeregisteret.elements import parts_for
from integrations.folkeregisteret.identifiers import is_eleven_digits
from roles.access import Access
from roles.disclosure.clients import parts_needed
from roles.disclosure.relatives import COMPARED, read, relatives
from roles.disclosure.together import is_left_out, keyed_marks
from roles.policy import elementtypes as of
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.judging import judge_together, relatives_of, shows_address
from roles.policy.marks import ADDRESS_ELEMENTS, RELATIONS

#: What a list may show of somebody with parental responsibility, as far as the role opens it.
GUARDIAN_ELEMENTS: Final = frozenset({"navn", "status", "doedsfall", *ADDRESS_ELEMENTS}) - {"deltBosted"}
_PLACES: Final = frozenset(ADDRESS_ELEMENTS)


class Around(NamedTuple):
    """Whom the register told of around the persons of a batch.

    guardians: those with parental responsibility, by the number that the persons name them with. others: everybody else
    whose grading counts.
    """

    guardians: Mapping[str, PersonRecord]
    others: Sequence[PersonRecord]

    def identity(self, number: str) -> str:
        """The number in use of one of the guardians."""
        return current_number(self.guardians[number]) or number

    def outside(self, everybody: Iterable[PersonRecord]) -> Iterator[PersonRecord]:
        """Those of all these who are not in the batch. everybody: in the batch."""
        yield from self.others
        inside = set(map(current_number, everybody))
        yield from (record for record in self.guardians.values() if current_number(record) not in inside)


def read_around(
    access: Access, shown: Sequence[PersonRecord], everybody: Iterable[PersonRecord], of_guardians: frozenset[str]
) -> Around:
    """Reads the relatives of the shown persons, and those with parental responsibility unless `of_guardians` is empty.

    everybody: in the batch; they are not read again. of_guardians: the elements to show. Raises PartyError.
    """
    known = {number: record for record in everybody for number in _numbers(record)}
    named = _named(shown) if of_guardians else frozenset[str]()
    guardians = {number: known[number] for number in named & known.keys()}
    guardians |= read(access, named - known.keys(), _parts(access, of_guardians))
    others = relatives(access, shown, known={*known, *named})
    if not shows_address(of_guardians):
        return Around(guardians, others)
    theirs = {number for record in guardians.values() for number in relatives_of(record, access.elements)}
    seen = {number for record in (*known.values(), *guardians.values(), *others) for number in _numbers(record)}
    return Around(guardians, [*others, *read(access, theirs - seen, parts_for(COMPARED)).values()])


def _numbers(record: PersonRecord) -> Iterator[str]:
    return (held.foedselsEllerDNummer for held in record.identifikasjonsnummer if held.foedselsEllerDNummer)


def _named(shown: Iterable[PersonRecord]) -> frozenset[str]:
    held = (entry.ansvarlig for record in shown for entry in current(record.foreldreansvar))
    return frozenset(number for number in held if number and is_eleven_digits(number))


def _parts(access: Access, elements: frozenset[str]) -> Collection[str]:
    """What is shown of them, and what hides it: where they live and, where that is shown, with whom."""
    compared = COMPARED if shows_address(access.elements) else ()
    relations = access.elements & RELATIONS.keys() if shows_address(elements) else ()
    return parts_needed(access, {*elements, *compared, *relations})


def permitted_guardians(
    access: Access,
    around: Around,
    everybody: Iterable[PersonRecord],
    *,
    of_guardians: frozenset[str],
    marks_key: bytes,
) -> Mapping[str, PermittedRecord]:
    """Each of them as the role may see them in a list, by the number that names them.

    everybody: in the batch. Nobody whom a list would leave out has an address, nor has anybody who lives with a
    protected person.
    """
    elements = access.elements & ((of_guardians & GUARDIAN_ELEMENTS) | {PROTECTION_ELEMENT})
    persons = {around.identity(number): record for number, record in around.guardians.items()}
    hiding = [*around.others, *(record for record in everybody if current_number(record) not in persons)]
    judged = judge_together(list(persons.values()), hiding, elements=access.elements)
    restricted = {
        identity: restrict(
            record,
            elements=elements - _PLACES if is_left_out(access, record) else elements,
            protection=judgement.protection,
            households=keyed_marks(marks_key, judgement.exposed),
        )
        for (identity, record), judgement in zip(persons.items(), judged.each, strict=True)
    }
    return {number: restricted[around.identity(number)] for number in around.guardians}


def named_by(
    records: Iterable[PermittedRecord], guardians: Mapping[str, PermittedRecord]
) -> Mapping[str, PermittedRecord]:
    """Those of the guardians whom the permitted records still name."""
    named = {held.ansvarlig or "" for record in records for held in record.entries_of(of.FORELDREANSVAR)}
    return {number: record for number, record in guardians.items() if number in named}
