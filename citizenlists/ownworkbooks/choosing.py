"""An organisation's own workbooks in the order form."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from citizenlists.content.layouts import headers_of
from citizenlists.models import OwnWorkbook
from integrations.spreadsheets.stream import SheetColumn
from roles.access import Access
from roles.vocabulary import element_name

#: How the value of the choice of an own workbook begins. The workbook's id follows.
OWN = "own-"


def choices_of(access: Access) -> list[tuple[str, str]]:
    """The workbooks that somebody with this access may choose, as choices of the file's format."""
    rows = OwnWorkbook.objects.filter(organisation_id=access.organisation_id, is_active=True).defer("shell")
    return [(f"{OWN}{row.pk}", _("Excel: %(name)s") % {"name": row.name}) for row in rows]


def id_of(choice: str) -> UUID | None:
    """The id of the workbook that was chosen; None for a format of ours."""
    return UUID(choice.removeprefix(OWN)) if choice.startswith(OWN) else None


def lacking_for_workbook(workbook_id: UUID, elements: Sequence[str], columns: Sequence[SheetColumn]) -> Iterator[str]:
    """What the list lacks for the workbook, or has beyond it. columns: of the list.

    An element that the workbook does not show is refused, so that nothing is fetched in vain.
    """
    headers = [column.header for column in columns]
    needed = OwnWorkbook.objects.values_list("headers", flat=True).get(pk=workbook_id)
    if lacking := [header for header in needed if header not in headers]:
        yield _("Arbeidsboken har kolonner som listen ikke har: %(columns)s.") % {"columns": ", ".join(lacking)}
    if beyond := [element_name(key) for key in elements if headers_of(key).isdisjoint(needed)]:
        yield _("Arbeidsboken viser ikke: %(elements)s. Ta dem bort.") % {"elements": ", ".join(beyond)}
