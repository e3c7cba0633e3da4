"""An order as the pages show it: words and figures, but no person."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from citizenlists.content.columns import listable
from citizenlists.content.criteriawords import words_of
from citizenlists.content.listtemplates import TEMPLATES
from citizenlists.models import FINAL, UNFINISHED, CitizenList, Failure, FileFormat, RowsPer, State
from citizenlists.orders import rights
from citizenlists.progress import Progress, progress_of
from roles.access import Access
from roles.vocabulary import element_name
from roles.vocabulary.places import as_kommune, with_its_number

_TAGS = {
    State.ORDERED: "info",
    State.BUILDING: "info",
    State.READY: "success",
    State.FAILED: "danger",
    State.CANCELLED: "neutral",
    State.EXPIRED: "neutral",
    State.DELETED: "neutral",
}


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order. note: that persons may be left out; "" before the list is ready.

    The note is the same on every list and has no figure, because the figures of two lists could be subtracted.
    """

    id: str
    title: str
    state: str
    state_name: str
    colour: str
    progress: Progress
    born: str
    narrowing: list[tuple[str, str]]
    kommune: str
    is_from_search: bool
    elements: list[str]
    rows_per: str
    is_of_persons: bool
    layout: str
    sorting: str
    file_format: str
    for_spreadsheets: bool
    purpose: str
    ordered_by: str
    ordered_at: datetime
    expires_at: datetime | None
    rows: int
    unread: int
    failure: str
    reason: str
    note: str
    rebuilt: bool
    can_be_ordered_again: bool
    #: Of the form that repeats the order.
    form_id: UUID = field(default_factory=uuid4)

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def can_be_taken_up_again(self) -> bool:
        return self.state == State.FAILED and self.failure not in FINAL and not self.is_from_search

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def has_file(self) -> bool:
        return self.is_ready and self.rows > 0


def present(order: CitizenList, *, chosen_role: UUID | None = None) -> OrderView:
    """The view of an order, which must have `ordered_by` fetched. chosen_role: a list is ordered again in its own."""
    state = State(order.state)
    return OrderView(
        id=str(order.pk),
        title=_title(order),
        state=state.value,
        state_name=str(state.label),
        colour=_TAGS[state],
        progress=progress_of(order, timezone.now()),
        born=_born(order),
        narrowing=words_of(rights.criteria_of(order).narrowing),
        kommune="" if order.searched_by else with_its_number(order.kommune),
        is_from_search=bool(order.searched_by),
        elements=[element_name(key) for key in listable(order.elements)],
        is_of_persons=order.rows_per == RowsPer.PERSON,
        rows_per=order.get_rows_per_display(),
        layout=order.get_layout_display(),
        sorting=order.get_sorting_display(),
        file_format=order.own_workbook.name if order.own_workbook else order.get_file_format_display(),
        for_spreadsheets=order.file_format != FileFormat.CSV,
        purpose=order.purpose,
        ordered_by=order.ordered_by.display_name,
        ordered_at=order.ordered_at,
        expires_at=order.expires_at,
        rows=order.rows,
        unread=order.unread,
        failure=order.failure,
        reason=str(Failure(order.failure).label) if order.failure else "",
        note=_("Noen kan være utelatt.") if state is State.READY else "",
        rebuilt=order.rebuilt,
        can_be_ordered_again=order.role_id == chosen_role and not order.searched_by,
    )


def about_list(order: CitizenList, access: Access) -> list[tuple[str, str]]:
    """What the workbook's page about the list says, for files that have no such page, as far as the list's page does
    not say it elsewhere. The legal bases are those that the role rests on now."""
    made = [(_("Laget"), date_format(timezone.localtime(order.ended_at), "DATETIME_FORMAT"))] if order.ended_at else []
    return [
        (_("Virksomhet"), access.organisation_name),
        (_("Rolle"), access.role_name),
        (_("Lovhjemler"), "; ".join(f"{basis.statute} {basis.section}" for basis in access.legal_bases)),
        *made,
        (_("Bestilling"), str(order.pk)),
    ]


def _born(order: CitizenList) -> str:
    if order.searched_by:
        return ""
    return str(order.born_from) if order.born_from == order.born_to else f"{order.born_from}–{order.born_to}"


def _title(order: CitizenList) -> str:
    """The template, the kommune and the year of the order; a list from a search has neither template nor kommune."""
    year = timezone.localtime(order.ordered_at).year
    if order.searched_by:
        return f"{_('Treffene i et søk')}, {year}"
    name = order.template_name or TEMPLATES[order.template].name
    return f"{name}, {as_kommune(order.kommune)}, {year}"
