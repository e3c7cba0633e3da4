"""The layouts of a list: the columns of its file, and those that only say in which order its rows stand. Pure."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from django.utils.translation import gettext as _

from citizenlists.content.columns import Column, Read, columns_for
from citizenlists.models import CitizenList, FileFormat, Layout, RowsPer, Sorting
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import CellKind, SheetColumn
from roles.policy import elementtypes as of
from roles.vocabulary.labels import LabelColumns, label_of
from roles.vocabulary.persons import full_name

#: The elements with an address for letters, the best first: where the person wants letters, then where they live.
LETTER_ELEMENTS = ("postadresse", "postadresseIUtlandet", "bostedsadresse", "oppholdsadresse")
#: The rows that go to those with parental responsibility.
TO_GUARDIANS = frozenset({RowsPer.GUARDIANS, RowsPer.GUARDIAN_HOMES})
_IN_LETTERS = frozenset({of.NAVN.key, *LETTER_ELEMENTS})
_NAME_PARTS = ("Fornavn", "Mellomnavn", "Etternavn")
_SORTED_NAME = ("Etternavn", "Fornavn", "Mellomnavn")
_LABEL = (
    ("c/o", 20, "care_of"),
    ("Adresselinje 1", 32, "line_1"),
    ("Adresselinje 2", 24, "line_2"),
    ("Adresselinje 3", 24, "line_3"),
    ("Postnummer", 11, "postal_code"),
    ("Poststed", 20, "postal_place"),
    ("Land", 16, "country"),
)
#: The columns of rows for several persons, and of whom a letter goes to.
_OF_LETTERS = ("Personer", "Gjelder", "Brev til")
#: The columns of a label in the order in which addresses are sorted.
STREET_FIRST = ("Land", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed")
POSTAL_CODE_FIRST = ("Land", "Postnummer", "Poststed", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3")


def shown_columns(order: CitizenList) -> tuple[Column, ...]:
    """The columns of a file with a row for each person. A letter has name and address first, and then what else was
    chosen."""
    if order.file_format == FileFormat.VACCINE:
        return vaccine_columns(order.elements)
    if order.layout != Layout.LETTER:
        return columns_for(order.elements)
    return (full_name_column(), *label(order.elements), *other_columns(order))


def other_columns(order: CitizenList) -> tuple[Column, ...]:
    """The columns of what was chosen beside the names and, in a letter, the addresses."""
    return columns_for(set(order.elements) - (_IN_LETTERS if order.layout == Layout.LETTER else {of.NAVN.key}))


def vaccine_columns(elements: Sequence[str]) -> tuple[Column, ...]:
    """The columns of VAKSINE: always these, in this order. No public source names them; they are our assumption."""
    return (*columns_for([of.IDENTIFIKASJONSNUMMER.key, of.NAVN.key]), *label(elements))


def every_header() -> dict[str, CellKind]:
    """The headers of all columns that a list can have."""
    columns = (*columns_for(ELEMENTS), full_name_column(), *label(LETTER_ELEMENTS))
    return {column.sheet.header: column.sheet.kind for column in columns} | dict.fromkeys(_OF_LETTERS, CellKind.TEXT)


def headers_of(element: str) -> set[str]:
    """The headers of the columns that show this element in some layout."""
    in_letter = (full_name_column(), *label(LETTER_ELEMENTS)) if element in _IN_LETTERS else ()
    return {column.sheet.header for column in (*columns_for([element]), *in_letter)}


def shown_elements(elements: Sequence[str], rows_per: str) -> list[str]:
    """The elements that a file shows: not those that only say whom the rows go to."""
    return [key for key in elements if not (key == of.FORELDREANSVAR.key and rows_per in TO_GUARDIANS)]


def sorted_by(order: CitizenList) -> Sequence[Column]:
    """The columns that the rows of persons are sorted by."""
    if order.sorting == Sorting.NAME:
        return name_parts(_SORTED_NAME)
    columns = {column.sheet.header: column for column in label(order.elements)}
    return [columns[header] for header in address_order(order)]


def address_order(order: CitizenList) -> Sequence[str]:
    """The headers of a label in the order that the rows are sorted by; none when they are not sorted by address."""
    return {Sorting.ADDRESS.value: STREET_FIRST, Sorting.POSTAL_CODE.value: POSTAL_CODE_FIRST}.get(order.sorting, ())


def lacking(elements: Sequence[str], layout: str, sorting: str, rows_per: str = "") -> Iterator[tuple[str, str]]:
    """What the chosen elements lack for the layout, the sorting and the rows: the field of the form, and what it
    says."""
    has_name, has_address = of.NAVN.key in elements, not set(LETTER_ELEMENTS).isdisjoint(elements)
    if layout == Layout.LETTER and not (has_name and has_address):
        yield "layout", _("Etikett og brev trenger navn og en adresse. Velg dem over.")
    if sorting == Sorting.NAME and not has_name:
        yield "sorting", _("Velg navn over for å sortere etter etternavn.")
    if sorting in (Sorting.ADDRESS, Sorting.POSTAL_CODE) and not has_address:
        yield "sorting", _("Velg en adresse over for å sortere etter den.")
    if rows_per in TO_GUARDIANS and not (has_name and has_address and of.FORELDREANSVAR.key in elements):
        yield "rows_per", _("Brev til foresatte trenger navn, en adresse og foreldreansvar. Velg dem over.")
    elif rows_per == RowsPer.HOUSEHOLD and not (has_name and has_address):
        yield "rows_per", _("En rad for hver husstand trenger navn og en adresse. Velg dem over.")


def full_name_column(header: str = "Navn") -> Column:
    """A column with the whole name."""
    return Column(of.NAVN.key, SheetColumn(header, CellKind.TEXT, 32), lambda names: full_name(names[0]) or None)


def name_parts(headers: Sequence[str] = _NAME_PARTS) -> list[Column]:
    """The columns of the parts of a name."""
    parts = {column.sheet.header: column for column in columns_for([of.NAVN.key])}
    return [parts[header] for header in headers]


def label(elements: Sequence[str], before: str = "") -> list[Column]:
    """The columns of a label, from the best of the chosen addresses. before: stands before each header."""
    chosen = [element for element in LETTER_ELEMENTS if element in elements]
    return [
        Column(
            chosen[0],
            SheetColumn(_header(before, header), CellKind.TEXT, width),
            _read(part),
            label_of,
            tuple(chosen[1:]),
        )
        for header, width, part in _LABEL
        if chosen
    ]


def home_column(elements: Sequence[str]) -> Column:
    """A column with the whole label as one text, which is the same for those who get their letters at one place."""
    first, *_others = label(elements)
    return Column(first.element, first.sheet, _as_home, label_of, first.others)


def _as_home(columns: LabelColumns) -> str | None:
    is_known = columns.postal_place or columns.country
    return "\n".join(columns).casefold() if is_known else None


def _header(before: str, header: str) -> str:
    return f"{before}{header[0].lower()}{header[1:]}" if before else header


def _read(part: str) -> Read:
    take = attrgetter(part)
    return lambda columns: take(columns) or None
