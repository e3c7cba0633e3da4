"""The workbook opens whole in other readers than the big spreadsheet programs, and has what the strictest demand."""

import csv
import importlib
import re
import struct
import uuid
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from citizenlists import storage
from integrations.spreadsheets import stream
from integrations.spreadsheets.stream import Cell, CellKind, SheetColumn, write_workbook

COLUMNS = tuple(
    SheetColumn(header, kind, 12)
    for header, kind in [
        ("Nummer", CellKind.TEXT),
        ("Navn", CellKind.TEXT),
        ("Født", CellKind.DATE),
        ("Sist", CellKind.TEXT),
    ]
)
SHEET = "xl/worksheets/sheet1.xml"
SIZES = [0, 1, 2, 3, 26, 499, 500, 501, 1203]
LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")


def persons(count: int) -> list[list[Cell]]:
    """Some without a name, some without a date, all with a number and something in the last column."""
    return [
        [
            f"{number:011}",
            None if number % 3 == 1 else f"Fjell {number} & Dal",
            None if number % 4 == 2 else date(2001, 2, 3),
            "x",
        ]
        for number in range(count)
    ]


def written(rows: Sequence[Sequence[Cell]]) -> bytes:
    content = BytesIO()
    write_workbook(content, title="Liste", columns=COLUMNS, rows=rows, row_count=len(rows), about=[("Formål", "Sak 1")])
    return content.getvalue()


def sealed_and_opened(rows: Sequence[Sequence[Cell]]) -> bytes:
    """The workbook as it is when it was kept encrypted, which is how every list is made."""
    order_id = uuid.uuid4()
    vault = storage.vault(order_id, storage.new_sealed_key(order_id))
    with vault.create("list-1") as writer:
        write_workbook(
            writer, title="Liste", columns=COLUMNS, rows=rows, row_count=len(rows), about=[("Formål", "Sak 1")]
        )
        writer.finish()
        writer.publish()
    return vault.read("list-1")


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.FIKSREG_FILES_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize("count", SIZES)
def test_a_reader_that_trusts_the_dimension_finds_everybody(count: int) -> None:
    book = load_workbook(BytesIO(written(persons(count))), read_only=True)
    numbers = [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert numbers == [row[0] for row in persons(count)]


@pytest.mark.parametrize("count", SIZES)
def test_a_reader_that_goes_by_addresses_finds_everybody(count: int, tmp_path: Path) -> None:
    (tmp_path / "liste.xlsx").write_bytes(written(persons(count)))
    text = StringIO()
    importlib.import_module("xlsx2csv").Xlsx2csv(str(tmp_path / "liste.xlsx"), outputencoding="utf-8").convert(text)
    header, *rows = csv.reader(StringIO(text.getvalue()))
    assert header == ["Nummer", "Navn", "Født", "Sist"]
    shown = [[a, b or "", f"{day:%d.%m.%Y}" if isinstance(day, date) else "", d] for a, b, day, d in persons(count)]
    assert rows == shown


@pytest.mark.parametrize("count", SIZES)
def test_a_reader_in_rust_finds_everybody(count: int) -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(written(persons(count)))).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()[1:]] == [row[0] for row in persons(count)]


def addresses(row: int, cells: Sequence[str | None]) -> list[str]:
    """Of the cells with a value; somebody without any still has a first cell, so that no reader passes over them."""
    return [f"{letter}{row}" for letter, cell in zip("ABCD", cells, strict=True) if cell] or [f"A{row}"]


@given(st.lists(st.tuples(*[st.sampled_from([None, "", "a", " b ", "=c", "d\ne"])] * 4), max_size=12))
def test_every_row_and_cell_has_its_address_and_the_dimension_is_the_lists(rows: list[tuple[str | None, ...]]) -> None:
    sheet = zipfile.ZipFile(BytesIO(written(rows))).read(SHEET).decode()
    assert re.findall(r'<dimension ref="([^"]*)" ?/>', sheet) == [f"A1:D{len(rows) + 1}"]
    assert re.findall(r'<row r="(\d+)"', sheet) == [str(number) for number in range(1, len(rows) + 2)]
    assert sheet.count("<row") == len(rows) + 1
    filled = [address for row, cells in enumerate(rows, start=2) for address in addresses(row, cells)]
    assert re.findall(r'<c r="([A-Z]+\d+)"', sheet) == ["A1", "B1", "C1", "D1", *filled]
    assert sheet.count("<c ") == len(filled) + 4


def test_no_text_is_an_inline_string_which_some_readers_do_not_know() -> None:
    book = zipfile.ZipFile(BytesIO(written(persons(26))))
    assert not [name for name in book.namelist() if b"inlineStr" in book.read(name)]


@pytest.mark.parametrize("count", [0, 26, 30_000])
def test_every_part_has_its_sizes_in_front_of_it_and_the_short_header(files: Path, count: int) -> None:
    content = sealed_and_opened(persons(count))
    book = zipfile.ZipFile(BytesIO(content))
    assert book.testzip() is None
    for part in book.infolist():
        header = LOCAL_HEADER.unpack_from(content, part.header_offset)
        _magic, version, flags, _method, _time, _date, checksum, packed, unpacked, _name, extra = header
        assert (version, flags & 8, extra) == (20, 0, 0), part.filename
        assert (checksum, packed, unpacked) == (part.CRC, part.compress_size, part.file_size), part.filename


def test_only_a_sheet_that_may_come_near_four_gigabytes_has_the_long_header(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not stream.may_be_huge(200_000 * 33)
    assert stream.may_be_huge(1_048_575 * 33)
    monkeypatch.setattr(stream, "may_be_huge", lambda _cells: True)
    part = zipfile.ZipFile(BytesIO(written(persons(26)))).getinfo(SHEET)
    assert part.extract_version == 45


@pytest.mark.parametrize("announced", [25, 27])
def test_a_list_with_another_number_of_rows_than_its_dimension_says_is_never_made(announced: int) -> None:
    with pytest.raises(ValueError, match="not as many rows"):
        write_workbook(BytesIO(), title="Liste", columns=COLUMNS, rows=persons(26), row_count=announced, about=())


def test_a_text_that_begins_with_a_formula_behind_a_control_character_is_marked() -> None:
    cell = load_workbook(BytesIO(written([["1", "\x01=1+1", None, "x"]]))).worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
