"""The layouts of a list: its columns, and those that only say in which order its rows stand. Pure."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from django.utils.translation import gettext as _

from citizenlists.content.columns import Column, Read, columns_for
from citizenlists.models import CitizenList, FileFormat, Layout, Sorting
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import CellKind, SheetColumn
from roles.policy import elementtypes as of
from roles.vocabulary.labels import label_of
from roles.vocabulary.persons import full_name

#: The elements with an address for letters, the best first: where the person wants letters, then where they live.
LETTER_ELEMENTS = ("postadresse", "postadresseIUtlandet", "bostedsadresse", "oppholdsadresse")
_IN_LETTERS = frozenset({of.NAVN.key, *LETTER_ELEMENTS})
_NAME_PARTS = ("Etternavn", "Fornavn", "Mellomnavn")
_LABEL = (
    ("c/o", 20, "care_of"),
    ("Adresselinje 1", 32, "line_1"),
    ("Adresselinje 2", 24, "line_2"),
    ("Adresselinje 3", 24, "line_3"),
    ("Postnummer", 11, "postal_code"),
    ("Poststed", 20, "postal_place"),
    ("Land", 16, "country"),
)


def shown_columns(order: CitizenList) -> tuple[Column, ...]:
    """The columns of the file. A letter has name and address first, and then what else was chosen."""
    if order.file_format == FileFormat.VACCINE:
        return vaccine_columns(order.elements)
    if order.layout != Layout.LETTER:
        return columns_for(order.elements)
    others = columns_for(set(order.elements) - _IN_LETTERS)
    return (_full_name(), *_label(order.elements), *others)


def vaccine_columns(elements: Sequence[str]) -> tuple[Column, ...]:
    """The columns of VAKSINE: always these, in this order. No public source names them; they are our assumption."""
    return (*columns_for([of.IDENTIFIKASJONSNUMMER.key, of.NAVN.key]), *_label(elements))


def every_header() -> dict[str, CellKind]:
    """The headers of all columns that a list can have."""
    columns = (*columns_for(ELEMENTS), _full_name(), *_label(LETTER_ELEMENTS))
    return {column.sheet.header: column.sheet.kind for column in columns}


def headers_of(element: str) -> set[str]:
    """The headers of the columns that show this element in some layout."""
    in_letter = (_full_name(), *_label(LETTER_ELEMENTS)) if element in _IN_LETTERS else ()
    return {column.sheet.header for column in (*columns_for([element]), *in_letter)}


def stored_columns(order: CitizenList) -> tuple[Column, ...]:
    """The columns of the file and after them those that its rows are sorted by, which are not in the file."""
    return (*shown_columns(order), *_sorted_by(order))


def _sorted_by(order: CitizenList) -> Sequence[Column]:
    if order.sorting == Sorting.NAME:
        parts = {column.sheet.header: column for column in columns_for([of.NAVN.key])}
        return [parts[header] for header in _NAME_PARTS]
    if not order.sorting:
        return []
    label = {column.sheet.header: column for column in _label(order.elements)}
    street = [label["Land"], label["Adresselinje 1"], label["Adresselinje 2"], label["Adresselinje 3"]]
    postal = [label["Postnummer"], label["Poststed"]]
    if order.sorting == Sorting.POSTAL_CODE:
        return [label["Land"], *postal, *street[1:]]
    return [*street, *postal]


def lacking(elements: Sequence[str], layout: str, sorting: str) -> Iterator[tuple[str, str]]:
    """What the chosen elements lack for the layout and the sorting: the field of the form, and what it says."""
    has_name, has_address = of.NAVN.key in elements, not set(LETTER_ELEMENTS).isdisjoint(elements)
    if layout == Layout.LETTER and not (has_name and has_address):
        yield "layout", _("Etikett og brev trenger navn og en adresse. Velg dem over.")
    if sorting == Sorting.NAME and not has_name:
        yield "sorting", _("Velg navn over for å sortere etter etternavn.")
    if sorting in (Sorting.ADDRESS, Sorting.POSTAL_CODE) and not has_address:
        yield "sorting", _("Velg en adresse over for å sortere etter den.")


def _full_name() -> Column:
    return Column(of.NAVN.key, SheetColumn("Navn", CellKind.TEXT, 32), lambda names: full_name(names[0]) or None)


def _label(elements: Sequence[str]) -> list[Column]:
    chosen = [element for element in LETTER_ELEMENTS if element in elements]
    return [
        Column(chosen[0], SheetColumn(header, CellKind.TEXT, width), _read(part), label_of, tuple(chosen[1:]))
        for header, width, part in _LABEL
    ]


def _read(part: str) -> Read:
    take = attrgetter(part)
    return lambda label: take(label) or None
