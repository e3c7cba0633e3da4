"""The columns an information element becomes in a workbook. Data, in the order they stand in the file.

A column reads only entries of its own element, as the gate let them through: an element that is not in the role or is
protected has none, and its cells are empty.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils import timezone, translation
from msgspec import Struct

from citizenlists import addresslines
from integrations.codelists import country_name, kommune_name
from integrations.folkeregisteret.documents import DeltBosted
from integrations.folkeregisteret.moments import day_of
from integrations.spreadsheets.stream import Cell, CellKind, SheetColumn
from roles.addresslines import AddressLines, kommune_number
from roles.policy.fieldpolicy import PermittedRecord
from roles.policy.marks import ADDRESS_ELEMENTS
from roles.policy.sharedresidence import Agreement, agreement_on
from roles.vocabulary import code_name

Prepare = Callable[[Sequence[Struct]], Any]
Read = Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """element: key of the vocabulary. read: the cell out of the element's current entries, at least one.

    prepare: what several columns of an element read in place of the entries, made once for all of them.
    """

    element: str
    sheet: SheetColumn
    read: Read
    prepare: Prepare | None = None

    @property
    def is_address(self) -> bool:
        """Whether the household rule empties it."""
        return self.element.partition(".")[0] in ADDRESS_ELEMENTS


_READ_TOGETHER = attrgetter("element", "prepare")


def columns_for(elements: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these elements, in the order of the file."""
    chosen = frozenset(elements)
    return tuple(column for column in _ALL if column.element in chosen)


def reader(columns: Sequence[Column]) -> Callable[[PermittedRecord], list[Cell]]:
    """What reads the cells of these columns out of a record. Columns of one element stand together."""
    groups = [(*key, [column.read for column in group]) for key, group in groupby(columns, _READ_TOGETHER)]

    def read(record: PermittedRecord) -> list[Cell]:
        cells: list[Cell] = []
        for element, prepare, reads in groups:
            entries = record[element].entries
            given = prepare(entries) if prepare and entries else entries
            cells += [read(given) for read in reads] if entries else [None] * len(reads)
        return cells

    return read


def listable(elements: Iterable[str]) -> tuple[str, ...]:
    """Those of these elements that have columns, each once, in the order of the file."""
    offered = frozenset(elements)
    return tuple(dict.fromkeys(column.element for column in _ALL if column.element in offered))


def _text(element: str, header: str, width: int, read: Read, prepare: Prepare | None = None) -> Column:
    return Column(element, SheetColumn(header, CellKind.TEXT, width), read, prepare)


def _date(element: str, header: str, field: str) -> Column:
    return Column(element, SheetColumn(header, CellKind.DATE, 12), _of_first(_day, field))


def _first(field: str) -> Read:
    """A field of the first entry, as text."""
    return _of_first(str, field)


def _word(field: str) -> Read:
    """A code of the register as a word, in bokmål like the headers."""

    @cache
    def name(code: object) -> str:
        with translation.override("nb"):
            return code_name(field, str(code))

    return _of_first(name, field)


def _of_first(show: Callable[[object], Cell], field: str) -> Read:
    def read(entries: Sequence[Struct]) -> Cell:
        value = getattr(entries[0], field, None)
        return None if value is None else show(value)

    return read


def _each(show: Callable[[Struct], str | None]) -> Read:
    """One text out of every entry, for elements that hold several values at once; each text once."""

    def read(entries: Sequence[Struct]) -> Cell:
        return ", ".join(dict.fromkeys(text for entry in entries if (text := show(entry)))) or None

    return read


def _day(value: object) -> Cell:
    return value if isinstance(value, date) else day_of(str(value))


def _number_in_use(entries: Sequence[Struct]) -> Cell:
    numbers = sorted(entries, key=lambda entry: getattr(entry, "status", None) != "iBruk")
    number = getattr(numbers[0], "foedselsEllerDNummer", None)
    return None if number is None else str(number)


def _kommune(entries: Sequence[Struct]) -> Cell:
    number = kommune_number(entries[0])
    return None if number is None else f"{number} {kommune_name(number) or ''}".strip()


def _country(entry: Struct) -> str:
    code = str(getattr(entry, "statsborgerskap", ""))
    return country_name(code) or "Ukjent land"


