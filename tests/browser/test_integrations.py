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
    page.get_by_label("Begrunnelse").fill("Avtale 12")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.goto("/admin/roles/integration/")
    page.get_by_role("link", name="Barnehagesystemet").click()
    assert barriers(page) == []
    page.get_by_role("link", name="informasjon til leverandør").click()
    expect(page.locator("#curl")).to_contain_text("part=foreldreansvar")
    expect(page.locator("body")).not_to_contain_text(password)
    assert barriers(page) == []
    assert overflow(page, 360) == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned som PDF").click()
    assert download.value.suggested_filename.startswith("leverandor-")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_a_role_is_given_to_those_who_are_ticked_in_the_list(page: Page) -> None:
    log_in(page, "Rolleadministrator")
    page.goto("/admin/roles/employee/")
    for name in ("Nyansatt", "Saksbehandler helse"):
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.get_by_label("Med de valgte").select_option(label="Gi en rolle")
    page.get_by_role("button", name="Gå videre").click()
    assert barriers(page) == []
    assert overflow(page, 360) == 0
    page.get_by_label("Rolle").select_option(label="Barnehageopptak")
    page.get_by_label("Begrunnelse").fill("Opptaket begynner")
    page.get_by_role("button", name="Gi rollen").click()
    expect(page.get_by_text("Rollen er gitt til 2.")).to_be_visible()
