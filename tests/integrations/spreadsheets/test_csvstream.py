"""The CSV as a program reads it back."""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.spreadsheets.cells import is_taken_for_formula
from integrations.spreadsheets.csvstream import write_csv
from integrations.spreadsheets.stream import Cell

HEADERS = ("Fødselsnummer", "Etternavn", "Fødselsdato")


def written(rows: Sequence[Sequence[Cell]]) -> bytes:
    sink = BytesIO()
    write_csv(sink, headers=HEADERS, rows=rows, row_count=len(rows))
    return sink.getvalue()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_begins_with_the_mark_by_which_excel_knows_utf_8_and_is_parted_by_semicolons() -> None:
    assert written([]) == b"\xef\xbb\xbf" + "Fødselsnummer;Etternavn;Fødselsdato\r\n".encode()


def test_a_number_keeps_its_zero_and_a_date_is_written_the_norwegian_way() -> None:
    assert read(written([("01810112345", "Fjell; Dal", date(2001, 1, 8))]))[1] == [
        "01810112345",
        "Fjell; Dal",
        "08.01.2001",
    ]


@pytest.mark.parametrize("name", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1+1"])
def test_a_name_that_looks_like_a_formula_has_an_apostrophe_before_it(name: str) -> None:
    assert read(written([(None, name, None)]))[1] == ["", f"'{name}", ""]


def test_another_number_of_rows_than_announced_is_refused() -> None:
    with pytest.raises(ValueError, match="announced"):
        write_csv(BytesIO(), headers=HEADERS, rows=[("", "", None)], row_count=2)


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9), st.none() | st.dates()), max_size=9))
def test_no_cell_is_a_formula_and_no_row_is_lost(rows: list[tuple[str, str, date | None]]) -> None:
    back = read(written(rows))
    assert [len(row) for row in back] == [3] * (len(rows) + 1)
    assert not [cell for row in back for cell in row if is_taken_for_formula(cell)]
