"""Uploaded workbooks: what is kept of them, what is said about them, and those that cost much."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.pivot.cache import CacheDefinition, CacheField, CacheSource, WorksheetSource
from openpyxl.pivot.record import RecordList
from openpyxl.pivot.table import Location, TableDefinition
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from citizenlists.ownworkbooks.keeping import Unusable, read_workbook
from citizenlists.ownworkbooks.reading.answers import Answer
from integrations.spreadsheets.shells import Shell, write_into
from integrations.spreadsheets.stream import ABOUT_SHEET, Cell
from tests.citizenlists.ownworkbooks.made import FIRST, dressed, png

Change = Callable[[Workbook, Worksheet], None]
PERSONS: list[list[Cell]] = [
    ["Fjell", "Kari", date(2001, 1, 8)],
    ["=1+1", "Ola & <Per>", None],
    ["01810112345", None, date(1999, 12, 31)],
]


def filled(answer: Answer, rows: list[list[Cell]]) -> bytes:
    sink = BytesIO()
    shell = Shell(answer.shell, answer.sheet, answer.about, answer.first, len(answer.headers))
    write_into(sink, shell, rows=rows, row_count=len(rows), about=[("Formål", "=1+1"), ("Rolle", "Skole")])
    return sink.getvalue()


def said(content: bytes) -> list[str]:
    with pytest.raises(Unusable) as raised:
        read_workbook(BytesIO(content))
    return list(raised.value.said)


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with another content of one of its parts."""
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name in source.namelist():
            book.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return target.getvalue()


def test_the_list_stands_in_the_workbook_and_the_workbook_keeps_its_look() -> None:
    answer = read_workbook(BytesIO(dressed()))
    assert (answer.first, answer.headers) == (FIRST, ("Etternavn", "Fornavn", "Fødselsdato"))
    book = load_workbook(BytesIO(filled(answer, PERSONS)))
    sheet = book["Brev"]
    assert [[cell.value for cell in row[:2]] for row in sheet.iter_rows(min_row=FIRST)] == [
        ["Fjell", "Kari"],
        ["=1+1", "Ola & <Per>"],
        ["01810112345", None],
    ]
    assert (sheet["A1"].value, sheet["A1"].font.size, sheet["A4"].value) == ("Havbris kommune", 20, "ETTERNAVN")
    assert (sheet["A6"].data_type, sheet["A6"].quotePrefix, sheet["C5"].is_date) == ("s", True, True)
    assert {sheet.cell(row, 1).fill.fgColor.rgb for row in (5, 6, 7)} == {"FFFFF2CC"}
    assert all(sheet.cell(row, 1).font.italic for row in (5, 6, 7))
    assert [image._data() for image in sheet._images] == [png()]
    assert (sheet.column_dimensions["A"].width, sheet.oddFooter.center.text) == (33, "Side &P")
    assert (sheet.auto_filter.ref, sheet.dimensions, sheet.page_setup.orientation) == ("A4:C7", "A1:C7", "landscape")
    assert book["Veiledning"]["A1"].value == "Slik bruker du listen"


def test_another_reader_and_a_reading_in_passing_see_the_same_rows() -> None:
    content = filled(read_workbook(BytesIO(dressed())), PERSONS)
    names = ["Fjell", "=1+1", "01810112345"]
    in_passing = load_workbook(BytesIO(content), read_only=True)["Brev"]
    assert [row[0] for row in in_passing.iter_rows(min_row=FIRST, values_only=True)] == names
    calamine = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Brev").to_python()
    assert [row[0] for row in calamine[FIRST - 1 :]] == names
    assert calamine[FIRST - 1][2] == date(2001, 1, 8)


def test_the_page_about_the_list_is_the_last_sheet_and_text() -> None:
    book = load_workbook(BytesIO(filled(read_workbook(BytesIO(dressed())), PERSONS)))
    about = book[ABOUT_SHEET]
    assert book.sheetnames[-1] == ABOUT_SHEET
    assert [[cell.value for cell in row] for row in about.rows] == [["Formål", "=1+1"], ["Rolle", "Skole"]]
    assert about["B1"].data_type == "s"


