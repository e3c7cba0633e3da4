"""The one field in a browser: by the keyboard alone, without JavaScript, and with a hit list to choose from."""

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, number_of, overflow

HELSE = "Saksbehandler helse"
CASE = "2026/1234"


def surname(site: Site, case: str) -> str:
    """The family name of a test person, which others have too."""
    persons: list[dict[str, str]] = httpx.get(f"{site.simulator}/testpersoner.json").raise_for_status().json()
    return next(person["name"] for person in persons if person["case"] == case).split()[-1]


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Søk", exact=True)


def search(page: Page, text: str) -> None:
    """From the page that is shown, by the keyboard."""
    field(page).fill(text)
    page.get_by_label("Formål eller saksnummer").fill(CASE)
    page.get_by_label("Formål eller saksnummer").press("Enter")


def test_a_hit_is_chosen_by_the_arrow_keys_and_enter(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    expect(field(page)).to_be_focused()
    search(page, surname(site, "vanlig-familie"))
    openers = page.locator(".hits tbody a")
    expect(openers.first).to_be_focused()
    assert openers.count() > 1
    page.keyboard.press("ArrowDown")
    expect(openers.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(openers.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hent på nytt")).to_be_visible()
    expect(page.get_by_label("Formål eller saksnummer")).to_have_value(CASE)
    page.go_back()
    expect(field(page)).to_have_value(surname(site, "vanlig-familie"))


def test_hits_are_put_in_the_order_of_a_column(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    search(page, surname(site, "vanlig-familie"))
    born = page.locator(".hits td[data-sort]")
    header = page.get_by_role("columnheader", name="Fødselsdato")
    for order in ("ascending", "descending"):
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", order)
        days = born.evaluate_all("cells => cells.map(cell => cell.dataset.sort)")
        assert days == sorted(days, reverse=order == "descending")
    assert len(days) > 1


def test_the_pages_of_a_search_stop_nobody(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    assert barriers(page) == []
    search(page, "Sindig Sildestim 170118")
    expect(page.get_by_role("button", name="17.01.1918")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="17.01.1918").click()
    expect(page.get_by_role("heading", name="Slik forsto vi det")).to_be_visible()
    expect(page.locator(".understood")).to_contain_text("17. januar 1918")
    assert barriers(page) == []
    search(page, surname(site, "vanlig-familie"))
    expect(page.locator(".hits")).to_be_visible()
    assert barriers(page) == []
    for width in (360, 320):
        assert overflow(page, width) <= 0


@pytest.mark.parametrize("javascript", [True, False])
def test_from_one_person_to_the_next_in_the_same_case(browser: Browser, site: Site, *, javascript: bool) -> None:
    context = browser.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=javascript)
    page = context.new_page()
    log_in(page, HELSE)
    search(page, f"fnr: {number_of(site.simulator, 'vanlig-familie')}.")
    expect(page.locator(".person-facts .number")).to_have_text(number_of(site.simulator, "vanlig-familie"))
    field(page).fill(number_of(site.simulator, "barn"))
    field(page).press("Enter")
    expect(page.locator(".person-facts .number")).to_have_text(number_of(site.simulator, "barn"))
    page.get_by_role("link", name="Dine oppslag i dag").click()
    expect(page.locator(".hits tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Slå opp igjen").first.click()
    expect(page.locator(".person-facts .number")).to_have_text(number_of(site.simulator, "barn"))
    page.get_by_role("button", name="Feil person").click()
    expect(page.get_by_text("merket som feil person")).to_be_visible()
    context.close()
