"""The open pages, read without logging in and without JavaScript, and what can be fetched from them."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_reader_finds_every_open_page_from_the_front_page(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_role("main").get_by_role("link", name="Om Fiksreg").click()
    for name in ("Ta i bruk", "Priser", "ROS og DPIA", "Historikk", "Skatt og inntekt", "Hva det er"):
        link = reader.get_by_role("navigation", name="Om Fiksreg").get_by_role("link", name=name)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")


def test_a_template_is_downloaded_as_a_workbook_that_opens(reader: Page) -> None:
    reader.goto("/om/maler/")
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Vurdering av personvernkonsekvenser").click()
    assert download.value.suggested_filename == "fiksreg-dpia-mal.xlsx"
    assert load_workbook(BytesIO(download.value.path().read_bytes())).sheetnames[:2] == ["Behandlingen", "Dataflyt"]


def test_a_chapter_of_the_guide_is_reached_from_help(reader: Page) -> None:
    reader.goto("/hjelp/")
    reader.get_by_role("link", name="Bestille en innbyggerliste").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Bestille en innbyggerliste")
