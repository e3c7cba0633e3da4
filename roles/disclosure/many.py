"""disclose_many(): up to 1000 persons at once, for a citizen list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from integrations.folkeregisteret.documents import PersonRecord, current_number
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.clients import NOBODY, client, parts_needed
from roles.disclosure.guardians import named_by, permitted_guardians, read_around
from roles.disclosure.logentries import check_access, entry, log, logged
from roles.disclosure.together import is_left_out, keyed_mark, restricted_together
from roles.models import Use
from roles.policy.fieldpolicy import PermittedRecord, State

MAX_PERSONS = 1000


@dataclass(frozen=True, slots=True, repr=False)
class ManyDisclosed:
    """The answer for one batch of a list.

    records: one for each person. left_out: the number of persons not among them because is_left_out() holds for them.
    persons: a keyed mark for the person of each record, in the same order. left_out_marks: a keyed mark for each person
    left out. The marks show later who has joined or left the list. protected_addresses: keyed marks of protected
    households; a record in another batch of the same list must show no address when its `households` has one of them.
    unread: how many of those left out are so because nothing of the register's document could be read. Their gradings
    are not known, so the figure does not tell of anybody protected. guardians: those with parental responsibility for
    the persons of the records, by the numbers that these name them with.
    """

    records: tuple[PermittedRecord, ...]
    left_out: int
    protected_addresses: frozenset[str]
    left_out_marks: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()
    unread: int = 0
    guardians: Mapping[str, PermittedRecord] = field(default_factory=dict)


def disclose_many(
    access: Access, numbers: Sequence[str], *, marks_key: bytes, of_guardians: frozenset[str] = frozenset()
) -> ManyDisclosed:
    """The persons with these numbers, at most MAX_PERSONS, as the role may see them in a list.

    Persons whom the register does not know are missing from the answer. The register is asked even when `numbers` is
    empty, so that the time does not tell an empty batch from one in which every person is left out. marks_key: 32
    random bytes for the whole list; all batches use the same key, also when master keys are rotated. of_guardians: the
    elements to show of those with parental responsibility (guardians.GUARDIAN_ELEMENTS), as far as the role has them.
    One log entry with a row per person is committed before this returns. Raises ValueError for too many numbers,
    PartyError, PolicyViolation, and NoRole or SessionOver when the right was withdrawn before the register answered.
    """
    check_access(access, Use.CITIZEN_LIST)
    if len(numbers) > MAX_PERSONS:
        raise ValueError(f"at most {MAX_PERSONS} persons at once")
    asked = replace(entry(access, Event.BATCH_ASKED), elements_asked=access.elements)
    with logged(asked, Event.BATCH_ANSWERED):
        found, unread = _find(access, numbers)
        hidden = {number for number, person in found if is_left_out(access, person)}
        left_out = [person for number, person in found if number in hidden]
        shown = [person for number, person in found if number not in hidden]
        everybody = [person for _, person in found]
        around = read_around(access, shown, everybody, of_guardians)
        hiding = [*left_out, *around.outside(everybody)]
        together = restricted_together(shown, elements=access.elements, marks_key=marks_key, hiding=hiding)
        permitted = permitted_guardians(access, around, everybody, of_guardians=of_guardians, marks_key=marks_key)
        guardians = named_by(together.records, permitted)
        access.check_still_held()
        answer = replace(
            asked,
            event=Event.BATCH_ANSWERED,
            outcome=Outcome.DELIVERED if shown else Outcome.NONE,
            elements_delivered=_delivered([*together.records, *guardians.values()], access.elements),
        )
        told = frozenset(map(around.identity, guardians))
        subjects = [
            _subject(number, person, number in hidden and current_number(person) not in told)
            for number, person in found
        ]
        log(answer, subjects=[*subjects, *_others_told(told, everybody)])
    return ManyDisclosed(
        together.records,
        len(left_out),
        together.protecting,
        frozenset(_marks(marks_key, left_out)),
        tuple(_marks(marks_key, shown)),
        unread,
        guardians,
    )


def _find(access: Access, numbers: Sequence[str]) -> tuple[list[tuple[str, PersonRecord]], int]:
    """The known persons, each with the number asked for, and how many of them could not be read. A person asked for by
    two numbers comes once."""
    parts = parts_needed(access, access.elements)
    answers = client(access.organisation_number).bulk(access.package, numbers or [NOBODY], parts)
    known = [(answer.asked, answer.person) for answer in answers if answer.person is not None]
    found = {current_number(person): (asked, person) for asked, person in known}
    return list(found.values()), len({answer.asked for answer in answers if answer.is_unread})


def _delivered(records: Iterable[PermittedRecord], elements: frozenset[str]) -> frozenset[str]:
    """The elements that have a value in at least one record. Stops looking when each of them is found."""
    missing = set(elements)
    for record in records:
        missing -= {key for key in missing if record[key].state is State.VALUE}
        if not missing:
            break
    return elements - missing


def _marks(key: bytes, persons: Sequence[PersonRecord]) -> Iterator[str]:
    return (keyed_mark(key, f"person {current_number(person)}") for person in persons)


def _subject(number: str, person: PersonRecord, is_hidden: bool) -> Subject:
    outcome = Outcome.DENIED if is_hidden else Outcome.DELIVERED
    return Subject(asked=number, current=current_number(person), outcome=outcome)


def _others_told(told: frozenset[str], everybody: Sequence[PersonRecord]) -> Iterator[Subject]:
    """The persons told of who are not in the batch themselves."""
    outside = sorted(told - set(map(current_number, everybody)))
    return (Subject(asked=number, current=number, outcome=Outcome.DELIVERED) for number in outside)