def test_who_made_the_workbook_and_its_names_are_not_in_the_file() -> None:
    def sign(book: Workbook, _sheet: Worksheet) -> None:
        book.properties.creator = book.properties.lastModifiedBy = "Kari Nordmann"

    content = filled(read_workbook(BytesIO(dressed(sign))), PERSONS)
    package = zipfile.ZipFile(BytesIO(content))
    assert not [name for name in package.namelist() if b"Nordmann" in package.read(name)]


def test_a_list_of_nobody_has_no_row() -> None:
    sheet = load_workbook(BytesIO(filled(read_workbook(BytesIO(dressed())), [])))["Brev"]
    assert sheet.max_row == FIRST - 1


def _names(book: Workbook, sheet: Worksheet) -> None:
    for defined in (sheet.defined_names, book.defined_names):
        defined["Sats"] = DefinedName("Sats", attr_text="'[Leftover.xlsx]Brev'!$A$1")


def _links(_book: Workbook, sheet: Worksheet) -> None:
    sheet["A1"].hyperlink = "https://leftover.example/"
    sheet["A5"].hyperlink = "file:///leftover.xlsx"
    sheet["A2"].hyperlink = Hyperlink(ref="A2", location="leftover!A1")


def _pivot(_book: Workbook, sheet: Worksheet) -> None:
    source = CacheSource(type="worksheet", worksheetSource=WorksheetSource(ref="A1:A3", sheet="Leftover"))
    cache = CacheDefinition(id="rId1", cacheSource=source, cacheFields=(CacheField(name="Leftover"),))
    cache.records = RecordList()
    place = Location(ref="H1:H3", firstHeaderRow=0, firstDataRow=1, firstDataCol=0)
    pivot = TableDefinition(name="Leftover", cacheId=1, dataCaption="Leftover", location=place)
    pivot.cache = cache
    sheet.add_pivot(pivot)


def _table(_book: Workbook, sheet: Worksheet) -> None:
    sheet["H1"] = "Leftover"
    sheet.add_table(Table(displayName="Leftover", ref="H1:H2"))


def _chart(_book: Workbook, sheet: Worksheet) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, range_string="Leftover!A1:A3"))
    sheet.add_chart(chart, "H1")


@pytest.mark.parametrize(
    ("change", "trace"),
    [
        (_names, b"Sats"),
        (_links, b"leftover"),
        (_links, b"<hyperlink"),
        (_pivot, b"pivotTable"),
        (_pivot, b"pivotCache"),
        (_table, b"<tablePart"),
        (_chart, b"Leftover"),
    ],
)
def test_what_points_elsewhere_or_computes_is_left_out(change: Change, trace: bytes) -> None:
    uploaded = dressed(change)
    assert _parts_with(uploaded, trace)
    assert not _parts_with(filled(read_workbook(BytesIO(uploaded)), PERSONS), trace)


def _parts_with(content: bytes, trace: bytes) -> list[str]:
    package = zipfile.ZipFile(BytesIO(content))
    return [name for name in package.namelist() if trace in package.read(name) or trace in name.encode()]


def test_the_text_of_a_link_and_the_rows_on_every_page_stay() -> None:
    def change(book: Workbook, sheet: Worksheet) -> None:
        _links(book, sheet)
        sheet.print_title_rows = "1:4"

    sheet = load_workbook(BytesIO(filled(read_workbook(BytesIO(dressed(change))), PERSONS)))["Brev"]
    assert (sheet["A1"].value, sheet["A1"].hyperlink, sheet.print_title_rows) == ("Havbris kommune", None, "$1:$4")


