"""Workbooks written part by part, in the forms that programs write and in forms that no program writes."""

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from tests.roles.catalogue.books import OLDER_FORM, OPEN_ROW

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_TYPES: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"

#: Cell styles by number: 0 plain, 1 a date, 2 a time of day, 3 hours that add up, 4 a date with words around it.
STYLES: Final = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="165" formatCode="[$-414]d. mmmm yyyy;@"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    "</cellXfs></styleSheet>"
)


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def place(name: str, row: int = 2) -> str:
    """Of the cell under this header."""
    return f"{get_column_letter(OLDER_FORM.index(name) + 1)}{row}"


def sheet(cells: Mapping[str, str] | None = None, more: str = "", around: str = MAIN) -> str:
    """One right row, with these cells in place of its own. cells: by their place. more: what follows the rows."""
    headers = {place(name, 1): text_cell(place(name, 1), name) for name in OLDER_FORM}
    said = {name: value for name, value in OPEN_ROW.items() if value and not isinstance(value, date)}
    values = {place(name): text_cell(place(name), str(value)) for name, value in said.items()}
    said_and_changed = "".join((values | dict(cells or {})).values())
    rows = f'<row r="1">{"".join(headers.values())}</row><row r="2">{said_and_changed}</row>'
    return f'<worksheet xmlns="{around}"><sheetData>{rows}</sheetData>{more}</worksheet>'


def links(*targets: tuple[str, str], types: str = TYPES) -> str:
    """(kind, target) of each, under rId1, rId2, ..."""
    each = (
        f'<Relationship Id="rId{n}" Type="{types}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(each)}</Relationships>'


def workbook(*names: str, properties: str = "", around: str = MAIN, types: str = TYPES, state: str = "visible") -> str:
    """The list of sheets; the last one is in this state."""
    states = ["visible"] * (len(names) - 1) + [state]
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" state="{is_}" r:id="rId{n}"/>'
        for n, (name, is_) in enumerate(zip(names, states, strict=True), 1)
    )
    return (
        f'<workbook xmlns="{around}" xmlns:r="{types}"><workbookPr {properties}/><sheets>{listed}</sheets></workbook>'
    )


def parts(**changed: str) -> dict[str, str | bytes]:
    """A right package. changed: sheet, workbook, links, styles, texts."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": changed.get("workbook", workbook("Lovhjemler")),
        "xl/_rels/workbook.xml.rels": changed.get(
            "links",
            links(
                ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
            ),
        ),
        "xl/styles.xml": changed.get("styles", STYLES),
        "xl/worksheets/sheet1.xml": changed.get("sheet", sheet()),
    }
    return found | ({"xl/sharedStrings.xml": changed["texts"]} if "texts" in changed else {})


def zipped(files: Mapping[str, str | bytes]) -> BytesIO:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, written in files.items():
            package.writestr(name, written)
    content.seek(0)
    return content


def package(**changed: str) -> BytesIO:
    """A right package with this instead, as a file."""
    return zipped(parts(**changed))


def with_cell(name: str, cell: str, **changed: str) -> BytesIO:
    """A right package whose one row has this in the cell of that header. {place} in it is where the cell stands."""
    return package(sheet=sheet({place(name): cell.format(place=place(name))}), **changed)
