"""A session near its end: warned in time, on every kind of page, and able to go on; then the screen is cleared."""

import time

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from roles.access.sessionstore import SessionStore
from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, overflow

CASEWORKER, ADMINISTRATOR = "Saksbehandler barnehage", "Rolleadministrator"
MINUTE, HOUR = 60, 3600
WARNING = "Du blir snart logget ut"


def let_pass(page: Page, minutes: float, *, logged_in_for: float = HOUR) -> None:
    """The only session there is was used so long ago, and the page has stood open since."""
    keys = (cookie["value"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)
    for session in map(SessionStore, keys):
        session["seen_at"], session["opened_at"] = time.time() - minutes * MINUTE, time.time() - logged_in_for
        session.save()
    page.clock.fast_forward(int(minutes * MINUTE * 1000))


@pytest.fixture
def lookup(page: Page) -> Page:
    """A caseworker's search page, with something typed into it."""
    page.clock.install()
    log_in(page, CASEWORKER)
    page.goto("/oppslag/")
    page.get_by_label("Formål eller saksnummer").fill("2026/1234")
    return page


def test_who_is_warned_goes_on_with_what_was_typed(lookup: Page) -> None:
    expect(lookup.get_by_role("alertdialog")).to_have_count(0)
    let_pass(lookup, 28.5)
    expect(lookup.get_by_role("alertdialog", name=WARNING)).to_be_visible()
    expect(lookup.get_by_role("button", name="Fortsett økten")).to_be_focused()
    assert barriers(lookup) == []
    assert overflow(lookup, 360) <= 0
    lookup.keyboard.press("Enter")
    expect(lookup.get_by_role("alertdialog")).to_have_count(0)
    expect(lookup.get_by_label("Formål eller saksnummer")).to_have_value("2026/1234")
    assert lookup.request.get("/okt/").json()["seconds"] > 29 * MINUTE


def test_nobody_is_warned_who_is_busy_in_another_window(lookup: Page) -> None:
    lookup.clock.fast_forward(28.5 * MINUTE * 1000)
    with lookup.expect_response("**/okt/") as asked:
        lookup.clock.fast_forward(1000)
        lookup.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert asked.value.json()["seconds"] > 29 * MINUTE
    expect(lookup.get_by_role("alertdialog")).to_have_count(0)


def test_when_the_session_is_over_the_screen_is_cleared(lookup: Page) -> None:
    let_pass(lookup, 30.1)
    expect(lookup.get_by_role("heading", name="Økten er utløpt")).to_be_visible()
    expect(lookup.get_by_role("link", name="Logg inn på nytt")).to_be_visible()
    assert barriers(lookup) == []
    lookup.go_back()
    expect(lookup.get_by_label("Formål eller saksnummer")).to_have_count(0)


def test_the_tenth_hour_is_said_and_not_extended(lookup: Page) -> None:
    let_pass(lookup, 28.5, logged_in_for=10 * HOUR - MINUTE)
    dialog = lookup.get_by_role("alertdialog", name=WARNING)
    expect(dialog).to_contain_text("økten ikke kan forlenges")
    expect(dialog.get_by_role("button", name="Fortsett økten")).to_have_count(0)
    dialog.get_by_role("button", name="Lukk").click()
    expect(lookup.get_by_role("alertdialog")).to_have_count(0)


def test_administrators_are_warned_too(page: Page) -> None:
    page.clock.install()
    log_in(page, ADMINISTRATOR)
    page.goto("/admin/roles/role/add/")
    let_pass(page, 28.5)
    expect(page.get_by_role("alertdialog", name=WARNING)).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Fortsett økten").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)


@pytest.mark.parametrize("path", ["/oppslag/", "/admin/"])
def test_without_javascript_the_page_says_when_the_session_ends(browser: Browser, site: Site, path: str) -> None:
    with browser.new_context(base_url=site.address, java_script_enabled=False) as plain:
        page = plain.new_page()
        log_in(page, CASEWORKER if path == "/oppslag/" else ADMINISTRATOR)
        page.goto(path)
        end = time.strftime("%H:%M", time.localtime(time.time() + 30 * MINUTE))
        expect(page.get_by_text("Du blir logget ut klokken")).to_be_visible()
        assert end[3:] in page.get_by_text("Du blir logget ut klokken").inner_text()