def _responsible(entry: Struct) -> str | None:
    number = getattr(entry, "ansvarlig", None)
    return str(number) if number else _name_in(entry, "ansvarligUtenIdentifikator")


def _relation(role: str) -> Callable[[Struct], str | None]:
    def show(entry: Struct) -> str | None:
        if getattr(entry, "relatertPersonsRolle", None) != role:
            return None
        number = getattr(entry, "relatertPerson", None)
        return str(number) if number else _name_in(entry, "relatertPersonUtenFolkeregisteridentifikator")

    return show


def _name_in(entry: Struct, field: str) -> str | None:
    """The full name of somebody without a number, who is described in the entry itself."""
    name = getattr(getattr(entry, field, None), "navn", None)
    parts = [getattr(name, part, None) for part in ("fornavn", "mellomnavn", "etternavn")]
    return " ".join(str(part) for part in parts if part) or None


def _address(element: str, before: str = "") -> tuple[Column, ...]:
    """The columns a letter needs. before: what the headers begin with, for every address but the first."""
    headers = [
        f"{before}{header}" if before else header.capitalize() for header in ("adresse", "postnummer", "poststed")
    ]
    return (
        _text(element, headers[0], 32, addresslines.street, _lines_of_first),
        _text(element, headers[1], 11, addresslines.postal_code, _lines_of_first),
        _text(element, headers[2], 20, addresslines.postal_place, _lines_of_first),
    )


def _lines_of_first(entries: Sequence[Struct]) -> AddressLines:
    """Of the first address that holds: a shared residence is none outside of its agreement."""
    holding = (entry for entry in entries if not isinstance(entry, DeltBosted) or _is_in_force(entry))
    return next(map(addresslines.lines_of, holding), addresslines.NONE)


def _is_in_force(entry: DeltBosted) -> bool:
    return agreement_on(timezone.localdate(), entry) is Agreement.IN_FORCE


_ALL: tuple[Column, ...] = (
    _text("identifikasjonsnummer", "Fødselsnummer eller d-nummer", 16, _number_in_use),
    _text("navn", "Fornavn", 20, _first("fornavn")),
    _text("navn", "Mellomnavn", 16, _first("mellomnavn")),
    _text("navn", "Etternavn", 20, _first("etternavn")),
    _date("foedsel", "Fødselsdato", "foedselsdato"),
    _text("foedsel", "Fødselsår", 10, _first("foedselsaar")),
    _text("kjoenn", "Kjønn", 9, _word("kjoenn")),
    _text("status", "Status", 14, _word("status")),
    _date("doedsfall", "Dødsdato", "doedsdato"),
    *_address("bostedsadresse"),
    _text("bostedsadresse", "Kommune", 18, _kommune),
    _text("bostedsadresse.kretser", "Skolekrets", 11, _first("skolekrets")),
    _text("bostedsadresse.kretser", "Grunnkrets", 11, _first("grunnkrets")),
    _text("bostedsadresse.kretser", "Stemmekrets", 12, _first("stemmekrets")),
    _text("bostedsadresse.kretser", "Kirkekrets", 11, _first("kirkekrets")),
    *_address("deltBosted", "Delt bosted: "),
    *_address("oppholdsadresse", "Opphold: "),
    *_address("postadresse", "Post: "),
    *_address("postadresseIUtlandet", "Utland: "),
    _text("sivilstand", "Sivilstand", 18, _word("sivilstand")),
    _date("sivilstand", "Sivilstand fra", "sivilstandsdato"),
    _text("sivilstand.relatertVedSivilstand", "Ektefelle eller partner", 16, _first("relatertVedSivilstand")),
    _text("statsborgerskap", "Statsborgerskap", 20, _each(_country)),
    _text("foreldreansvar", "Foreldreansvar", 14, _word("ansvar")),
    _text("foreldreansvar", "Foreldreansvarlige", 26, _each(_responsible)),
    _text("familierelasjon", "Mor", 16, _each(_relation("mor"))),
    _text("familierelasjon", "Far", 16, _each(_relation("far"))),
    _text("familierelasjon", "Medmor", 16, _each(_relation("medmor"))),
    _text("familierelasjon", "Barn", 30, _each(_relation("barn"))),
)
