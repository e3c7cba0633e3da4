"""The persons on a list as keyed marks: who they are, where they live, and whom they live with. Pure.

A download compares those of today with those of the building, without any person's data.
"""

from collections.abc import Iterator
from hashlib import blake2b

import msgspec
from django.utils import translation

from citizenlists.content.criteria import ListCriteria, is_dead
from roles.disclosure import ManyDisclosed
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.envelope import address_lines, is_care_of


class Resident(msgspec.Struct, frozen=True, array_like=True):
    """home: a mark of the address that the role sees; "" when it sees none. households: marks of the person's addresses
    and family."""

    home: str
    households: tuple[str, ...]


def residents(disclosed: ManyDisclosed, criteria: ListCriteria, *, marks_key: bytes) -> dict[str, Resident]:
    """Those who meet the criteria, by the mark of the person."""
    with translation.override("nb"):  # the words of an address are compared, not those of a reader's language
        return {
            mark: Resident(_home(record, marks_key), tuple(record.households))
            for mark, record in _each(disclosed)
            if criteria.admits(record)
        }


def dead(disclosed: ManyDisclosed) -> frozenset[str]:
    """The marks of those who are dead, as far as the role sees it."""
    return frozenset(mark for mark, record in _each(disclosed) if is_dead(record))


def _each(disclosed: ManyDisclosed) -> Iterator[tuple[str, PermittedRecord]]:
    return zip(disclosed.persons, disclosed.records, strict=True)


def _home(record: PermittedRecord, marks_key: bytes) -> str:
    """The same for the same words of the address, whenever it began and whoever's letter box it is."""
    entries = record.entries_of(of.BOSTEDSADRESSE)
    written = [line for entry in entries for form in address_lines(entry) for line in form.envelope]
    lines = [line for line in written if not is_care_of(line)]
    return blake2b("\n".join(lines).encode(), digest_size=8, key=marks_key).hexdigest() if lines else ""
