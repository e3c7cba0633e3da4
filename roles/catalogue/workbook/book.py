"""Finds and reads the only sheet of a workbook, in the transitional or the strict form of the standard."""

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final

from roles.catalogue.workbook.answers import Answer, Problem, Reason, Unreadable, unreadable
from roles.catalogue.workbook.cells import Around, cells_of
from roles.catalogue.workbook.formats import styles_of
from roles.catalogue.workbook.package import Package, kind_of_package
from roles.catalogue.workbook.texts import shared_texts
from roles.catalogue.workbook.xmlparts import starts

#: The sheet with the words and codes to choose from, which the export adds after the catalogue. It is ignored here.
CHOICES_SHEET: Final = "Koder"
_USUAL_PLACE: Final = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one part of the package to another. kind: the last word of its type, which both forms share."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    link: str
    hidden: bool


def read(content: bytes) -> Answer:
    """The cells of the workbook's one sheet. Raises Unreadable."""
    package = Package(content)
    place = _workbook_place(package)
    workbook = package.part(place)
    links = _links(package, place)
    sheet = _the_sheet(workbook)
    target = next((link.target for link in links if link.id == sheet.link and link.kind == "worksheet"), None)
    if target is None:
        raise Unreadable(Problem(Reason.NO_SHEET, sheet.name))
    around = Around(
        sheet=sheet.name,
        texts=shared_texts(_find_linked(package, links, "sharedStrings")),
        dates=styles_of(_find_linked(package, links, "styles")),
        since_1904=_since_1904(workbook),
    )
    return Answer(sheet.name, cells_of(package.part(target), around))


def _workbook_place(package: Package) -> str:
    """The name of the workbook part, from the package's links; the usual name when they do not say."""
    said = [link.target for link in _links(package, "") if link.kind == "officeDocument"]
    place = next((each for each in (*said, _USUAL_PLACE) if each.lower() in package.names()), None)
    if place is None:
        raise kind_of_package(package)
    if place.lower().endswith(".bin"):
        raise unreadable(Reason.BINARY_EXCEL)
    if place.lower().startswith(("word/", "ppt/", "visio/")):
        raise unreadable(Reason.OTHER_OFFICE)
    return place


def _links(package: Package, source: str) -> list[Link]:
    folder, _, name = source.rpartition("/")
    content = package.find(f"{folder}/_rels/{name}.rels")
    found = [] if content is None else starts(content, "Relationship")
    return [
        Link(
            values.get("Id", ""), values.get("Type", "").rpartition("/")[2], _resolve(values.get("Target", ""), source)
        )
        for _around, _name, values in found
        if values.get("TargetMode") != "External"
    ]


def _resolve(target: str, source: str) -> str:
    target = target.replace("\\", "/")
    return normpath(target.lstrip("/") if target.startswith("/") else join(dirname(source), target))


def _find_linked(package: Package, links: list[Link], kind: str) -> bytes | None:
    target = next((link.target for link in links if link.kind == kind), None)
    return package.find(target) if target else None


def _the_sheet(workbook: bytes) -> Listed:
    """The only sheet beside CHOICES_SHEET. Raises Unreadable, which names all sheets when there are several."""
    listed = [
        Listed(values.get("name", ""), values.get("id", ""), values.get("state", "visible") != "visible")
        for _around, _name, values in starts(workbook, "sheet")
    ]
    sheets = [sheet for sheet in listed if sheet.name != CHOICES_SHEET] or listed
    if not sheets:
        raise unreadable(Reason.NO_SHEET)
    if len(sheets) > 1:
        raise Unreadable(Problem(Reason.SHEETS), *map(_other, sheets[:20]))
    return sheets[0]


def _other(sheet: Listed) -> Problem:
    return Problem(Reason.HIDDEN_SHEET if sheet.hidden else Reason.OTHER_SHEET, sheet.name)


def _since_1904(workbook: bytes) -> bool:
    found = starts(workbook, "workbookPr")
    return any(values.get("date1904", "0") in ("1", "true", "on") for _around, _name, values in found)
