"""Single keys for what is done often: shown by "?", silent while somebody writes, and off for who wants them off."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, hard_to_read_in_the_dark, log_in, look_up, number_of, paper_asked_for

BARNEHAGE = "Saksbehandler barnehage"


def opened_list(page: Page) -> Locator:
    """The list of them, as "?" opens it."""
    page.keyboard.press("?")
    shown = page.get_by_role("dialog", name="Hurtigtaster")
    expect(shown).to_be_visible()
    return shown


def person(page: Page, site: Site, case: str = "barn") -> None:
    log_in(page, BARNEHAGE)
    look_up(page, number_of(site.simulator, case))
    expect(page.locator(".person-facts .number")).to_have_text(number_of(site.simulator, case))


def test_the_list_opens_and_closes_by_the_keyboard_and_stops_nobody(page: Page, site: Site) -> None:
    person(page, site)
    shown = opened_list(page)
    for key in ("/", "o", "d", "i", "r", "k", "b", "u", "?"):
        expect(shown.locator("kbd").get_by_text(key, exact=True)).to_be_visible()
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    assert barriers(page) == []
    assert hard_to_read_in_the_dark(page) == []
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_each_key_does_what_the_list_says(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person(page, site)
    page.keyboard.press("k")
    expect(page.get_by_role("status")).to_have_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == number_of(site.simulator, "barn")
    page.keyboard.press("b")
    expect(page.locator("#foresatte")).to_be_in_viewport()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Skoleinnskriving")).to_be_visible()
    page.goto("/hjelp/")
    for key, address in (("d", "/oppslag/i-dag/"), ("i", "/innbyggerlister/"), ("o", "/oppslag/")):
        page.keyboard.press(key)
        page.wait_for_url(f"**{address}")
    page.goto("/oppslag/i-dag/")
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Søk", exact=True)).to_be_focused()


def test_a_key_prints_the_person(page: Page, site: Site) -> None:
    person(page, site)
    with paper_asked_for(page):
        page.keyboard.press("u")


def test_they_are_silent_while_somebody_writes(page: Page) -> None:
    log_in(page, BARNEHAGE)
    field = page.get_by_role("textbox", name="Søk", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("d/o?")
    expect(field).to_have_value("d/o?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    field.blur()
    page.keyboard.press("Control+d")
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_they_can_be_switched_off_and_on_again(page: Page) -> None:
    log_in(page, BARNEHAGE)
    page.goto("/hjelp/")
    opened_list(page).get_by_label("Bruk hurtigtaster i denne nettleseren").uncheck()
    page.get_by_role("button", name="Lukk").click()
    page.reload()
    for key in ("?", "d"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/hjelp/$"))
    page.get_by_role("button", name="Hurtigtaster").click()
    page.get_by_label("Bruk hurtigtaster i denne nettleseren").check()
    page.keyboard.press("Escape")
    opened_list(page)
