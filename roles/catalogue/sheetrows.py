"""Parses the rows of an uploaded catalogue. Pure. It collects a fault for each wrong cell, and guesses nothing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue import words
from roles.catalogue.datafiles import EVERY_AREA
from roles.catalogue.sheet import COLUMNS, OPTIONAL, Reading, SheetRow
from roles.catalogue.sheetfaults import Fault, Unusable
from roles.catalogue.spelling import one_spaced
from roles.catalogue.uploads import Sheet, Value
from roles.catalogue.workbook.cells import letters
from roles.models import BasisKind, BasisStatus

T = TypeVar("T")

_AREA: Final = re.compile(r"(?P<area>[^(]+?) ?(?:\((?P<note>.*)\))?")
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST: Final = 300
_LONGEST_SAYING: Final = 600
_LONGEST_VERSION: Final = 400


class Wrong(Exception):
    """A cell cannot be parsed. The text is for the page."""


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """The parsed rows by their number in the sheet, and the faults."""

    sheet: str
    rows: Mapping[int, SheetRow]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """The known service areas. codes: every spelling of an area -> its code. confidential: codes of the areas that may
    hold confidential elements."""

    codes: Mapping[str, str]
    confidential: frozenset[str]


def parse_sheet(
    sheet: Sheet, *, confidential_areas: Mapping[str, bool], area_names: Mapping[str, Iterable[str]] | None = None
) -> ParsedSheet:
    """Parses the sheet. Raises Unusable when its headers are wrong.

    confidential_areas: code of each known area -> whether it may hold confidential elements. area_names: code -> its
    names in all languages.
    """
    columns = _parse_headers(sheet)
    names = {code: (area_names or {}).get(code, ()) for code in confidential_areas}
    known = Areas(words.areas(names), frozenset(code for code, may in confidential_areas.items() if may))
    faults: list[Fault] = []
    rows: dict[int, SheetRow] = {}
    for number, cells in sheet.rows.items():
        if number > 1 and any(map(_is_visible, cells.values())):
            reader = _Reader(sheet.name, number, cells, columns)
            row = reader.row(known)
            faults += reader.faults
            if row and not reader.faults:
                rows[number] = row
    if not rows and not faults:
        raise Unusable(Fault(_("Arket har ingen rader."), sheet.name))
    faults += _clashes(sheet.name, rows)
    return ParsedSheet(sheet.name, rows, tuple(sorted(faults, key=lambda fault: fault.row)))


def _parse_headers(sheet: Sheet) -> dict[str, int]:
    """The column of each header. Headers may be in any order; a repeated or unknown one is a fault."""
    found = {at: words.normalise_spelling(str(value)) for at, value in sorted(sheet.rows.get(1, {}).items())}
    found = {at: words.headers().get(header, header) for at, header in found.items() if header}
    headers = list(found.values())
    missing, unknown = sorted(COLUMNS.keys() - OPTIONAL - set(headers)), sorted(set(headers) - COLUMNS.keys())
    faults = [_header_fault(sheet, _("Kolonnen %(name)s mangler."), name) for name in missing]
    faults += [_header_fault(sheet, _("Ukjent kolonne: %(name)s."), name[:40]) for name in unknown]
    faults += [
        _header_fault(sheet, _("Kolonnen %(name)s står flere ganger."), name)
        for name in sorted(COLUMNS)
        if headers.count(name) > 1
    ]
    if faults:
        raise Unusable(*faults)
    return {header: at for at, header in found.items()}


def _header_fault(sheet: Sheet, message: str, name: str) -> Fault:
    return Fault(message % {"name": name}, sheet.name, 1)


class _Reader:
    """Parses one row and collects the faults of all its cells."""

    def __init__(self, sheet: str, number: int, cells: Mapping[int, Value], columns: Mapping[str, int]) -> None:
        self.faults: list[Fault] = []
        self._sheet, self._number, self._cells, self._columns = sheet, number, cells, columns

    def row(self, known: Areas) -> SheetRow:
        """The parsed row. It must not be used when `faults` is not empty afterwards."""
        self._check_every_cell_has_a_header()
        area, note = self._read("tjenesteomraade", lambda value: _parse_area(value, known.codes)) or ("", "")
        row = SheetRow(
            area=area,
            note=note,
            statute=self._read("lov", _parse_text) or "",
            section=self._read("paragraf", _parse_text) or "",
            url=self._read("url", _parse_url) or "",
            confidential=self._read("taushetsbelagt", _parse_yes_or_no) or False,
            elements=self._read("opplysninger", _parse_elements) or (),
            valid_from=self._read("gyldig_fra", _parse_date),
            valid_to=self._read("gyldig_til", _parse_date),
            status=self._read("status", _parse_status) or BasisStatus.PROPOSAL,
            reading=self._reading(),
        )
        if not self.faults:
            self._check_whole(row, may_hold=area in known.confidential)
        return row

    def _reading(self) -> Reading | None:
        """The columns about the reading of the section; None when an older workbook does not have them."""
        if not OPTIONAL & self._columns.keys():
            return None
        return Reading(
            kind=self._read("hjemmelstype", _parse_kind) or BasisKind.NOT_FOUND,
            text_read=self._read("lest", _parse_read) or False,
            says=self._read("sier", lambda value: _parse_remark(value, _LONGEST_SAYING)) or "",
            version=self._read("utgave", lambda value: _parse_remark(value, _LONGEST_VERSION)) or "",
        )

    def _check_every_cell_has_a_header(self) -> None:
        for at in sorted(self._cells.keys() - set(self._columns.values())):
            if _is_visible(self._cells[at]):
                message = _("Kolonnen har ingen overskrift. Gi den en, eller tøm cellen.")
                self.faults.append(Fault(message, self._sheet, self._number, letters(at)))

    def _read(self, name: str, read: Callable[[Value | None], T]) -> T | None:
        try:
            return read(self._cells.get(self._columns.get(name, 0)))
        except Wrong as wrong:
            self._say(name, str(wrong))
            return None

    def _check_whole(self, row: SheetRow, *, may_hold: bool) -> None:
        needs = any(ELEMENTS[key].is_confidential for key in row.elements)
        if needs and not row.confidential:
            self._say("taushetsbelagt", _("Raden åpner taushetsbelagte opplysninger og må si ja."))
        if row.confidential and not needs:
            self._say("taushetsbelagt", _("Raden åpner ingen taushetsbelagte opplysninger og må si nei."))
        if row.confidential and row.reading and row.reading.kind is not BasisKind.OPENS_CONFIDENTIAL:
            self._say("taushetsbelagt", _("Hjemmelstypen åpner ingen taushetsbelagte opplysninger. Raden må si nei."))
        if row.confidential and row.area == EVERY_AREA:
            self._say("tjenesteomraade", _("En hjemmel for taushetsbelagte opplysninger må nevne tjenesteområdet."))
        elif row.confidential and not may_hold:
            self._say("tjenesteomraade", _("Tjenesteområdet kan ikke ha taushetsbelagte opplysninger."))
        if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
            self._say("gyldig_til", _("Sluttdatoen må være etter startdatoen."))

    def _say(self, name: str, message: str) -> None:
        column = f"{letters(self._columns[name])} ({name})" if name in self._columns else name
        self.faults.append(Fault(message, self._sheet, self._number, column))


def _is_visible(value: Value) -> bool:
    """Whether a person who looks at the sheet sees that the cell is not empty."""
    return not isinstance(value, str) or bool(one_spaced(value))


def _parse_area(value: Value | None, known: Mapping[str, str]) -> tuple[str, str]:
    """The code of the area, and the note in brackets. Brackets that hold the area's own code are no note."""
    text = _parse_text(value)
    match = _AREA.fullmatch(text)
    code = known.get(words.normalise_spelling(text)) or known.get(
        words.normalise_spelling(match["area"] if match else "")
    )
    if match is None or code is None:
        raise Wrong(_("Ukjent tjenesteområde. Skriv koden, og eventuelt en merknad i parentes."))
    return code, "" if words.normalise_spelling(text) in known else (match["note"] or "").strip()


