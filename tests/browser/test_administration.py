"""The role administrator's way in the browser: a role on its legal bases, its elements, and to whom; then it works."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, look_up, number_of

ADMINISTRATOR = "Rolleadministrator"
NEWCOMER = "Nyansatt"


def make_role(page: Page, name: str, elements: tuple[str, ...]) -> None:
    page.get_by_role("link", name="Administrasjon").first.click()
    page.locator(".model-role").get_by_role("link", name="Legg til").click()
    page.get_by_label("Virksomhet").select_option(label="Havbris kommune")
    page.get_by_label("Tjenesteområde").select_option(label="Barnehage")
    page.get_by_label("Navn").fill(name)
    page.get_by_role("button", name="Lagre", exact=True).click()
    for element in elements:
        expect(page.get_by_role("checkbox", name=element, exact=True)).to_be_disabled()
    for text in ("Folkeregisterloven", "Barnehageloven (LOV-2005-06-17-64) § 47; jf. §§ 10"):
        page.get_by_role("checkbox", name=re.compile("^" + re.escape(text))).check()
    for element in elements:
        page.get_by_role("checkbox", name=element, exact=True).check()
    page.get_by_role("checkbox", name="Oppslag").check()
    page.get_by_label("Begrunnelse").fill("Prøver opptaket")
    page.get_by_role("button", name="Lagre og fortsett å redigere").click()


def give_role(page: Page, name: str, employee: str) -> None:
    page.get_by_role("link", name="Gi rollen til noen").click()
    expect(page.get_by_label("Rolle").locator("option:checked")).to_have_text(name)
    page.get_by_label("Ansatt").select_option(label=employee)
    page.get_by_label("Begrunnelse").fill("Ny i jobben")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("cell", name=employee, exact=True)).to_be_visible()


def test_a_role_is_made_and_given_and_obeyed_by_the_next_page_of_its_holder(
    page: Page, browser: Browser, site: Site
) -> None:
    with browser.new_context(base_url=site.address, locale="nb-NO") as theirs:
        newcomer = theirs.new_page()
        log_in(newcomer, NEWCOMER)
        expect(newcomer.get_by_role("heading", name="Du har ingen rolle")).to_be_visible()
        log_in(page, ADMINISTRATOR)
        make_role(page, "Prøveopptak", ("Navn", "Fødsel"))
        give_role(page, "Prøveopptak", NEWCOMER)
        look_up(newcomer, number_of(site.simulator, "vanlig-familie"))
        expect(newcomer.locator('[data-element="navn"]')).to_have_attribute("data-state", "value")
        expect(newcomer.locator('[data-element="familierelasjon"][data-state="value"]')).to_have_count(0)


def test_the_pages_about_login_and_roles_have_no_barriers(page: Page, site: Site) -> None:
    log_in(page, "Saksbehandler barnehage")
    for address in ("/rolle/", "/logg-ut"):
        page.goto(address)
        assert barriers(page) == [], address
    page.context.clear_cookies()
    page.goto("/logg-inn/svar/?code=x&state=y")
    expect(page.get_by_role("heading", name="Du ble ikke logget inn")).to_be_visible()
    assert barriers(page) == []


def test_a_role_is_chosen_by_its_field_and_stays_visible(page: Page) -> None:
    log_in(page, "Saksbehandler barnehage")
    page.goto("/rolle/")
    choice = page.get_by_label("Rolle", exact=True)
    choice.select_option(label="Skoleinnskriving (Oppvekst, Havbris kommune)")
    page.get_by_role("button", name="Velg rolle").click()
    page.goto("/oppslag/")
    expect(page.get_by_role("banner").get_by_role("group")).to_contain_text("Skoleinnskriving (Oppvekst)")
