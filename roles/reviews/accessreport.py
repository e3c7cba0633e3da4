"""The access report of an organisation: as rows, as CSV and as a workbook.

The first three columns of both files are those of KS's report. KS separates with commas; our separator is the one that
Norwegian spreadsheets expect. We store no personnummer, so that column is empty; the columns after the first three hold
the holder's name and our id.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, overload
from uuid import UUID

from django.utils import timezone

from integrations.spreadsheets import tables
from integrations.spreadsheets.tables import Cell, workbook
from roles.models import Administratorship, Organisation, RoleAssignment
from roles.reviews.holders import HeldByName, administratorships_in, held_by_name


class AccessType(StrEnum):
    """The kinds of access. USER and ADMINISTRATOR are KS's words, INTEGRATION is ours; they are not translated."""

    USER = "Bruker"
    ADMINISTRATOR = "Administrator"
    INTEGRATION = "Integrasjon"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """One access. role: the role's name, or the kind of administrator. group: the group it is held through, or ""."""

    role: str
    holder_id: UUID
    kind: AccessType
    name: str
    group: str = ""
    service_area: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    given_by: str = ""


_AT_ONCE: Final = 1000
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
    """The rows of the report, each read and made when it is asked for: a page shows a hundred of many thousands."""

    def __init__(self, found: Sequence[HeldByName], rights: Sequence[Administratorship]) -> None:
        """found: the roles held. rights: the administratorships."""
        self._found, self._rights = found, rights

    def __len__(self) -> int:
        return len(self._found) + len(self._rights)

    def __iter__(self) -> Iterator[AccessRow]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    @overload
    def __getitem__(self, index: int) -> AccessRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[AccessRow]: ...
    def __getitem__(self, index: int | slice) -> AccessRow | list[AccessRow]:
        places = range(len(self))[index]
        return self._rows([places])[0] if isinstance(places, int) else self._rows(places)

    def _rows(self, places: Iterable[int]) -> list[AccessRow]:
        held = [self._found[place] for place in places if place < len(self._found)]
        rights = [self._rights[place - len(self._found)] for place in places if place >= len(self._found)]
        rows = RoleAssignment.objects.select_related("role__service_area", "group", "given_by")
        assignments = rows.in_bulk([each.assignment_id for each in held])
        return [_of_role(each, assignments[each.assignment_id]) for each in held] + [*map(_of_right, rights)]


def access_report(organisation: Organisation) -> AccessReport:
    """The report on all who have access now: first the holders of roles, then the administrators."""
    return AccessReport(held_by_name(organisation), list(administratorships_in(organisation)))


def as_csv(rows: Sequence[AccessRow]) -> bytes:
    """The report as CSV, as tables.as_csv writes it."""
    return tables.as_csv(CSV_COLUMNS, ((row.role, _NO_NUMBER, row.kind, row.name, row.holder_id) for row in rows))


def as_workbook(rows: Sequence[AccessRow]) -> bytes:
    """The report with all columns, as a workbook (.xlsx)."""
    return workbook("Tilganger", SHEET_COLUMNS, map(_cells, rows))


def _cells(row: AccessRow) -> list[Cell]:
    who: list[Cell] = [row.role, _NO_NUMBER, row.kind.value, row.name, str(row.holder_id)]
    return [*who, row.group, row.service_area, row.valid_from, row.valid_to, row.given_by]


def _of_role(held: HeldByName, assignment: RoleAssignment) -> AccessRow:
    return AccessRow(
        role=held.role,
        holder_id=held.holder_id,
        kind=AccessType.INTEGRATION if held.is_integration else AccessType.USER,
        name=held.holder,
        group=str(assignment.group or ""),
        service_area=assignment.role.service_area.name,
        valid_from=timezone.localtime(assignment.valid_from),
        valid_to=timezone.localtime(assignment.valid_to) if assignment.valid_to else None,
        given_by=str(assignment.given_by or ""),
    )


def _of_right(right: Administratorship) -> AccessRow:
    return AccessRow(
        role=right.get_kind_display(),
        holder_id=right.employee_id,
        kind=AccessType.ADMINISTRATOR,
        name=right.employee.display_name,
    )
