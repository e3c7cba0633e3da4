"""Finding a test person and looking them up, in a browser, against the whole of Fiksreg."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, number_of, overflow

HELSE = "Saksbehandler helse"  # whose role demands a purpose
BARNEHAGE = "Saksbehandler barnehage"
NARROWEST = 320  # WCAG 2.2, 1.4.10 Reflow
PHONE = 360


@pytest.fixture
def without_javascript(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    yield context.new_page()
    context.close()


def choose(page: Page, topic: str, *filters: str) -> None:
    page.locator("summary", has_text=re.compile(rf"^\s*{topic}\s*$")).click()
    for name in filters:
        page.get_by_label(name, exact=True).check()


def search(page: Page) -> None:
    page.get_by_role("search").get_by_role("button", name="Søk").click()


def test_a_test_person_is_found_and_looked_up_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    log_in(page, HELSE)
    page.get_by_role("link", name="Testpersoner").click()
    choose(page, "Familie", "Barn med delt bosted")
    page.get_by_label("Avansert søk (KQL)").fill("foedselsdato > 2009-01-01")
    search(page)
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ treff$"))).to_be_visible()
    number = page.locator("[data-number]").first.get_attribute("data-number") or ""
    page.locator("[data-number]").first.get_by_role("button", name="Slå opp").click()
    expect(page.locator(".person-facts .number")).to_have_text(number)
    assert number not in page.url


def test_a_search_can_be_narrowed_leafed_through_widened_and_begun_anew(page: Page, site: Site) -> None:
    log_in(page, BARNEHAGE)
    page.goto("/testpersoner/")
    choose(page, "Personstatus", "Bosatt")
    choose(page, "Alder og kjønn", "Kvinne")
    search(page)
    first = page.locator("[data-number]").first.get_attribute("data-number")
    page.get_by_role("button", name="Neste side").click()
    expect(page.get_by_text("Viser 21 til 40")).to_be_visible()
    page.get_by_role("button", name="Forrige side").click()
    expect(page.locator("[data-number]").first).to_have_attribute("data-number", first or "")
    page.get_by_role("button", name="Ta bort Kvinne").click()
    expect(page.get_by_role("button", name="Ta bort Kvinne")).to_have_count(0)
    expect(page.get_by_role("button", name="Ta bort Bosatt")).to_be_visible()
    page.get_by_role("link", name="Nullstill").click()
    page.locator("[data-case=vanlig-familie]").get_by_role("button", name="Slå opp").click()
    expect(page.locator(".person-facts .number")).to_have_text(number_of(site.simulator, "vanlig-familie"))


def test_a_search_is_shared_as_an_address(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page, BARNEHAGE)
    page.goto("/testpersoner/")
    choose(page, "Adresse", "Postadresse i utlandet")
    search(page)
    found = page.locator("[data-number]").first.get_attribute("data-number") or ""
    page.get_by_role("button", name="Kopier lenke til søket").click()
    address = page.evaluate("navigator.clipboard.readText()")
    page.goto("/testpersoner/")
    page.goto(address)
    expect(page.locator("[data-number]").first).to_have_attribute("data-number", found)
    assert not re.search(r"\d{11}", address)


def test_the_page_has_no_barriers_and_fits_a_small_screen(page: Page) -> None:
    complaints: list[str] = []
    log_in(page, BARNEHAGE)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/testpersoner/?filter=bosatt&seed=1&page=2")
    for summary in page.locator("summary").all():
        summary.click()
    assert barriers(page) == []
    fits(page)
    page.goto("/testpersoner/")
    expect(page.get_by_role("heading", name="Navngitte testpersoner")).to_be_visible()
    fits(page)
    assert complaints == []


def fits(page: Page) -> None:
    for width in (PHONE, NARROWEST):
        assert overflow(page, width) <= 0, f"wider than {width} px"
    page.set_viewport_size({"width": 1280, "height": 800})
