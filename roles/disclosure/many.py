"""Many persons at once, for a list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from integrations.folkeregisteret.documents import PersonRecord, current_number
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.clients import NOBODY, client, parts_needed
from roles.disclosure.logentries import check_access, entry, log, logged
from roles.disclosure.relatives import relatives
from roles.disclosure.together import is_left_out, keyed_mark, restricted_together
from roles.models import Use
from roles.policy.fieldpolicy import PermittedRecord, State

MAX_PERSONS = 1000


@dataclass(frozen=True, slots=True, repr=False)
class ManyDisclosed:
    """records: each person once. left_out: how many are not among them, for whom is_left_out() holds.

    persons: a keyed mark of each record's person, in the same order, and left_out_marks: one of each who is left out,
    to see later who has come and gone.
    protected_addresses: keyed marks; a record of another batch of the same list whose `households` has one of them is
    to show no address.
    """

    records: tuple[PermittedRecord, ...]
    left_out: int
    protected_addresses: frozenset[str]
    left_out_marks: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()


def disclose_many(access: Access, numbers: Sequence[str], *, marks_key: bytes) -> ManyDisclosed:
    """At most MAX_PERSONS persons by number; those the register does not know are missing from the answer. The register
    is asked for no numbers too, so that the time does not tell nobody from those who are left out.

    marks_key: 32 random bytes of the act that the batches belong to, the same for all of them, whatever is rotated.
    One entry in the log with a row per person, committed before this returns. Raises PartyError,
    PolicyViolation, NoRole or SessionOver when the right is gone by the time the register has answered, ValueError for
    too many.
    """
    check_access(access, Use.CITIZEN_LIST)
    if len(numbers) > MAX_PERSONS:
        raise ValueError(f"at most {MAX_PERSONS} persons at once")
    asked = replace(entry(access, Event.BATCH_ASKED), elements_asked=access.elements)
    with logged(asked, Event.BATCH_ANSWERED):
        found = _found(access, numbers)
        hidden = {number for number, person in found if is_left_out(access, person)}
        left_out = [person for number, person in found if number in hidden]
        shown = [person for number, person in found if number not in hidden]
        hiding = [*left_out, *_relatives(access, shown, found)]
        together = restricted_together(shown, elements=access.elements, marks_key=marks_key, hiding=hiding)
        access.check_still_held()
        answer = replace(
            asked,
            event=Event.BATCH_ANSWERED,
            outcome=Outcome.DELIVERED if shown else Outcome.NONE,
            elements_delivered=_delivered(together.records, access.elements),
        )
        log(answer, subjects=[_subject(number, person, number in hidden) for number, person in found])
    return ManyDisclosed(
        together.records,
        len(left_out),
        together.protecting,
        frozenset(_marks(marks_key, left_out)),
        tuple(_marks(marks_key, shown)),
    )


def _found(access: Access, numbers: Sequence[str]) -> list[tuple[str, PersonRecord]]:
    """Number asked and person. Two numbers of one person are one person."""
    parts = parts_needed(access, access.elements)
    answers = client(access.organisation_number).bulk(access.package, numbers or [NOBODY], parts)
    known = [(answer.asked, answer.person) for answer in answers if answer.person is not None]
    return list({current_number(person): (asked, person) for asked, person in known}.values())


def _relatives(
    access: Access, shown: Sequence[PersonRecord], found: Sequence[tuple[str, PersonRecord]]
) -> list[PersonRecord]:
    return relatives(access, shown, known=(current_number(person) or "" for _, person in found))


def _delivered(records: Iterable[PermittedRecord], elements: frozenset[str]) -> frozenset[str]:
    """Those of the elements that have a value in any record. Each is looked for until it is found, and no longer."""
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
