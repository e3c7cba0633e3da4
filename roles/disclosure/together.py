"""Several persons in one answer: protection of one reaches the household."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from integrations.folkeregisteret.documents import PersonRecord
from roles.access import Access
from roles.policy.addressprotection import is_protected, shows_residence, verdict
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.judging import judge_together


class Together(NamedTuple):
    """protecting: keyed marks of the protected households met, for hiding them in other answers of the same act.

    hidden: the places among the records of those whose address somebody else's protection hides.
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
    """Each shown record restricted, without the address it shares with a protected person.

    marks_key: 32 random bytes that belong to this act, so that its marks compare with each other and with nothing else.
    hiding: protected or not, those who are not shown but whose protection reaches the shown. Confidential addresses are
    never opened for several persons at once.
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
    """Whether lists and address searches go without this person: protected, or, to a role that may not see gradings,
    without a residence to show."""
    if is_protected(record):
        return True
    return not access.sees_gradings and not shows_residence(record, verdict(record, may_open=False))


def keyed_marks(key: bytes, marks: Iterable[str]) -> frozenset[str]:
    """The marks as they may leave the gate: whoever lacks the key cannot try an address or a number on them."""
    return frozenset(keyed_mark(key, mark) for mark in marks)


def keyed_mark(key: bytes, mark: str) -> str:
    return blake2b(mark.encode(), digest_size=16, key=key).hexdigest()
