"""Several persons in one answer: the protection of one person also hides the shared address of the household."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from integrations.folkeregisteret.documents import PersonRecord
from roles.access import Access
from roles.policy.addressprotection import is_protected, shows_residence, verdict
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.judging import judge_together


class Together(NamedTuple):
    """Several restricted records.

    protecting: keyed marks of the protected households in this answer, used to hide the same addresses in other answers
    of the same act. hidden: indexes of the records whose address is hidden by the protection of another person.
    """

    records: tuple[PermittedRecord, ...]
    protecting: frozenset[str]
    hidden: frozenset[int]


def restricted_together(
    shown: Sequence[PersonRecord],
    *,
    elements: frozenset[str],
    marks_key: bytes,
    hiding: Iterable[PersonRecord] = (),
) -> Together:
    """Each shown record restricted to `elements`, without the address it shares with a protected person.

    marks_key: 32 random bytes for this act; marks made with another key cannot be compared with these. hiding: persons
    who are not shown, but whose protection counts for the shown. Confidential addresses are never opened for several
    persons at once.
    """
    judged = judge_together(shown, hiding, elements=elements)
    records = tuple(
        restrict(
            record,
            elements=elements,
            protection=judgement.protection,
            households=keyed_marks(marks_key, judgement.exposed),
        )
        for record, judgement in zip(shown, judged.each, strict=True)
    )
    hidden = frozenset(place for place, judgement in enumerate(judged.each) if judgement.is_reached)
    return Together(records, keyed_marks(marks_key, judged.protecting), hidden)


def is_left_out(access: Access, record: PersonRecord) -> bool:
    """Whether lists and address searches leave this person out.

    A protected person is left out for every role; a person without a residence to show is left out for a role that may
    not see gradings.
    """
    if is_protected(record):
        return True
    return not access.sees_gradings and not shows_residence(record, verdict(record, may_open=False))


def keyed_marks(key: bytes, marks: Iterable[str]) -> frozenset[str]:
    """The marks as keyed hashes, as they may leave the gate: without the key nobody can test an address or number."""
    return frozenset(keyed_mark(key, mark) for mark in marks)


def keyed_mark(key: bytes, mark: str) -> str:
    return blake2b(mark.encode(), digest_size=16, key=key).hexdigest()
