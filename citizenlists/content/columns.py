"""The columns of each information element in a workbook, in the order of the file.

A column reads only the entries of its own element that the gate let through. An element that is protected or not in the
role has none, so its cells are empty. Words in cells are bokmål.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from django.utils import timezone, translation

from integrations.folkeregisteret.documents import (
    Address,
    AnEntry,
    DeltBosted,
    Familierelasjon,
    Foedsel,
    Folkeregisteridentifikator,
    Foreldreansvar,
    number_in_use,
)
from integrations.spreadsheets.stream import Cell, CellKind, SheetColumn
from roles.policy import elementtypes as of
from roles.policy.elementtypes import ElementOf
from roles.policy.fieldpolicy import PermittedRecord
from roles.policy.marks import ADDRESS_ELEMENTS
from roles.policy.sharedresidence import Agreement, agreement_on
from roles.vocabulary import code_name
from roles.vocabulary.envelope import LetterColumns, address_lines, letter_columns, numbered_kommune_line
from roles.vocabulary.labels import LabelColumns
from roles.vocabulary.persons import described_name, organisation_name
from roles.vocabulary.places import as_country

AnAddress = TypeVar("AnAddress", bound=Address)
#: Takes the entries of the column's element. The functions that make columns check the types.
Prepare = Callable[[Sequence[Any]], LetterColumns | LabelColumns]
Read = Callable[[Any], Cell]
#: The full names of persons by their numbers.
Names = Mapping[str, str]
_GROWN_UP = 18


@dataclass(frozen=True, slots=True)
class Column:
    """One column. element: key of the vocabulary. read: makes the cell from the element's current entries (at least
    one).

    prepare: makes a value from the entries, once for all columns of the element, which `read` gets in place of them.
    others: further elements, whose entries follow those of the first. needs: elements without which there is no such
    column. named: makes a value from the entries and the names of the persons in them, which `read` gets.
    """

    element: str
    sheet: SheetColumn
    read: Read
    prepare: Prepare | None = None
    others: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    named: Callable[[Sequence[Any], Names], str] | None = None

    @property
    def is_address(self) -> bool:
        """Whether the household rule may empty this column."""
        return self.element.partition(".")[0] in ADDRESS_ELEMENTS


_READ_TOGETHER = attrgetter("element", "others", "prepare", "named")


def columns_for(elements: Iterable[str]) -> tuple[Column, ...]:
    """All columns of these elements, in the order of the file."""
    chosen = frozenset(elements)
    return tuple(column for column in _ALL if column.element in chosen and column.needs <= chosen)


def reader(columns: Sequence[Column], names: Names | None = None) -> Callable[[PermittedRecord], list[Cell]]:
    """A function that reads the cells of these columns from a record.

    names: the names that the gate gave of persons whom records name by number.
    """
    known = names or {}
    groups = [(*key, [column.read for column in group]) for key, group in groupby(columns, _READ_TOGETHER)]

    def read(record: PermittedRecord) -> list[Cell]:
        cells: list[Cell] = []
        with translation.override("nb"):
            for element, others, prepare, named, reads in groups:
                entries = record[element].entries
                for other in others:
                    entries += record[other].entries
                given = entries
                if entries and (prepare or named):
                    given = prepare(entries) if prepare else named(entries, known)
                cells += [read(given) for read in reads] if entries else [None] * len(reads)
        return cells

    return read


def listable(elements: Iterable[str]) -> tuple[str, ...]:
    """The elements among these that have columns, each once, in the order of the file."""
    offered = frozenset(elements)
    return tuple(dict.fromkeys(column.element for column in _ALL if column.element in offered))


def _of_all(
    element: ElementOf[AnEntry], header: str, width: int, show: Callable[[Sequence[AnEntry]], str | None]
) -> Column:
    return Column(element.key, SheetColumn(header, CellKind.TEXT, width), show)


def _text(element: ElementOf[AnEntry], header: str, width: int, show: Callable[[AnEntry], str | int | None]) -> Column:
    """A column with a text from the first entry."""

    def read(entries: Sequence[AnEntry]) -> str | None:
        value = show(entries[0])
        return None if value is None else str(value)

    return _of_all(element, header, width, read)


def _word(
    element: ElementOf[AnEntry], header: str, width: int, field: str, code: Callable[[AnEntry], str | None]
) -> Column:
    """A column with a code from the first entry as a word. field: the code's list in roles.vocabulary."""

    def read(entries: Sequence[AnEntry]) -> str | None:
        written = code(entries[0])
        return None if written is None else _bokmaal(field, written)

    return _of_all(element, header, width, read)


