"""The central administrator's way in the browser: the catalogue out, changed in a spreadsheet, in, and in force."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in

CENTRAL = "Sentral administrator"


@pytest.fixture
def downloaded(page: Page, site: Site, tmp_path: Path) -> Path:
    """The catalogue as the central administrator gets it; the browser stands where it is imported."""
    log_in(page, CENTRAL)
    page.get_by_role("link", name="Administrasjon").first.click()
    page.get_by_role("link", name="Lovhjemler", exact=True).click()
    page.get_by_role("link", name="Importer arbeidsbok").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned som arbeidsbok").click()
    path = tmp_path / "lovhjemler.xlsx"
    download.value.save_as(path)
    return path


def change(path: Path, **cells: object) -> None:
    """Writes into the kindergarten's row, by column."""
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    row = next(row[0].row for row in sheet.iter_rows() if str(row[0].value) == "BARNEHAGE")
    for column, value in cells.items():
        sheet[f"{column}{row}"] = value
    workbook.save(path)


def upload(page: Page, path: Path) -> None:
    page.get_by_label("Arbeidsbok (.xlsx)").set_input_files(path)
    page.get_by_role("button", name="Les filen").click()


def test_a_changed_workbook_is_reviewed_and_confirmed(page: Page, downloaded: Path) -> None:
    change(downloaded, F="navn; foedsel; foreldreansvar")
    upload(page, downloaded)
    expect(page.locator("#changed")).to_contain_text("Endret (1)")
    expect(page.locator("#touched")).to_contain_text("Saksbehandler barnehage")
    assert barriers(page) == []
    page.get_by_role("button", name="Bekreft og endre katalogen").click()
    expect(page.get_by_text("Katalogen er endret. Endringene gjelder fra nå.")).to_be_visible()


def test_a_wrong_workbook_is_told_where_it_is_wrong_and_loses_nothing(page: Page, downloaded: Path) -> None:
    change(downloaded, E="kanskje", I="?")
    upload(page, downloaded)
    expect(page.get_by_role("alert")).to_contain_text("Ingenting er endret.")
    expect(page.get_by_role("alert").get_by_role("row")).to_have_count(3)
    assert barriers(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_fit_their_window(page: Page, downloaded: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    change(downloaded, F="navn; foedsel; foreldreansvar")
    upload(page, downloaded)
    expect(page.locator("#changed")).to_be_visible()
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0
