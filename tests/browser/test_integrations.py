"""The role administrator's way in the browser: a case system registered, given a role, and its supplier told."""

from playwright.sync_api import Page, expect

from tests.browser.steps import barriers, log_in, overflow


def test_a_case_system_is_registered_given_a_role_and_its_supplier_told(page: Page) -> None:
    log_in(page, "Rolleadministrator")
    page.goto("/admin/roles/integration/add/")
    assert barriers(page) == []
    page.get_by_label("Virksomhet").select_option(label="Havbris kommune")
    page.get_by_label("Navn").fill("Barnehagesystemet")
    page.get_by_label("Organisasjonsnummer i Maskinporten").fill("310000027")
    page.get_by_role("button", name="Lagre", exact=True).click()
    password = page.locator("#password").inner_text()
    assert barriers(page) == []
    assert overflow(page, 360) == 0
    page.goto("/admin/roles/roleassignment/add/")
    page.get_by_label("Rolle").select_option(label="Barnehageopptak")
    page.get_by_label("Integrasjon").select_option(label="Barnehagesystemet")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.goto("/admin/roles/integration/")
    page.get_by_role("link", name="Barnehagesystemet").click()
    assert barriers(page) == []
    page.get_by_role("link", name="informasjon til leverandør").click()
    expect(page.locator("#curl")).to_contain_text("part=foreldreansvar")
    expect(page.locator("body")).not_to_contain_text(password)
    assert barriers(page) == []
    assert overflow(page, 360) == 0