def _dressed_below(_book: Workbook, sheet: Worksheet) -> None:
    for row in (FIRST, FIRST + 1, FIRST + 2, FIRST + 20, FIRST + 70):
        sheet.row_dimensions[row].height = 40
    for row in (FIRST + 2, FIRST + 3, FIRST + 60):
        sheet.row_dimensions[row].fill = PatternFill("solid", fgColor="FFFF0000")
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor="FFFF0000")


@pytest.mark.parametrize("count", [0, 1, 50])
def test_heights_and_looks_of_rows_below_the_columns_leave_every_row_once_in_order(count: int) -> None:
    rows: list[list[Cell]] = [[f"Fjell {number}", "Kari", None] for number in range(count)]
    answer = read_workbook(BytesIO(dressed(_dressed_below)))
    content = filled(answer, rows)
    written = zipfile.ZipFile(BytesIO(content)).read(answer.sheet).decode()
    numbers = [int(number) for number in re.findall(r'<row r="(\d+)"', written)]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == FIRST - 1 + count
    names = [row[0] for row in rows]
    read = load_workbook(BytesIO(content))["Brev"]
    assert [cell.value for cell in read["A"][FIRST - 1 :]] == names
    calamine = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Brev").to_python()
    assert [row[0] for row in calamine[FIRST - 1 :]] == names


def _formula(_book: Workbook, sheet: Worksheet) -> None:
    sheet["A3"] = "=WEBSERVICE(A1)"


def _below(_book: Workbook, sheet: Worksheet) -> None:
    sheet["B9"] = "Sum"


def _merged(_book: Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A6:B7")


def _about(book: Workbook, _sheet: Worksheet) -> None:
    book.create_sheet("om LISTEN")


def _other_row(_book: Workbook, sheet: Worksheet) -> None:
    sheet["A3"] = "{Kjønn}"


@pytest.mark.parametrize(
    ("change", "columns", "expected"),
    [
        (_formula, ("{Etternavn}",), "Brev!A3: Cellen er en formel"),
        (_below, ("{Etternavn}",), "Brev!B9: Listen skal stå her"),
        (_merged, ("{Etternavn}",), "Brev!A6:B7: Cellene er slått sammen"),
        (_about, ("{Etternavn}",), "Et ark heter Om listen"),
        (_other_row, ("{Etternavn}",), "Brev!A5: Alle kolonnene må stå på samme rad som Brev!A3"),
        (None, ("{Etternamn}",), "Brev!A5: Ingen liste har denne kolonnen. Mente du {Etternavn}?"),
        (None, ("{Etternavn}", "{Etternavn}"), "Brev!B5: Kolonnen står to ganger"),
        (None, ("Etternavn",), "Ingen celle er en kolonne"),
    ],
)
def test_a_fault_is_said_with_its_cell(change: Change | None, columns: tuple[str, ...], expected: str) -> None:
    assert said(dressed(change, columns))[0].startswith(expected)


def _entities(part: bytes) -> bytes:
    begun, _, rest = part.partition(b"?>")
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return begun + b"?>" + declared + rest if rest else b"<?xml version='1.0'?>" + declared + part


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "Filen er tom"),
        (b"navn;nummer\n", "Filen er en tekstfil"),
        (b"PK\x03\x04 cut off", "Filen er ikke hel"),
        (changed(dressed(), "xl/worksheets/sheet1.xml", _entities), "Filen har en dokumenttype"),
        (changed(dressed(), "xl/styles.xml", lambda part: part[:90]), "Arbeidsboken er skadet"),
        (changed(dressed(), "xl/styles.xml", lambda _part: b" " * 60_000_000), "Filen pakker ut til mer"),
        (
            changed(dressed(), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"A1:C1", b"A1:XFD1048576")),
            "Filen er for tung å lese",
        ),
    ],
)
def test_a_file_that_is_no_workbook_or_costs_much_is_refused_in_words(content: bytes, expected: str) -> None:
    assert said(content)[0].startswith(expected)
