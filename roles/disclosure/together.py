"""Several persons in one answer: protection of one reaches the household."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from integrations.folkeregisteret.documents import PersonRecord
from roles.access import Access
from roles.policy.addressprotection import (
    exposed_marks,
    household_verdict,
    is_protected,
    protecting_marks,
    shows_residence,
    verdict,
)
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.marks import ADDRESS_ELEMENTS


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
    own = [protecting_marks(record) for record in shown]
    counted = Counter(mark for marks in [*own, *map(protecting_marks, hiding)] for mark in marks)
    with_address = not elements.isdisjoint(ADDRESS_ELEMENTS)
    records, hidden = list[PermittedRecord](), set[int]()
    for place, (record, its_own) in enumerate(zip(shown, own, strict=True)):
        exposed = exposed_marks(record)
        protection = verdict(record, may_open=False)
        if with_address and counted and any(counted[mark] > (mark in its_own) for mark in exposed):
            protection = household_verdict(protection)
            hidden.add(place)
        records.append(
            restrict(record, elements=elements, protection=protection, households=keyed_marks(marks_key, exposed))
        )
    return Together(tuple(records), keyed_marks(marks_key, counted), frozenset(hidden))


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
