"""The formats of a list's file: how it is sent, what it needs, and the sheets of labels. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from citizenlists.content.layouts import LETTER_ELEMENTS, TO_GUARDIANS
from citizenlists.models import FileFormat, Layout, RowsPer
from roles.policy import elementtypes as of
from roles.vocabulary import element_name


class LabelSheet(NamedTuple):
    """A sheet of A4 with labels, in millimetres. left, top: where the first label begins. step_*: from one label to the
    next."""

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    step_across: float
    step_down: float


class FileType(NamedTuple):
    """How a file is sent."""

    content_type: str
    name: str
    ending: str


LABEL_SHEETS: Final = {
    FileFormat.LABELS_3X8.value: LabelSheet(3, 8, 70, 37, 0, 0.5, 70, 37),
    FileFormat.LABELS_3X7.value: LabelSheet(3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 38.1),
    FileFormat.LABELS_2X7.value: LabelSheet(2, 7, 99.1, 38.1, 4.67, 15.15, 101.57, 38.1),
}
_EXCEL: Final = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "innbyggerliste", "xlsx")
_CSV: Final = FileType("text/csv; charset=utf-8", "innbyggerliste", "csv")
_PDF: Final = FileType("application/pdf", "etiketter", "pdf")
_ON_LABELS: Final = frozenset({of.NAVN.key, *LETTER_ELEMENTS})
_IN_VACCINE: Final = _ON_LABELS | {of.IDENTIFIKASJONSNUMMER.key}


def file_type(file_format: str) -> FileType:
    """How a file of this format is sent."""
    if file_format in LABEL_SHEETS:
        return _PDF
    return _CSV if file_format == FileFormat.CSV else _EXCEL


def lacking_for(
    file_format: str, elements: Sequence[str], layout: str, rows_per: str = ""
) -> Iterator[tuple[str, str]]:
    """What the chosen elements lack for the format, or have beyond it: the field of the form, and what it says.

    An element that the file does not show is refused, so that nothing is fetched in vain.
    """
    if file_format == FileFormat.VACCINE:
        yield from _lacking_for_vaccine(elements, layout, rows_per)
    elif file_format in LABEL_SHEETS:
        if layout != Layout.LETTER:
            yield "file_format", _("Etiketter trenger oppsettet Etikett og brev.")
        needed = _ON_LABELS | {of.FORELDREANSVAR.key} if rows_per in TO_GUARDIANS else _ON_LABELS
        yield from _beyond(needed, elements, _("Etiketter viser bare navn og adresse."))


def _lacking_for_vaccine(elements: Sequence[str], layout: str, rows_per: str) -> Iterator[tuple[str, str]]:
    has_address = not set(LETTER_ELEMENTS).isdisjoint(elements)
    if not (has_address and {of.NAVN.key, of.IDENTIFIKASJONSNUMMER.key} <= set(elements)):
        yield "file_format", _("VAKSINE trenger fødselsnummer, navn og en adresse. Velg dem over.")
    if layout == Layout.LETTER:
        yield "file_format", _("VAKSINE har sine egne kolonner. Velg oppsettet Alle valgte opplysninger.")
    if rows_per not in ("", RowsPer.PERSON):
        yield "file_format", _("VAKSINE har en rad for hver person. Velg det over.")
    yield from _beyond(_IN_VACCINE, elements, _("VAKSINE har bare nummer, navn og adresse."))


def _beyond(shown: frozenset[str], elements: Sequence[str], said: str) -> Iterator[tuple[str, str]]:
    if beyond := [element_name(key) for key in elements if key not in shown]:
        yield "file_format", f"{said} {_('Ta bort')}: {', '.join(beyond)}."
