"""Logging in as people do: a link, the identity provider's page, a button, and back."""

import pytest
from playwright.sync_api import Page, expect

from integrations.identityprovider.accounts import ACCOUNTS
from tests.browser.steps import log_in


@pytest.mark.parametrize("account", ACCOUNTS)
def test_everybody_logs_in_with_the_button_that_bears_their_name(page: Page, account: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Logg inn").first.click()
    page.get_by_role("button", name=account, exact=True).click()
    expect(page.get_by_text(account).first).to_be_visible()
    expect(page.get_by_role("link", name="Logg inn")).to_have_count(0)


def test_logging_in_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Logg inn").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nyansatt", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nyansatt").first).to_be_visible()


def test_logging_out_leads_past_the_identity_provider_and_back(page: Page) -> None:
    log_in(page, "Nyansatt")
    page.get_by_role("button", name="Logg ut").click()
    page.get_by_role("button", name="Logg ut her også").click()
    expect(page.get_by_text("Du er logget ut.")).to_be_visible()
    expect(page.get_by_role("link", name="Logg inn")).to_be_visible()


def test_who_stays_at_the_identity_provider_is_logged_out_here_all_the_same(page: Page) -> None:
    log_in(page, "Nyansatt")
    page.get_by_role("button", name="Logg ut").click()
    page.get_by_role("button", name="Logg ut her også").wait_for()
    page.goto("/")
    expect(page.get_by_role("link", name="Logg inn")).to_be_visible()
