"""Ordering a list, following it and downloading it, in a browser, against the whole of Fiksreg."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, overflow, register_slow

ACCOUNT = "Saksbehandler barnehage"
TEMPLATE = "Ettåringer med rett til barnehageplass"
NARROWEST = 320  # WCAG 2.2, 1.4.10 Reflow
PATIENCE = 30_000


@pytest.fixture
def without_javascript(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.address, locale="nb-NO", java_script_enabled=False, accept_downloads=True
    )
    yield context.new_page()
    context.close()


def fill_in(page: Page, *, born: tuple[int, int] = (2010, 2016)) -> None:
    page.get_by_role("link", name="Innbyggerlister").click()
    page.get_by_role("link", name="Bestill liste").click()
    page.get_by_label("Kommune", exact=True).select_option(label="Sortland (1870)")
    page.get_by_label("Født fra år").fill(str(born[0]))
    page.get_by_label("Født til år").fill(str(born[1]))
    options = page.get_by_role("group", name="Opplysninger")
    for option in ("Fødselsnummer eller d-nummer", "Navn", "Fødsel"):
        options.get_by_label(option, exact=True).check()
    page.get_by_label("Formål eller saksnummer").fill("Sak 2026/17")


def downloaded(page: Page) -> BytesIO:
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned").click()
    return BytesIO(Path(download.value.path()).read_bytes())


def test_a_list_is_ordered_followed_and_downloaded(page: Page) -> None:
    order_follow_and_download(page)


def test_a_list_is_ordered_followed_and_downloaded_without_javascript(without_javascript: Page) -> None:
    order_follow_and_download(without_javascript)


def order_follow_and_download(page: Page) -> None:
    log_in(page, ACCOUNT)
    fill_in(page)
    page.get_by_role("button", name="Bestill", exact=True).click()
    expect(page.get_by_text(re.compile("Bestilt|Under arbeid|Ferdig")).first).to_be_visible()
    expect(page.locator("#progress[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_title(re.compile(r"Fritt utvalg, Sortland, \d{4}: Ferdig – Fiksreg"))
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "100")
    sheet = load_workbook(downloaded(page)).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == (
        *("Fødselsnummer eller d-nummer", "Fornavn", "Mellomnavn", "Etternavn"),
        "Fødselsdato",
    )
    assert rows
    assert all(re.fullmatch(r"\d{11}", str(row[0])) and isinstance(row[4], datetime) for row in rows)


def test_a_chosen_template_fills_the_form_in_at_once(page: Page) -> None:
    choose_a_template(page)
    assert barriers(page) == []
    assert overflow(page, NARROWEST) == 0


def test_a_chosen_template_fills_the_form_in_at_once_without_javascript(without_javascript: Page) -> None:
    choose_a_template(without_javascript)


def choose_a_template(page: Page) -> None:
    log_in(page, ACCOUNT)
    page.goto("/innbyggerlister/bestill/")
    page.get_by_role("link", name=TEMPLATE).click()
    expect(page.get_by_role("heading", level=2, name=TEMPLATE)).to_be_visible()
    expect(page.get_by_role("link", name=TEMPLATE)).to_have_attribute("aria-current", "page")
    expect(page.get_by_label("Født fra år")).not_to_have_value("")
    expect(page.get_by_label("Født senest")).to_have_value(re.compile(r"30\.11\.\d{4}"))
    expect(page.get_by_role("group", name="Opplysninger").get_by_label("Foreldreansvar")).to_be_checked()


def test_enter_orders_what_is_written(page: Page) -> None:
    order_with_enter(page)


def test_enter_orders_what_is_written_without_javascript(without_javascript: Page) -> None:
    order_with_enter(without_javascript)


def order_with_enter(page: Page) -> None:
    log_in(page, ACCOUNT)
    page.goto("/innbyggerlister/bestill/")
    page.get_by_role("link", name=TEMPLATE).click()
    page.get_by_label("Kommune", exact=True).select_option(label="Sortland (1870)")
    page.get_by_label("Født fra år").fill("2019")
    page.get_by_label("Født til år").fill("2019")
    page.get_by_label("Født senest").fill("")
    page.get_by_label("Formål eller saksnummer").fill("Sak 2026/17")
    page.get_by_label("Formål eller saksnummer").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"{TEMPLATE}, Sortland, "))
    expect(page.get_by_text("født 2019", exact=False)).to_be_visible()


def test_two_presses_are_one_order(page: Page) -> None:
    log_in(page, ACCOUNT)
    fill_in(page)
    page.get_by_role("button", name="Bestill", exact=True).dblclick(delay=60)
    expect(page.locator("#progress")).to_be_visible()
    page.goto("/innbyggerlister/")
    expect(page.locator("[data-order]")).to_have_count(1)


def test_an_order_is_cancelled(page: Page, site: Site) -> None:
    log_in(page, ACCOUNT)
    fill_in(page)
    with register_slow(site.simulator, milliseconds=8_000):
        page.get_by_role("button", name="Bestill", exact=True).click()
        cancel = page.get_by_role("button", name="Avbryt")
        cancel.focus()
        expect(page.locator("#progress[data-state=building]")).to_be_visible()
        expect(cancel).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#progress[data-state=cancelled]")).to_be_visible()
    expect(page.get_by_role("link", name="Last ned")).to_have_count(0)


def test_nothing_on_the_pages_keeps_anybody_out(page: Page) -> None:
    log_in(page, ACCOUNT)
    fill_in(page)
    assert barriers(page) == []
    assert overflow(page, NARROWEST) == 0
    page.get_by_label("Født fra år").fill("tolv")
    page.get_by_role("button", name="Bestill", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert barriers(page) == []
    page.get_by_label("Født fra år").fill("2012")
    page.get_by_role("button", name="Bestill", exact=True).click()
    expect(page.locator("#progress[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    assert barriers(page) == []
    assert overflow(page, NARROWEST) == 0
    page.goto("/innbyggerlister/")
    assert barriers(page) == []
    assert overflow(page, NARROWEST) == 0


def test_the_hits_of_a_search_become_a_list(page: Page) -> None:
    order_the_hits(page)


def test_the_hits_of_a_search_become_a_list_without_javascript(without_javascript: Page) -> None:
    order_the_hits(without_javascript)


def order_the_hits(page: Page) -> None:
    log_in(page, ACCOUNT)
    page.goto("/oppslag/")
    page.get_by_role("textbox", name="Søk", exact=True).fill("Engsyre")
    page.get_by_label("Formål eller saksnummer").fill("2026/1234")
    page.get_by_role("button", name="Søk", exact=True).click()
    page.get_by_role("button", name="Bestill liste av treffene").click()
    expect(page.get_by_role("heading", level=2, name="Treffene i et søk")).to_be_visible()
    assert "Engsyre" not in page.url
    page.get_by_role("group", name="Opplysninger").get_by_label("Navn", exact=True).check()
    page.get_by_label("Formål eller saksnummer").fill("Sak 2026/17")
    page.get_by_role("button", name="Bestill", exact=True).click()
    expect(page.locator("#progress[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    assert "ENGSYRE" in str(list(load_workbook(downloaded(page)).worksheets[0].iter_rows(values_only=True))).upper()


def test_what_an_order_gives_is_seen_before_it_is_placed(page: Page) -> None:
    see_beforehand(page)
    assert barriers(page) == []
    assert overflow(page, NARROWEST) == 0


def test_what_an_order_gives_is_seen_before_it_is_placed_without_javascript(without_javascript: Page) -> None:
    see_beforehand(without_javascript)


def see_beforehand(page: Page) -> None:
    log_in(page, ACCOUNT)
    fill_in(page)
    page.get_by_role("button", name="Se hva du får").click()
    told = page.get_by_role("region", name="Dette får du")
    expect(told).to_contain_text("Fornavn, Mellomnavn, Etternavn")
    expect(told).to_contain_text("Antall")
    expect(page.get_by_label("Formål eller saksnummer")).to_have_value("Sak 2026/17")