@cache
def _bokmaal(field: str, code: str) -> str:
    """The code's name. Cached, because it is called only while bokmål is active."""
    return code_name(field, code)


def _date(element: ElementOf[AnEntry], header: str, show: Callable[[AnEntry], date | None]) -> Column:
    """A column with a date from the first entry."""

    def read(entries: Sequence[AnEntry]) -> date | None:
        return show(entries[0])

    return Column(element.key, SheetColumn(header, CellKind.DATE, 12), read)


def _each(element: ElementOf[AnEntry], header: str, width: int, show: Callable[[AnEntry], str | None]) -> Column:
    """A column with one text from every entry, each text once, for elements with several values at the same time."""

    def read(entries: Sequence[AnEntry]) -> str | None:
        return ", ".join(dict.fromkeys(text for entry in entries if (text := show(entry)))) or None

    return _of_all(element, header, width, read)


def _number_in_use(identifiers: Sequence[Folkeregisteridentifikator]) -> str | None:
    identifier = number_in_use(identifiers)
    return identifier.foedselsEllerDNummer if identifier else None


def _responsible(entries: Sequence[Foreldreansvar], names: Names) -> str:
    """Who has parental responsibility: by name, or by number where the name is not given."""
    shown = (_one_responsible(entry, names) for entry in entries)
    return ", ".join(dict.fromkeys(filter(None, shown)))


def _one_responsible(entry: Foreldreansvar, names: Names) -> str | None:
    if entry.ansvarlig:
        return names.get(entry.ansvarlig, entry.ansvarlig)
    if entry.ansvarligUtenIdentifikator:
        return described_name(entry.ansvarligUtenIdentifikator)
    return organisation_name(entry.ansvarligOrganisasjon) if entry.ansvarligOrganisasjon else None


def _as_text(text: str) -> str | None:
    return text or None


def _birth(births: Sequence[Foedsel]) -> date | str | None:
    """The birth date, or the year alone where the day is not registered."""
    return births[0].foedselsdato or births[0].foedselsaar


def grown_up_column() -> Column:
    """A column that is not empty for a person who is known to be of age today."""
    return Column(of.FOEDSEL.key, SheetColumn("Myndig", CellKind.TEXT, 8), _grown_up)


def _grown_up(births: Sequence[Foedsel]) -> str | None:
    born, today = births[0].foedselsdato, timezone.localdate()
    is_grown_up = born and (born.year + _GROWN_UP, born.month, born.day) <= (today.year, today.month, today.day)
    return "ja" if is_grown_up else None


def _relative(role: str) -> Callable[[Familierelasjon], str | None]:
    """A function that gives the relative with this role in a relation, by number or else by name; None for others."""

    def show(entry: Familierelasjon) -> str | None:
        if entry.relatertPersonsRolle != role:
            return None
        unnumbered = entry.relatertPersonUtenFolkeregisteridentifikator
        return entry.relatertPerson or (described_name(unnumbered) if unnumbered else None)

    return show


