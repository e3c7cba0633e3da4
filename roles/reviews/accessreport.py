"""The access report of an organisation: as rows, as CSV and as a workbook.

The first three columns of both files are exactly those of KS's report; theirs is parted by commas, ours as Norwegian
spreadsheets open it. We keep nobody's personnummer: that column is empty, and whose the access is stands behind it, by
name and by our id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, overload
from uuid import UUID

from django.utils import timezone

from integrations.spreadsheets import tables
from integrations.spreadsheets.tables import Cell, workbook
from roles.models import Administratorship, Organisation, ServiceArea
from roles.reviews.held import HeldByName, administratorships_in, held_by_name


class AccessType(StrEnum):
    """In KS's words, and one of ours beside them; they are not translated."""

    USER = "Bruker"
    ADMINISTRATOR = "Administrator"
    INTEGRATION = "Integrasjon"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """One access. role: its name, or the kind of administrator. group: through which it is held, if it is."""

    role: str
    holder_id: UUID
    kind: AccessType
    name: str
    group: str = ""
    service_area: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    given_by: str = ""


CSV_COLUMNS: Final = ("Rollenavn", "Personnummer", "Tilgangstype", "Navn", "Id")
_NO_NUMBER: Final = ""
#: Header and width in characters, in the order of the columns.
SHEET_COLUMNS: Final = {
    "Rollenavn": 32,
    "Personnummer": 15,
    "Tilgangstype": 15,
    "Navn": 32,
    "Id": 38,
    "Gruppe": 24,
    "Tjenesteområde": 24,
    "Gjelder fra": 18,
    "Gjelder til": 18,
    "Gitt av": 32,
}


class AccessReport(Sequence[AccessRow]):
    """Rows that are made when somebody looks at them: a page shows a hundred of thousands."""

    def __init__(
        self, found: Sequence[HeldByName], rights: Sequence[Administratorship], areas: Mapping[str, str]
    ) -> None:
        """areas: what each service area is called."""
        self._found, self._rights, self._areas = found, rights, areas

    def __len__(self) -> int:
        return len(self._found) + len(self._rights)

    @overload
    def __getitem__(self, index: int) -> AccessRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[AccessRow]: ...
    def __getitem__(self, index: int | slice) -> AccessRow | list[AccessRow]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index >= len(self):
            raise IndexError(index)
        index %= len(self)
        held = len(self._found)
        return _of_role(self._found[index], self._areas) if index < held else _of_right(self._rights[index - held])


def access_report(organisation: Organisation) -> AccessReport:
    """Everybody and everything that has access now: who may see, then who administers."""
    areas = {area.code: area.name for area in ServiceArea.objects.all()}
    return AccessReport(held_by_name(organisation), list(administratorships_in(organisation)), areas)


def as_csv(rows: Sequence[AccessRow]) -> bytes:
    """For people, as tables.as_csv writes it."""
    return tables.as_csv(CSV_COLUMNS, ((row.role, _NO_NUMBER, row.kind, row.name, row.holder_id) for row in rows))


def as_workbook(rows: Sequence[AccessRow]) -> bytes:
    """The whole report (.xlsx)."""
    return workbook("Tilganger", SHEET_COLUMNS, map(_cells, rows))


def _cells(row: AccessRow) -> list[Cell]:
    who: list[Cell] = [row.role, _NO_NUMBER, row.kind.value, row.name, str(row.holder_id)]
    return [*who, row.group, row.service_area, row.valid_from, row.valid_to, row.given_by]


def _of_role(held: HeldByName, areas: Mapping[str, str]) -> AccessRow:
    return AccessRow(
        role=held.role,
        holder_id=held.holder_id,
        kind=AccessType.INTEGRATION if held.is_integration else AccessType.USER,
        name=held.holder,
        group=held.group,
        service_area=areas[held.service_area],
        valid_from=timezone.localtime(held.valid_from),
        valid_to=timezone.localtime(held.valid_to) if held.valid_to else None,
        given_by=held.given_by,
    )


def _of_right(right: Administratorship) -> AccessRow:
    return AccessRow(
        role=right.get_kind_display(),
        holder_id=right.employee_id,
        kind=AccessType.ADMINISTRATOR,
        name=right.employee.display_name,
    )
