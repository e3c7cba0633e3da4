"""What a spreadsheet takes for a formula."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from integrations.spreadsheets.cells import is_taken_for_formula
from integrations.spreadsheets.stream import CellKind, SheetColumn, write_workbook
from integrations.spreadsheets.tables import as_csv, workbook
from tests.integrations.folkeregisteret.pasted import SPACES, UNSEEN

BEFORE = ["", *UNSEEN, *SPACES, "\x00", "\x01", "\x1f", "\x7f", "\x9f", " \u200b\x01"]
FORMULAS = ["=1+1", "+47", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("before", BEFORE)
def test_no_sign_in_front_hides_a_formula(before: str) -> None:
    assert all(is_taken_for_formula(before + formula) for formula in FORMULAS)


@pytest.mark.parametrize("text", ["\tKari", "\rKari", "\nKari"])
def test_a_break_in_front_is_taken_for_one(text: str) -> None:
    assert is_taken_for_formula(text)


@pytest.mark.parametrize("text", ["", " ", "Kari", "O'Måke", "Nord-Sør", "12818823817", "c/o =", "\u200bKari", "(=1)"])
def test_a_name_is_none(text: str) -> None:
    assert not is_taken_for_formula(text)


def csv_cell(name: str) -> str:
    _header, (cell,) = csv.reader(StringIO(as_csv(["Navn"], [[name]]).decode("utf-8-sig"), newline=""), delimiter=";")
    return cell


@pytest.mark.parametrize("before", BEFORE)
def test_the_list_the_report_and_the_csv_mark_the_same(before: str) -> None:
    name = f"{before}=1+1"
    assert csv_cell(name).startswith("'")
    report = load_workbook(BytesIO(workbook("Rapport", {"Navn": 20}, [[name]])))
    assert report.active is not None
    assert [report.active["A2"].data_type, report.active["A2"].quotePrefix] == ["s", True]
    sink = BytesIO()
    columns = [SheetColumn("Navn", CellKind.TEXT, 20)]
    write_workbook(sink, title="Liste", columns=columns, rows=[[name]], row_count=1, about=[("Formål", name)])
    listed = load_workbook(BytesIO(sink.getvalue()))
    cells = [listed.worksheets[0]["A2"], listed.worksheets[1]["B1"]]
    assert [(cell.data_type == "f", cell.quotePrefix) for cell in cells] == [(False, True)] * 2


def test_a_csv_reader_gets_the_name_back_behind_the_mark() -> None:
    assert csv_cell("\u200b=1") == "'\u200b=1"
