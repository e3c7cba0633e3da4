"""Understands the rows of an uploaded catalogue. Pure: what is wrong is said for each cell, and nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue.faults import Fault, Unusable
from roles.catalogue.reading import EVERY_AREA
from roles.catalogue.sheet import COLUMNS, NO, YES, SheetRow
from roles.catalogue.spelling import one_spaced
from roles.catalogue.uploads import Sheet, Value
from roles.catalogue.workbook.cells import letters
from roles.models import BasisStatus

T = TypeVar("T")

_AREA: Final = re.compile(r"(?P<code>[A-Z_]+|\*)\s*(?:\((?P<note>.*)\))?", re.DOTALL)
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST: Final = 300
_SECRECY: Final = {YES: True, NO: False}
_STATUSES: Final = {status.value.lower(): status for status in BasisStatus} | {
    "forslag": BasisStatus.PROPOSAL,
    "bekreftet": BasisStatus.CONFIRMED,
}


class Wrong(Exception):
    """A cell cannot be understood; the text is for the page."""


@dataclass(frozen=True, slots=True)
class Understood:
    """rows by their number in the sheet."""

    sheet: str
    rows: Mapping[int, SheetRow]
    faults: tuple[Fault, ...]


def understood(sheet: Sheet, *, confidential_areas: Mapping[str, bool]) -> Understood:
    """confidential_areas: for each known area, whether it may hold confidential elements. Raises Unusable: headers."""
    columns = _columns(sheet)
    faults: list[Fault] = []
    rows: dict[int, SheetRow] = {}
    for number, cells in sheet.rows.items():
        if number > 1 and any(map(_is_visible, cells.values())):
            reader = _Reader(sheet.name, number, cells, columns)
            row = reader.row(confidential_areas)
            faults += reader.faults
            if row and not reader.faults:
                rows[number] = row
    if not rows and not faults:
        raise Unusable(Fault(_("Arket har ingen rader."), sheet.name))
    faults += _clashes(sheet.name, rows)
    return Understood(sheet.name, rows, tuple(sorted(faults, key=lambda fault: fault.row)))


def _columns(sheet: Sheet) -> dict[str, int]:
    """Where each header stands. They may come in any order, each once, and no other."""
    found = {at: one_spaced(str(value)).lower() for at, value in sorted(sheet.rows.get(1, {}).items())}
    headers = [header for header in found.values() if header]
    missing, unknown = sorted(COLUMNS.keys() - set(headers)), sorted(set(headers) - COLUMNS.keys())
    faults = [_header_fault(sheet, _("Kolonnen %(name)s mangler."), name) for name in missing]
    faults += [_header_fault(sheet, _("Ukjent kolonne: %(name)s."), name[:40]) for name in unknown]
    faults += [
        _header_fault(sheet, _("Kolonnen %(name)s står flere ganger."), name)
        for name in sorted(COLUMNS)
        if headers.count(name) > 1
    ]
    if faults:
        raise Unusable(*faults)
    return {header: at for at, header in found.items() if header}


def _header_fault(sheet: Sheet, message: str, name: str) -> Fault:
    return Fault(message % {"name": name}, sheet.name, 1)


class _Reader:
    """One row on its way to being understood; collects what is wrong in all of its cells."""

    def __init__(self, sheet: str, number: int, cells: Mapping[int, Value], columns: Mapping[str, int]) -> None:
        self.faults: list[Fault] = []
        self._sheet, self._number, self._cells, self._columns = sheet, number, cells, columns

    def row(self, confidential_areas: Mapping[str, bool]) -> SheetRow | None:
        """What is wrong is in faults afterwards, and then the row is not to be used."""
        self._check_every_cell_has_a_header()
        area, note = self._read("tjenesteomraade", lambda value: _area(value, confidential_areas)) or ("", "")
        row = SheetRow(
            area=area,
            note=note,
            statute=self._read("lov", _text) or "",
            section=self._read("paragraf", _text) or "",
            url=self._read("url", _url) or "",
            confidential=self._read("taushetsbelagt", _secrecy) or False,
            elements=self._read("opplysninger", _elements) or (),
            valid_from=self._read("gyldig_fra", _date),
            valid_to=self._read("gyldig_til", _date),
            status=self._read("status", _status) or BasisStatus.PROPOSAL,
        )
        if not self.faults:
            self._check_whole(row, may_hold=confidential_areas.get(area, False))
        return row

    def _check_every_cell_has_a_header(self) -> None:
        for at in sorted(self._cells.keys() - set(self._columns.values())):
            if _is_visible(self._cells[at]):
                message = _("Kolonnen har ingen overskrift. Gi den en, eller tøm cellen.")
                self.faults.append(Fault(message, self._sheet, self._number, letters(at)))

    def _read(self, name: str, read: Callable[[Value | None], T]) -> T | None:
        try:
            return read(self._cells.get(self._columns[name]))
        except Wrong as wrong:
            self._say(name, str(wrong))
            return None

    def _check_whole(self, row: SheetRow, *, may_hold: bool) -> None:
        needs = any(ELEMENTS[key].is_confidential for key in row.elements)
        if needs and not row.confidential:
            self._say("taushetsbelagt", _("Raden åpner taushetsbelagte opplysninger og må si ja."))
        if row.confidential and not needs:
            self._say("taushetsbelagt", _("Raden åpner ingen taushetsbelagte opplysninger og må si nei."))
        if row.confidential and row.area == EVERY_AREA:
            self._say("tjenesteomraade", _("En hjemmel for taushetsbelagte opplysninger må nevne tjenesteområdet."))
        elif row.confidential and not may_hold:
            self._say("tjenesteomraade", _("Tjenesteområdet kan ikke ha taushetsbelagte opplysninger."))
        if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
            self._say("gyldig_til", _("Sluttdatoen må være etter startdatoen."))

    def _say(self, name: str, message: str) -> None:
        column = f"{letters(self._columns[name])} ({name})"
        self.faults.append(Fault(message, self._sheet, self._number, column))


def _is_visible(value: Value) -> bool:
    """Whether somebody who looks at the sheet sees that the cell is not empty."""
    return not isinstance(value, str) or bool(one_spaced(value))


def _area(value: Value | None, known: Mapping[str, bool]) -> tuple[str, str]:
    match = _AREA.fullmatch(_text(value))
    if match is None or (match["code"] != EVERY_AREA and match["code"] not in known):
        raise Wrong(_("Ukjent tjenesteområde. Skriv koden, og eventuelt en merknad i parentes."))
    return match["code"], (match["note"] or "").strip()


def _text(value: Value | None) -> str:
    if value is not None and not isinstance(value, str):
        raise Wrong(_("Skriv en tekst her. Cellen er et tall, en dato eller en sannhetsverdi."))
    text = one_spaced(value or "")
    if not text:
        raise Wrong(_("Skriv en tekst her."))
    if len(text) > _LONGEST:
        raise Wrong(_("Teksten er for lang. Den kan ha høyst 300 tegn."))
    return text


def _url(value: Value | None) -> str:
    if value is None:
        return ""
    try:
        address = urlsplit(_text(value) if _is_visible(value) and isinstance(value, str) else "")
    except ValueError:
        address = urlsplit("")
    if address.scheme != "https" or not address.hostname:
        raise Wrong(_("Skriv en adresse som begynner med https://, eller la cellen stå tom."))
    return address.geturl()


def _secrecy(value: Value | None) -> bool:
    word = _word(value)
    if word not in _SECRECY:
        raise Wrong(_("Skriv ja eller nei."))
    return _SECRECY[word]


def _word(value: Value | None) -> str:
    return one_spaced(value).lower() if isinstance(value, str) else ""


def _elements(value: Value | None) -> tuple[str, ...]:
    pieces = re.split(r"[;,\n]", value if isinstance(value, str) else "")
    keys = [key for key in map(one_spaced, pieces) if key]
    if not keys:
        raise Wrong(_("Nevn minst én opplysning."))
    if unknown := [key for key in keys if key not in ELEMENTS]:
        raise Wrong(_("Ukjent opplysning: %(keys)s.") % {"keys": ", ".join(key[:60] for key in unknown[:5])})
    if len(set(keys)) < len(keys):
        raise Wrong(_("Samme opplysning står flere ganger."))
    return tuple(key for key in ELEMENTS if key in keys)


def _date(value: Value | None) -> date | None:
    """None only where the cell is empty: a number, a time of day or a space is no date, and no missing one either."""
    if value is None or isinstance(value, date):
        return value
    text = one_spaced(value) if isinstance(value, str) else ""
    try:
        return date.fromisoformat(text if _ISO_DATE.fullmatch(text) else "")
    except ValueError:
        raise Wrong(_("Skriv en dato, eller datoen som tekst på formen 2026-12-31.")) from None


def _status(value: Value | None) -> BasisStatus:
    word = _word(value)
    if word not in _STATUSES:
        raise Wrong(_("Skriv forslag eller bekreftet (proposal eller confirmed)."))
    return _STATUSES[word]


def _clashes(sheet: str, rows: Mapping[int, SheetRow]) -> Iterable[Fault]:
    """One legal basis in several rows: each for another service area, and otherwise the same."""
    first: dict[tuple[str, str, str], tuple[int, SheetRow]] = {}
    seen: dict[tuple[tuple[str, str, str], str], int] = {}
    for number, row in rows.items():
        before, original = first.setdefault(row.identity, (number, row))
        if (twin := seen.setdefault((row.identity, row.area), number)) != number:
            yield Fault(_("Raden er den samme som rad %(row)d.") % {"row": twin}, sheet, number)
        elif _content(row) != _content(original):
            same = _("Rad %(row)d har samme lov, paragraf og merknad, men et annet innhold.")
            yield Fault(same % {"row": before}, sheet, number)


def _content(row: SheetRow) -> Sequence[object]:
    return row.url, row.confidential, row.elements, row.valid_from, row.valid_to, row.status
