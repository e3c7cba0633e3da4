"""Reads the catalogue's data files. An unknown area, element or field is an error, never a warning."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from integrations.folkeregisteret.elements import ELEMENTS

FILES = Path(__file__).resolve().parent
EVERY_AREA = "*"
OPENS_CONFIDENTIAL = "opens-confidential"
KINDS = (OPENS_CONFIDENTIAL, "task", "not-found")

Row = TypeVar("Row", bound=msgspec.Struct)


class CatalogueError(Exception):
    """A data file of the catalogue is wrong, and we must correct it. The text names the file, the key and the fault."""


class AreaRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One service area as the file has it."""

    name_nb: str
    name_nn: str
    name_en: str
    may_hold_confidential: bool


class BasisRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One legal basis as the file has it. areas: codes, or "*" for every area. The rest: see the model."""

    statute: str
    section: str
    areas: list[str] | str
    confidential: bool
    status: str
    elements: list[str]
    kind: str
    text_read: bool
    says: str
    version: str
    url: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def for_every_area(self) -> bool:
        return self.areas == EVERY_AREA


class Former(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Facts about earlier files. closed: keys of bases that were removed. opens_nothing: key -> the section of which an
    earlier file wrongly said that it opens elements."""

    closed: list[str] = []
    opens_nothing: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The content of the files: areas by code, bases by key. They agree with each other and with the vocabulary."""

    areas: dict[str, AreaRow]
    bases: dict[str, BasisRow]
    former: Former


def read_catalogue(files: Path = FILES) -> Catalogue:
    """Reads the whole catalogue from a directory. Raises CatalogueError."""
    areas = _parse_rows(files / "service_areas.toml", AreaRow)
    bases: dict[str, BasisRow] = {}
    for path in sorted((files / "legal_bases").glob("*.toml")):
        for key, basis in _parse_rows(path, BasisRow).items():
            for problem in _problems(basis, areas):
                raise CatalogueError(f"{path.name}: {key}: {problem}")
            if key in bases:
                raise CatalogueError(f"{path.name}: {key}: stands in another file too")
            bases[key] = basis
    return Catalogue(areas, bases, _parse_former(files / "former.toml"))


def _parse_former(path: Path) -> Former:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Former)
    except FileNotFoundError:
        return Former()
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def _parse_rows(path: Path, kind: type[Row]) -> dict[str, Row]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {key: msgspec.convert(table, kind) for key, table in tables.items()}
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def _problems(basis: BasisRow, areas: dict[str, AreaRow]) -> Iterator[str]:
    if isinstance(basis.areas, str) and not basis.for_every_area:
        yield f"areas must be a list of codes or {EVERY_AREA!r}"
    codes = [] if isinstance(basis.areas, str) else basis.areas
    yield from (f"unknown service area {code}" for code in codes if code not in areas)
    yield from (f"unknown element {key}" for key in basis.elements if key not in ELEMENTS)
    opened = [ELEMENTS[key] for key in basis.elements if key in ELEMENTS]
    if basis.confidential != any(element.is_confidential for element in opened):
        yield "confidential must be true exactly when an element is confidential"
    if basis.confidential and basis.for_every_area:
        yield "a confidential basis names its service areas"
    if basis.confidential:
        yield from (f"{code} may not hold confidential elements" for code in codes if not _may_hold(areas, code))
    if basis.confidential and basis.kind != OPENS_CONFIDENTIAL:
        yield "a confidential element rests on a section that opens it"
    if basis.status not in ("proposal", "confirmed"):
        yield f"unknown status {basis.status}"
    if basis.kind not in KINDS:
        yield f"unknown kind {basis.kind}"


def _may_hold(areas: dict[str, AreaRow], code: str) -> bool:
    return code in areas and areas[code].may_hold_confidential
