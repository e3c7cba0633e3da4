"""The workbooks for ROS and DPIA: our data flows are in them, and the rest is the organisation's to fill in."""

import re
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from fiksreg.demo.procfile import command_lines
from fiksreg.pages.assessments import HEADER_ROW, NAMES, Assessment, Sheet, assessment, data_flows
from fiksreg.pages.content import read

NEIGHBOURS = {"Folkeregisteret", "Maskinporten", "PostgreSQL", "Valkey", "Filområdet", "Nettleseren"}
_SIMULATED = {"simulator"}  # stands in for the register, which has its own rows


def opened(name: str) -> Workbook:
    return load_workbook(BytesIO(assessment(name)))


def sheets_of(name: str) -> list[Sheet]:
    return [*read(name, Assessment).sheets, data_flows()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_is_fetched_from_the_page_without_login(name: str) -> None:
    assert f'href="/om/maler/{name}.xlsx"' in Client().get("/om/maler/").content.decode()
    response = Client().get(f"/om/maler/{name}.xlsx")
    assert response.headers["Content-Disposition"] == f'attachment; filename="fiksreg-{name}-mal.xlsx"'
    assert "Dataflyt" in load_workbook(BytesIO(response.content)).sheetnames


@pytest.mark.django_db
def test_there_is_no_other_template() -> None:
    assert Client().get("/om/maler/dataflows.xlsx").status_code == 404


def test_the_data_flows_name_every_process_and_everything_beside_them() -> None:
    ends = " ".join(f"{row[1]} {row[2]}" for row in data_flows().rows)
    assert [name for name in {*command_lines(), *NEIGHBOURS} - _SIMULATED if name not in ends] == []


@pytest.mark.django_db
def test_the_page_shows_every_flow_that_the_workbooks_have() -> None:
    page = re.sub(r">\s+|\s+<", lambda edge: edge.group().strip(), Client().get("/om/maler/").content.decode())
    assert [row for row in data_flows().rows if f"<dd>{row[3]}</dd>" not in page] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_data_files_is_in_the_workbook_under_its_headers(name: str) -> None:
    workbook = opened(name)
    for sheet in sheets_of(name):
        page = workbook[sheet.title]
        headers, *rows = page.iter_rows(min_row=HEADER_ROW, values_only=True)
        assert headers == tuple(column.header for column in sheet.columns)
        assert [row[: len(filled)] for row, filled in zip(rows, sheet.rows, strict=False)] == list(sheet.rows)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_ours_stands_where_the_organisation_answers(name: str) -> None:
    for sheet in sheets_of(name):
        open_columns = [number for number, column in enumerate(sheet.columns) if column.is_open]
        assert open_columns
        assert max(len(row) for row in sheet.rows) <= open_columns[0]


@pytest.mark.parametrize(
    ("name", "title", "risk"), [("ros", "Risikoer", "H"), ("dpia", "Risiko for de registrerte", "E")]
)
def test_a_risk_is_worked_out_of_two_figures_from_one_to_five(name: str, title: str, risk: str) -> None:
    page = opened(name)[title]
    first, second = chr(ord(risk) - 2), chr(ord(risk) - 1)
    assert page[f"{risk}5"].value == f'=IF(OR({first}5="",{second}5=""),"",{first}5*{second}5)'
    offered = {str(choice.sqref): choice.formula1 for choice in page.data_validations.dataValidation}
    assert offered == {f"{letter}5:{letter}{page.max_row}": '"1,2,3,4,5"' for letter in (first, second)}