def _address(element: ElementOf[AnAddress], before: str = "") -> tuple[Column, ...]:
    """The address columns for merging letters. before: the prefix of the headers; "" for the first address."""

    def column(header: str, width: int, read: Callable[[LetterColumns], str]) -> Column:
        header = f"{before}{header}" if before else header.capitalize()
        return Column(
            element.key,
            SheetColumn(header, CellKind.TEXT, width),
            lambda letter: read(letter) or None,
            _letter,
        )

    return (
        column("adresse", 32, lambda letter: letter.street),
        column("postnummer", 11, lambda letter: letter.postal_code),
        column("poststed", 20, lambda letter: letter.postal_place),
    )


def _letter(entries: Sequence[Address]) -> LetterColumns:
    """The letter columns of the first address in force; a shared residence counts only during its agreement.

    For an entry with a structured and a free form they come from the first form that has lines.
    """
    first = next(filter(_holds, entries), None)
    lines = address_lines(first) if first else ()
    return letter_columns(lines[0]) if lines else LetterColumns()


def _holds(entry: Address) -> bool:
    return not isinstance(entry, DeltBosted) or agreement_on(timezone.localdate(), entry) is Agreement.IN_FORCE


_ALL: tuple[Column, ...] = (
    _of_all(of.IDENTIFIKASJONSNUMMER, "Fødselsnummer eller d-nummer", 16, _number_in_use),
    _text(of.NAVN, "Fornavn", 20, lambda name: name.fornavn),
    _text(of.NAVN, "Mellomnavn", 16, lambda name: name.mellomnavn),
    _text(of.NAVN, "Etternavn", 20, lambda name: name.etternavn),
    Column(of.FOEDSEL.key, SheetColumn("Fødselsdato", CellKind.DATE, 12), _birth),
    _word(of.KJOENN, "Kjønn", 9, "kjoenn", lambda sex: sex.kjoenn),
    _word(of.STATUS, "Status", 14, "status", lambda status: status.status),
    _date(of.DOEDSFALL, "Dødsdato", lambda death: death.doedsdato),
    *_address(of.BOSTEDSADRESSE),
    _of_all(of.BOSTEDSADRESSE, "Kommune", 18, lambda homes: numbered_kommune_line(homes[0]) or None),
    _text(of.KRETSER, "Skolekrets", 11, lambda home: home.skolekrets),
    _text(of.KRETSER, "Grunnkrets", 11, lambda home: home.grunnkrets),
    _text(of.KRETSER, "Stemmekrets", 12, lambda home: home.stemmekrets),
    _text(of.KRETSER, "Kirkekrets", 11, lambda home: home.kirkekrets),
    *_address(of.DELT_BOSTED, "Delt bosted: "),
    *_address(of.OPPHOLDSADRESSE, "Opphold: "),
    *_address(of.POSTADRESSE, "Post: "),
    *_address(of.POSTADRESSE_I_UTLANDET, "Utland: "),
    _word(of.SIVILSTAND, "Sivilstand", 18, "sivilstand", lambda status: status.sivilstand),
    _date(of.SIVILSTAND, "Sivilstand fra", lambda status: status.sivilstandsdato),
    _text(of.RELATERT_VED_SIVILSTAND, "Ektefelle eller partner", 16, lambda status: status.relatertVedSivilstand),
    _each(of.STATSBORGERSKAP, "Statsborgerskap", 20, lambda held: as_country(held.statsborgerskap or "")),
    _word(of.FORELDREANSVAR, "Foreldreansvar", 14, "ansvar", lambda responsibility: responsibility.ansvar),
    Column(of.FORELDREANSVAR.key, SheetColumn("Foresatte", CellKind.TEXT, 32), _as_text, named=_responsible),
    replace(
        _each(of.FORELDREANSVAR, "Foresattes numre", 26, lambda held: held.ansvarlig), needs=frozenset({of.NAVN.key})
    ),
    _each(of.FAMILIERELASJON, "Mor", 16, _relative("mor")),
    _each(of.FAMILIERELASJON, "Far", 16, _relative("far")),
    _each(of.FAMILIERELASJON, "Medmor", 16, _relative("medmor")),
    _each(of.FAMILIERELASJON, "Barn", 30, _relative("barn")),
)
