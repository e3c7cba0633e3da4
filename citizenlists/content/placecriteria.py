"""Criteria about where somebody lives. Pure.

They see only the addresses that the gate let through, and a person without any meets none of them. After them the
household rule of the whole list is applied (building.pipeline.Households): a person whose address another chunk
hides is left out of a list that was filtered by place. Otherwise being on it would tell the hidden address.
"""

from collections.abc import Callable, Collection
from datetime import date
from operator import attrgetter

from integrations.folkeregisteret.documents import Address, Bostedsadresse
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.envelope import address_lines, kommune_number, letter_columns

#: The fields of Narrowing that read an address.
BY_PLACE = frozenset({"kommune_by", "postal_codes", "district", "district_numbers", "moved_since"})
#: The value of Narrowing.kommune_by for a kommune where somebody stays and does not live.
STAY = "opphold"


def stays_in(record: PermittedRecord, kommune: str) -> bool:
    """Whether a place of stay is in the kommune."""
    return any(kommune_number(entry) == kommune for entry in record.entries_of(of.OPPHOLDSADRESSE))


def has_postal_code(record: PermittedRecord, codes: Collection[str]) -> bool:
    """Whether a residence has one of these postal codes."""
    return any(not _postal_codes(home).isdisjoint(codes) for home in record.entries_of(of.BOSTEDSADRESSE))


def is_in_district(record: PermittedRecord, kind: str, numbers: Collection[str]) -> bool:
    """Whether a residence is in one of these districts. kind: one of criteriawords.DISTRICT_NAMES. numbers: with or
    without zeros in front."""
    number_of: Callable[[Bostedsadresse], int | None] = attrgetter(kind)
    wanted = {int(number) for number in numbers}
    return any(number_of(home) in wanted for home in record.entries_of(of.KRETSER))


def has_moved_since(record: PermittedRecord, day: date) -> bool:
    """Whether somebody moved to a residence on this day or later. Without a registered day nobody did."""
    return any(home.flyttedato and home.flyttedato >= day for home in record.entries_of(of.BOSTEDSADRESSE))


def _postal_codes(entry: Address) -> set[str]:
    return {letter_columns(lines).postal_code for lines in address_lines(entry)} - {""}
