"""Several persons in one answer: protection of one reaches the household."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from integrations.folkeregisteret.documents import PersonRecord
from roles.access import Access
from roles.addressprotection import (
    exposed_marks,
    household_verdict,
    is_protected,
    protecting_marks,
    shows_residence,
    verdict,
)
from roles.fieldpolicy import PermittedRecord, restrict
from roles.households import ADDRESS_ELEMENTS
from roles.keyring import keyed_hash


class Together(NamedTuple):
    """protecting: keyed marks of the protected households met, for hiding them in other answers of the same act."""

    records: tuple[PermittedRecord, ...]
    protecting: frozenset[str]


def restricted_together(
    access: Access,
    shown: Sequence[PersonRecord],
    *,
    elements: frozenset[str],
    hiding: Iterable[PersonRecord] = (),
) -> Together:
    """Each shown record restricted, without the address it shares with a protected person.

    hiding: protected or not, those who are not shown but whose protection reaches the shown. Confidential addresses are
    never opened for several persons at once.
    """
    own = [protecting_marks(record) for record in shown]
    counted = Counter(mark for marks in [*own, *map(protecting_marks, hiding)] for mark in marks)
    with_address = not elements.isdisjoint(ADDRESS_ELEMENTS)
    key = _key(access)
    records = []
    for record, its_own in zip(shown, own, strict=True):
        exposed = exposed_marks(record)
        protection = verdict(record, may_open=False)
        if with_address and counted and any(counted[mark] > (mark in its_own) for mark in exposed):
            protection = household_verdict(protection)
        records.append(restrict(record, elements=elements, protection=protection, households=_keyed(key, exposed)))
    return Together(tuple(records), _keyed(key, counted))


def is_left_out(access: Access, record: PersonRecord) -> bool:
    """Whether lists and address searches go without this person: protected, or, to a role that may not see gradings,
    without a residence to show."""
    if is_protected(record):
        return True
    return not access.sees_gradings and not shows_residence(record, verdict(record, may_open=False))


def _key(access: Access) -> bytes:
    """One for the organisation, so that its marks say nothing to another. 64 bytes: the most that BLAKE2b takes."""
    return keyed_hash("household", access.organisation_id, "marks").encode()


def _keyed(key: bytes, marks: Iterable[str]) -> frozenset[str]:
    return frozenset(blake2b(mark.encode(), digest_size=16, key=key).hexdigest() for mark in marks)
