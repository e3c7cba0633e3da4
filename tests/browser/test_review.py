"""An access review in the browser: opened by the administrator, answered by a colleague, closed and carried out."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, overflow

REVIEWER, DEPUTY, HOLDER = "Nyansatt", "Personvernombud", "Saksbehandler helse"


def open_review(page: Page) -> None:
    page.goto("/admin/roles/accessreview/add/")
    page.get_by_label("Virksomhet").select_option(label="Havbris kommune")
    page.get_by_label("Navn").fill("Høsten 2026")
    page.get_by_label("Kontrollør", exact=True).select_option(label=REVIEWER)
    page.get_by_label("Stedfortreder").select_option(label=DEPUTY)
    assert barriers(page) == []
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("heading", name="Høsten 2026")).to_be_visible()


def answer(page: Page) -> None:
    log_in(page, REVIEWER)
    page.get_by_role("link", name="Tilgangsgjennomgang").click()
    assert barriers(page) == []
    page.get_by_role("link", name="Høsten 2026").click()
    theirs = page.get_by_role("group", name=f"{HOLDER}: Helsestasjon")
    theirs.get_by_role("radio", name="Endre").check()
    page.get_by_role("button", name="Lagre svarene").click()
    expect(page.get_by_text("Skriv hva som skal endres.").first).to_be_visible()
    assert barriers(page) == []
    assert overflow(page, 360) == 0
    theirs.get_by_role("radio", name="Fjern").check()
    page.get_by_role("button", name="Lagre svarene").click()
    expect(page.get_by_text("1 svar er lagret.")).to_be_visible()


def test_a_review_is_opened_answered_by_a_colleague_and_carried_out(page: Page, browser: Browser, site: Site) -> None:
    log_in(page, "Rolleadministrator")
    open_review(page)
    with browser.new_context(base_url=site.address, locale="nb-NO") as theirs:
        answer(theirs.new_page())
    page.get_by_role("button", name="Avslutt gjennomgangen nå").click()
    page.get_by_role("button", name="Trekk tilbake 1 tilgang som skal fjernes").click()
    row = page.get_by_role("row").filter(has_text="Fjern").filter(has_text=HOLDER)
    expect(row).to_contain_text("Har ikke tilgangen")
    expect(page.get_by_role("row").filter(has_text="Ikke besvart")).to_have_count(5)
    assert barriers(page) == []
    assert overflow(page, 360) == 0