def _parse_text(value: Value | None, longest: int = _LONGEST) -> str:
    if value is not None and not isinstance(value, str):
        raise Wrong(_("Skriv en tekst her. Cellen er et tall, en dato eller en sannhetsverdi."))
    text = one_spaced(value or "")
    if not text:
        raise Wrong(_("Skriv en tekst her."))
    if len(text) > longest:
        raise Wrong(_("Teksten er for lang. Den kan ha høyst %(most)d tegn.") % {"most": longest})
    return text


def _parse_url(value: Value | None) -> str:
    if value is None:
        return ""
    try:
        address = urlsplit(_parse_text(value) if _is_visible(value) and isinstance(value, str) else "")
    except ValueError:
        address = urlsplit("")
    if address.scheme != "https" or not address.hostname:
        raise Wrong(_("Skriv en adresse som begynner med https://, eller la cellen stå tom."))
    return address.geturl()


def _parse_yes_or_no(value: Value | None) -> bool:
    answer = words.answers().get(_word(value))
    if answer is None:
        raise Wrong(_("Skriv ja eller nei."))
    return answer


def _word(value: Value | None) -> str:
    return words.normalise_spelling(value) if isinstance(value, str) else ""


def _parse_elements(value: Value | None) -> tuple[str, ...]:
    named = _split_names(value if isinstance(value, str) else "")
    if not named:
        raise Wrong(_("Nevn minst én opplysning."))
    if unknown := [name for name in named if words.normalise_spelling(name) not in words.elements()]:
        raise Wrong(_("Ukjent opplysning: %(keys)s.") % {"keys": ", ".join(name[:60] for name in unknown[:5])})
    keys = [words.elements()[words.normalise_spelling(name)] for name in named]
    if len(set(keys)) < len(keys):
        raise Wrong(_("Samme opplysning står flere ganger."))
    return tuple(key for key in ELEMENTS if key in keys)


