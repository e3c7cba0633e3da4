"""An uploaded file is read, or refused with the true reason and with advice. It never causes an error of ours."""

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Final

import pytest

from roles.catalogue.sheetfaults import Fault, Unusable
from roles.catalogue.sheetrows import parse_sheet
from roles.catalogue.uploads import read_sheet
from tests.roles.catalogue.books import OPEN_ROW, ROW, book
from tests.roles.catalogue.packages import (
    STRICT,
    STRICT_TYPES,
    links,
    package,
    parts,
    sheet,
    text_cell,
    with_cell,
    workbook,
    zipped,
)

SAVE_AGAIN: Final = "lagre den som «Excel-arbeidsbok (.xlsx)»"


def refused(file: BytesIO) -> list[Fault]:
    with pytest.raises(Unusable) as unusable:
        read_sheet(file)
    return list(unusable.value.faults)


def told(file: BytesIO) -> list[Fault]:
    """Everything wrong with it, of the file or of its cells."""
    try:
        return list(parse_sheet(read_sheet(file), confidential_areas={}).faults)
    except Unusable as unusable:
        return list(unusable.faults)


def compound(*names: str) -> BytesIO:
    """As a compound file of before 2007 begins, with the names of the streams in it."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return BytesIO(bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + directory)


def encrypted(file: BytesIO) -> BytesIO:
    """Every part is said to be encrypted, in the directory of the package too."""
    return BytesIO(_flagged(file.getvalue(), 6, 8, lambda flags: flags | 1))


def compressed_oddly(file: BytesIO) -> BytesIO:
    return BytesIO(_flagged(file.getvalue(), 8, 10, lambda _method: 97))


def _flagged(content: bytes, at_part: int, at_directory: int, change: Callable[[int], int]) -> bytes:
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", at_part), (b"PK\x01\x02", at_directory)):
        start = content.find(mark)
        while start >= 0:
            (value,) = struct.unpack_from("<H", content, start + offset)
            struct.pack_into("<H", changed, start + offset, change(value))
            start = content.find(mark, start + 4)
    return bytes(changed)


def without_checksum(file: BytesIO) -> BytesIO:
    content = bytearray(file.getvalue())
    for start in range(len(content) - 4):
        if content[start : start + 4] == b"PK\x01\x02":
            content[start + 16] ^= 0xFF
    return BytesIO(bytes(content))


def cut_off(file: BytesIO) -> BytesIO:
    return BytesIO(file.getvalue()[:-200])


def flipped(file: BytesIO) -> BytesIO:
    """With the packed content of its sheet destroyed."""
    content = file.getvalue()
    start = content.index(b"xl/worksheets/sheet1.xml") + 40
    return BytesIO(content[:start] + b"\xff" * 60 + content[start + 60 :])


def twice() -> BytesIO:
    content = package()
    with zipfile.ZipFile(content, "a") as added, pytest.warns(UserWarning, match="Duplicate"):
        added.writestr("xl/worksheets/sheet1.xml", sheet())
    content.seek(0)
    return content


FILES: Final[dict[str, tuple[Callable[[], BytesIO], str, bool]]] = {
    "an empty file": (BytesIO, "Filen er tom.", False),
    "a workbook with a password": (
        lambda: compound("EncryptionInfo", "EncryptedPackage"),
        "beskyttet med passord",
        True,
    ),
    "Excel of before 2007": (lambda: compound("Root Entry", "Workbook"), "eldre type (.xls)", True),
    "Excel of before 2007 with its colours as a zip file inside": (
        lambda: BytesIO(compound("Root Entry", "Workbook").getvalue() + zipped({"theme/theme.xml": "<x/>"}).getvalue()),
        "eldre type (.xls)",
        True,
    ),
    "Excel of before 1997": (lambda: compound("Root Entry", "Book"), "eldre type (.xls)", True),
    "Excel of before there were compound files": (lambda: BytesIO(bytes.fromhex("0904060000001000")), "(.xls)", True),
    "Word of before 2007": (lambda: compound("Root Entry", "WordDocument"), "Office-dokument av eldre type", False),
    "a binary workbook": (
        lambda: zipped({"_rels/.rels": links(("officeDocument", "xl/workbook.bin")), "xl/workbook.bin": b"\x83\x01"}),
        "binær Excel-arbeidsbok (.xlsb)",
        True,
    ),
    "OpenDocument": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "OpenDocument",
        True,
    ),
    "OpenDocument in one piece": (
        lambda: BytesIO(b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:x">'),
        "OpenDocument",
        True,
    ),
    "Numbers": (lambda: zipped({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}), "Numbers", True),
    "Word": (
        lambda: zipped({"_rels/.rels": links(("officeDocument", "word/document.xml")), "word/document.xml": "<w/>"}),
        "Office-dokument, men ikke en arbeidsbok",
        False,
    ),
    "a spreadsheet in XML": (
        lambda: BytesIO(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
        "XML-formatet fra 2003",
        True,
    ),
    "a page": (lambda: BytesIO(b"\xef\xbb\xbf\r\n<html><table><tr><td>lov</td></tr></table></html>"), "nettside", True),
    "a PDF": (lambda: BytesIO(b"%PDF-1.7\n"), "PDF", False),
    "CSV": (lambda: BytesIO("tjenesteomraade;lov;paragraf\r\nBARNEHAGE;Ærlighetsloven;§ 1".encode()), "tekstfil", True),
    "CSV of Windows": (lambda: BytesIO("tjenesteområde;lov".encode("cp1252")), "tekstfil", True),
    "CSV in UTF-16": (lambda: BytesIO("tjenesteområde\tlov".encode("utf-16")), "tekstfil", True),
    "a picture": (lambda: BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00"), "ikke en arbeidsbok i formatet .xlsx", True),
    "another zip file": (lambda: zipped({"brev.txt": "Hei"}), "ikke en arbeidsbok i formatet .xlsx", True),
    "half a file": (lambda: cut_off(package()), "Filen er ikke hel.", False),
    "parts that are encrypted": (lambda: encrypted(package()), "En del av filen er kryptert.", True),
    "parts packed in another way": (lambda: compressed_oddly(package()), "pakket på en måte", True),
    "a checksum that is wrong": (lambda: without_checksum(package()), "Arbeidsboken er skadet.", True),
    "a part that is destroyed": (lambda: flipped(package()), "Arbeidsboken er skadet.", True),
    "a part twice": (twice, "Samme del står flere ganger", True),
    "XML that does not end": (lambda: package(sheet=sheet()[:-20]), "Arbeidsboken er skadet.", True),
    "rubbish for a workbook": (lambda: package(workbook="<x"), "Arbeidsboken er skadet.", True),
    "an encoding nobody knows": (
        lambda: package(sheet='<?xml version="1.0" encoding="klingon"?>' + sheet()),
        "Arbeidsboken er skadet.",
        True,
    ),
    "a sheet that is not there": (lambda: package(links=links(("worksheet", "worksheets/nei.xml"))), "skadet", True),
    "no sheet at all": (lambda: package(workbook="<workbook><sheets/></workbook>"), "ikke noe ark med celler", False),
    "a chart for a sheet": (lambda: package(links=links(("chartsheet", "a.xml"))), "ikke noe ark med celler", False),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_read_says_what_it_is_and_what_helps(kind: str) -> None:
    make, reason, saving_helps = FILES[kind]
    (fault,) = refused(make())
    assert reason in fault.message
    assert (SAVE_AGAIN in fault.message or "lagre den igjen som" in fault.message) is saving_helps


def strict() -> BytesIO:
    """As Excel saves a "Strict Open XML-regneark"."""
    linked = links(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), types=STRICT_TYPES)
    written = parts(
        sheet=sheet(around=STRICT), workbook=workbook("Lovhjemler", around=STRICT, types=STRICT_TYPES), links=linked
    )
    return zipped(written | {"_rels/.rels": links(("officeDocument", "xl/workbook.xml"), types=STRICT_TYPES)})


def with_parts(**more: str) -> BytesIO:
    names = {"core": "docProps/core.xml", "macros": "xl/vbaProject.bin", "drawing": "xl/drawings/drawing1.xml"}
    return zipped(parts() | {names[name]: text for name, text in more.items()})


def renamed(change: Callable[[str], str]) -> BytesIO:
    return zipped({change(name): content for name, content in parts().items()})


WHOLE: Final[dict[str, Callable[[], BytesIO]]] = {
    "the plain one": package,
    "the strict form": strict,
    "a date in the properties that is none": lambda: with_parts(core="<x><created>31.12.26 kl. 12</created></x>"),
    "properties that are rubbish": lambda: with_parts(core="<x"),
    "macros": lambda: with_parts(macros="Sub AutoOpen()"),
    "a drawing that is rubbish": lambda: with_parts(drawing="<x"),
    "a style number that is not there": lambda: with_cell(
        "lov", '<c r="{place}" s="999" t="inlineStr"><is><t>Folkeregisterloven</t></is></c>'
    ),
    "no styles": lambda: package(styles="", links=links(("worksheet", "worksheets/sheet1.xml"))),
    "styles that are rubbish": lambda: package(styles="<x"),
    "names with a prefix": lambda: package(
        sheet=sheet().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    ),
    "parts in other letters": lambda: renamed(str.upper),
    "folders by another stroke": lambda: renamed(lambda name: name.replace("/", "\\")),
    "places from the root": lambda: package(links=links(("worksheet", "/xl/worksheets/sheet1.xml"))),
    "UTF-16": lambda: zipped(parts() | {"xl/worksheets/sheet1.xml": sheet().encode("utf-16")}),
    "texts that are shared": lambda: with_cell(
        "lov",
        '<c r="{place}" t="s"><v>1</v></c>',
        texts="<sst><si><t>x</t></si><si><r><t>Folkeregister</t></r><r><t>loven</t></r></si></sst>",
    ),
    "a text with its pronunciation": lambda: with_cell(
        "lov",
        '<c r="{place}" t="inlineStr"><is><t>Folkeregisterloven</t><rPh sb="0" eb="1"><t>uttale</t></rPh></is></c>',
    ),
    "a text that a program wrote as one": lambda: with_cell(
        "lov", '<c r="{place}" t="str"><v>Folkeregisterloven</v></c>'
    ),
    "a filter, links and a validation": lambda: package(
        sheet=sheet(
            more='<autoFilter ref="A1:I2"/><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'
        )
    ),
    "rows that a filter hides": lambda: package(sheet=sheet().replace('<row r="2">', '<row r="2" hidden="1">')),
    "cells that do not say where they are": lambda: package(
        sheet=sheet().replace('<row r="1"', "<row").replace('<row r="2"', "<row")
    ),
    "the sheet of choices behind it": lambda: package(workbook=workbook("Lovhjemler", "Koder")),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_parts_without_cells_do_not_hinder_reading(kind: str) -> None:
    found = parse_sheet(read_sheet(WHOLE[kind]()), confidential_areas={})
    assert found.faults == ()
    assert [row.statute for row in found.rows.values()] == ["Folkeregisterloven"]


def test_a_second_sheet_is_named_and_so_is_that_it_is_hidden() -> None:
    faults = refused(package(workbook=workbook("Lovhjemler", "Gammelt", state="hidden")))
    assert faults[0].message == "Arbeidsboken må ha ett ark, og bare ett."
    assert [(fault.sheet, "skjult" in fault.message) for fault in faults[1:]] == [
        ("Lovhjemler", False),
        ("Gammelt", True),
    ]


NOT_EMPTY: Final[dict[str, str]] = {
    "nothing, shown as a date": '<c r="{place}" s="1"><v>0</v></c>',
    "half a day, shown as a date": '<c r="{place}" s="1"><v>0.5</v></c>',
    "a time of day": '<c r="{place}" s="2"><v>0.5</v></c>',
    "hours that add up": '<c r="{place}" s="3"><v>46387</v></c>',
    "the day that never was": '<c r="{place}" s="1"><v>60</v></c>',
    "a day before the first": '<c r="{place}" s="1"><v>-1</v></c>',
    "a day after the last": '<c r="{place}" s="1"><v>99999999</v></c>',
    "a number without end": '<c r="{place}" s="1"><v>1E400</v></c>',
    "what is no number": '<c r="{place}" s="1"><v>NaN</v></c>',
    "a number with a comma": '<c r="{place}"><v>1,5</v></c>',
    "a plain number": '<c r="{place}"><v>46387</v></c>',
    "a number as text": '<c r="{place}" t="inlineStr"><is><t>46387</t></is></c>',
    "true": '<c r="{place}" t="b"><v>1</v></c>',
    "false": '<c r="{place}" t="b"><v>0</v></c>',
    "neither true nor false": '<c r="{place}" t="b"><v>2</v></c>',
    "not available": '<c r="{place}" t="e"><v>#N/A</v></c>',
    "a formula that gave nothing": '<c r="{place}"><f>A1</f></c>',
    "a formula that gave a text": '<c r="{place}" t="str"><f>A1</f><v></v></c>',
    "a formula of many cells": '<c r="{place}"><f t="shared" si="0"/><v>1</v></c>',
    "a shared text that is not there": '<c r="{place}" t="s"><v>7</v></c>',
    "a shared text without a number": '<c r="{place}" t="s"><v>x</v></c>',
    "a kind nobody knows": '<c r="{place}" t="q"><v>1</v></c>',
    "a day that is none": '<c r="{place}" t="d"><v>2026-02-30</v></c>',
    "a space": '<c r="{place}" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>',
    "a space that does not break": '<c r="{place}" t="str"><v>\u00a0</v></c>',
    "a sign that cannot be seen": '<c r="{place}" t="inlineStr"><is><t>\u200b</t></is></c>',
    "a line": '<c r="{place}" t="inlineStr"><is><t>–</t></is></c>',
}


@pytest.mark.parametrize("column", ["gyldig_fra", "gyldig_til", "url"])
@pytest.mark.parametrize("kind", NOT_EMPTY)
def test_a_cell_that_is_not_empty_is_never_read_as_empty(kind: str, column: str) -> None:
    faults = told(with_cell(column, NOT_EMPTY[kind]))
    assert [(fault.row, fault.column[:1]) for fault in faults] == [
        (2, {"url": "D", "gyldig_fra": "G"}.get(column, "H"))
    ]


@pytest.mark.parametrize("column", ["tjenesteomraade", "lov", "paragraf", "taushetsbelagt", "opplysninger", "status"])
@pytest.mark.parametrize(
    "kind", ["nothing, shown as a date", "a time of day", "true", "false", "a space", "not available"]
)
def test_no_column_takes_what_is_not_a_text_of_it(kind: str, column: str) -> None:
    assert [fault.row for fault in told(with_cell(column, NOT_EMPTY[kind]))] == [2]


DAYS: Final[dict[str, str]] = {
    "a number shown as a date": '<c r="{place}" s="1"><v>46387</v></c>',
    "with a time of day": '<c r="{place}" s="1"><v>46387.75</v></c>',
    "in words": '<c r="{place}" s="4"><v>46387</v></c>',
    "as ISO says it": '<c r="{place}" t="d"><v>2026-12-31T00:00:00</v></c>',
    "as a text": '<c r="{place}" t="inlineStr"><is><t> 2026-12-31\u00a0</t></is></c>',
}


@pytest.mark.parametrize("kind", DAYS)
def test_a_day_is_the_day_that_is_shown(kind: str) -> None:
    rows = parse_sheet(read_sheet(with_cell("gyldig_til", DAYS[kind])), confidential_areas={}).rows
    assert rows[2].valid_to == date(2026, 12, 31)


def test_days_are_counted_from_where_the_workbook_says() -> None:
    file = with_cell(
        "gyldig_til", DAYS["a number shown as a date"], workbook=workbook("Ark1", properties='date1904="1"')
    )
    assert parse_sheet(read_sheet(file), confidential_areas={}).rows[2].valid_to == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("_x000D_", "\r"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_x00_", "_x00_"),
    ],
)
def test_escapes_are_read_as_excel_writes_them(written: str, shown: str) -> None:
    found = read_sheet(with_cell("lov", f'<c r="{{place}}" t="inlineStr"><is><t>a{written}b</t></is></c>'))
    assert found.rows[2][2] == f"a{shown}b"


@pytest.mark.parametrize(("where", "at"), [("J2", (2, "J")), ("AX2", (2, "AX")), ("Z1", (1, ""))])
def test_a_value_without_a_header_is_named(where: str, at: tuple[int, str]) -> None:
    faults = told(package(sheet=sheet({where: text_cell(where, "notat")})))
    assert [(fault.row, fault.column) for fault in faults] == [at]


def test_the_form_that_openpyxl_writes_is_read() -> None:
    assert len(read_sheet(book(OPEN_ROW, ROW)).rows) == 3
