"""Several persons in one answer: protection of one reaches the household."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from integrations.folkeregisteret.documents import PersonRecord
from roles.access import Access
from roles.addressprotection import exposed_marks, household_verdict, protecting_marks, verdict
from roles.fieldpolicy import PermittedRecord, restrict
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

    hiding: protected or not, those who are not shown but whose protection reaches the shown.

    Confidential addresses are never opened for several persons at once.
    """
    own = [protecting_marks(record) for record in shown]
    counted = Counter(mark for marks in [*own, *map(protecting_marks, hiding)] for mark in marks)
    records = []
    for record, its_own in zip(shown, own, strict=True):
        exposed = exposed_marks(record)
        protection = verdict(record, may_open=False)
        if counted and any(counted[mark] > (mark in its_own) for mark in exposed):
            protection = household_verdict(protection)
        households = _keyed(access, exposed)
        records.append(restrict(record, elements=elements, protection=protection, households=households))
    return Together(tuple(records), _keyed(access, counted))


def _keyed(access: Access, marks: Iterable[str]) -> frozenset[str]:
    return frozenset(keyed_hash("household", access.organisation_id, mark) for mark in marks)