def _split_names(text: str) -> list[str]:
    """The names in a cell with several. A comma separates names unless it is part of a known name."""
    pieces = [one_spaced(piece) for piece in re.split(r"[;\r\n]", text)]
    parted = ([piece] if words.normalise_spelling(piece) in words.elements() else piece.split(",") for piece in pieces)
    return [name.strip() for names in parted for name in names if name.strip()]


def _parse_date(value: Value | None) -> date | None:
    """The date in the cell; None when it is empty. A number, a time of day or a space is a fault, not an empty cell."""
    if value is None or isinstance(value, date):
        return value
    text = one_spaced(value) if isinstance(value, str) else ""
    try:
        return date.fromisoformat(text if _ISO_DATE.fullmatch(text) else "")
    except ValueError:
        raise Wrong(_("Skriv en dato, eller datoen som tekst på formen 2026-12-31.")) from None


def _parse_status(value: Value | None) -> BasisStatus:
    code = words.statuses().get(_word(value))
    if code is None:
        raise Wrong(_("Skriv forslag eller bekreftet (proposal eller confirmed)."))
    return words.STATUSES[code]


def _parse_kind(value: Value | None) -> BasisKind:
    code = words.kinds().get(_word(value))
    if code is None:
        raise Wrong(_("Skriv en av hjemmelstypene: opens-confidential, task eller not-found."))
    return words.KINDS[code]


def _parse_read(value: Value | None) -> bool:
    return False if value is None else _parse_yes_or_no(value)


def _parse_remark(value: Value | None, longest: int) -> str:
    return "" if value is None else _parse_text(value, longest)


def _clashes(sheet: str, rows: Mapping[int, SheetRow]) -> Iterable[Fault]:
    """The faults of legal bases with several rows: the rows must have different service areas and be equal
    otherwise."""
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
    return row.url, row.confidential, row.elements, row.valid_from, row.valid_to, row.status, row.reading
