"""Ta i bruk in the browser: a step is missing, nobody looks anybody up; it is taken, and the search is there again."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, overflow

NARROW = 360


def open_steps(page: Page, organisation: str) -> None:
    page.goto("/admin/roles/organisation/")
    page.get_by_role("link", name=organisation).click()
    page.get_by_role("link", name="Ta i bruk").click()


def test_a_missing_step_closes_the_search_until_it_is_taken(page: Page, browser: Browser, site: Site) -> None:
    with browser.new_context(base_url=site.address, locale="nb-NO") as theirs:
        caseworker = theirs.new_page()
        log_in(caseworker, "Saksbehandler barnehage")
        log_in(page, "Sentral administrator")
        open_steps(page, "Havbris kommune")
        agreement = page.locator("#step-AGREEMENT")
        agreement.get_by_text("Steget gjelder ikke lenger", exact=True).click()
        agreement.get_by_label("Hvorfor steget ikke lenger gjelder").fill("Avtalen er sagt opp")
        agreement.get_by_role("button", name="Ta steget tilbake").click()
        caseworker.goto("/oppslag/")
        expect(caseworker.get_by_role("heading", name="Havbris kommune har ikke tatt")).to_be_visible()
        expect(caseworker.locator("#missing-steps li")).to_have_count(1)
        assert barriers(caseworker) == []
        assert overflow(caseworker, NARROW) == 0
        for label, text in (("Avtale", "Tjenesteavtale"), ("Versjon", "2"), ("Signert av", "Kari, kommunedirektør")):
            agreement.get_by_label(label).fill(text)
        agreement.get_by_label("Dato").fill("2026-01-15")
        assert barriers(page) == []
        agreement.get_by_role("button", name="Før inn steget").click()
        expect(agreement).to_have_attribute("data-state", "taken")
        caseworker.goto("/oppslag/")
        expect(caseworker.get_by_role("textbox", name="Søk", exact=True)).to_be_visible()
        assert barriers(page) == []
        assert overflow(page, NARROW) == 0


def test_the_set_up_is_tried_and_each_outcome_shown(page: Page) -> None:
    log_in(page, "Sentral administrator")
    open_steps(page, "Fjellro kommune")
    expect(page.locator("#step-DELEGATION")).to_have_attribute("data-state", "taken")
    page.get_by_role("link", name="Kontroller oppsettet").click()
    page.get_by_role("button", name="Kontroller oppsettet").click()
    tested = page.locator("#tested-organisation")
    expect(tested.locator('[data-verdict="ok"]')).to_have_count(4)
    expect(tested.locator('[data-verdict="not-done"]')).to_have_count(1)
    expect(page.get_by_role("heading", name="Rollen Barnehageopptak")).to_be_visible()
    assert barriers(page) == []
    assert overflow(page, NARROW) == 0
