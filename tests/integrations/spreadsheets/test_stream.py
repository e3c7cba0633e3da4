"""The workbook as a spreadsheet program reads it back."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from integrations.spreadsheets.stream import ABOUT_SHEET, Cell, CellKind, SheetColumn, write_workbook

NUMBER = SheetColumn("Fødselsnummer", CellKind.TEXT, 16)
NAME = SheetColumn("Etternavn", CellKind.TEXT, 20)
BORN = SheetColumn("Fødselsdato", CellKind.DATE, 12)
COLUMNS = (NUMBER, NAME, BORN)


def written(rows: Sequence[Sequence[Cell]], about: Sequence[tuple[str, str]] = ()) -> Workbook:
    content = BytesIO()
    write_workbook(content, title="Liste", columns=COLUMNS, rows=rows, row_count=len(rows), about=about)
    return load_workbook(content)


def sheet(rows: Sequence[Sequence[Cell]]) -> Worksheet:
    first = written(rows).worksheets[0]
    assert isinstance(first, Worksheet)
    return first


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def test_the_header_row_is_bold_frozen_and_filterable() -> None:
    liste = sheet([("01810112345", "Fjell", date(2001, 1, 1))])
    assert [cell.value for cell in liste[1]] == ["Fødselsnummer", "Etternavn", "Fødselsdato"]
    assert all(cell.font.bold for cell in liste[1])
    assert (liste.freeze_panes, liste.auto_filter.ref) == ("A2", "A1:C2")
    assert liste.column_dimensions["A"].width == 16


def test_a_list_of_nobody_still_has_its_header() -> None:
    liste = sheet([])
    assert [[cell.value for cell in row] for row in liste.rows] == [["Fødselsnummer", "Etternavn", "Fødselsdato"]]


def test_a_number_keeps_its_leading_zero_and_is_text() -> None:
    cell = sheet([("01810112345", "Fjell", None)])["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("01810112345", "s", "@")


def test_a_date_is_a_real_date_shown_the_norwegian_way() -> None:
    cell = sheet([("", "Fjell", date(1900, 3, 1)), ("", "Fjell", date(2024, 2, 29))])["C3"]
    assert (cell.value, cell.is_date, cell.number_format) == (midnight(date(2024, 2, 29)), True, "dd.mm.yyyy")


def test_a_date_before_the_spreadsheets_calendar_is_text_rather_than_a_day_off() -> None:
    assert sheet([("", "", date(1900, 2, 28))])["C2"].value == "28.02.1900"


@pytest.mark.parametrize("name", ['=HYPERLINK("http://a.invalid")', "+47", "-1", "@SUM(A1)", "\tfane", "=1+1"])
def test_a_name_that_looks_like_a_formula_stays_text_also_when_edited(name: str) -> None:
    cell = sheet([("", name, None)])["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_characters_a_sheet_cannot_hold_do_not_stop_the_list() -> None:
    assert sheet([("", "Fj\x00el\x1fl\ud800 & <Dal>", None)])["B2"].value == "Fjell & <Dal>"


def test_a_missing_value_is_an_empty_cell() -> None:
    assert [cell.value for cell in sheet([(None, "", None)])[2]] == [None, None, None]


def test_the_second_sheet_tells_about_the_list_as_text() -> None:
    about = written([], [("Formål", "=1+1")])[ABOUT_SHEET]
    assert isinstance(about, Worksheet)
    assert (about["A1"].value, about["B1"].value, about["B1"].data_type) == ("Formål", "=1+1", "s")


def test_nothing_about_who_made_it_but_the_system_stands_in_the_file() -> None:
    assert written([]).properties.creator == "Fiksreg"


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="more rows"):
        write_workbook(BytesIO(), title="Liste", columns=COLUMNS, rows=(), row_count=1_048_576, about=())


READABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60)


@given(st.lists(st.tuples(READABLE, READABLE, st.none() | st.dates(date(1900, 3, 1))), max_size=20))
def test_whatever_is_written_is_read_back(rows: list[tuple[str, str, date | None]]) -> None:
    read = [tuple(cell.value for cell in row) for row in sheet(rows).iter_rows(min_row=2)]
    expected = [(a or None, b or None, day and midnight(day)) for a, b, day in rows]
    assert read == expected
