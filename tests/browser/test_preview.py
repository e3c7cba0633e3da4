"""Trying a role out before it is saved, and asking why somebody sees something, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, overflow

ADMINISTRATOR = "Rolleadministrator"
PREVIEW = "Forhåndsvis uten å lagre"
PHONE, NARROWEST = 360, 320


@pytest.fixture
def without_javascript(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    yield context.new_page()
    context.close()


def open_role(page: Page, name: str) -> None:
    page.goto("/admin/roles/role/")
    page.get_by_role("link", name=name).click()


def preview(page: Page) -> Page:
    with page.context.expect_page() as opened:
        page.get_by_role("button", name=PREVIEW).click()
    return opened.value


def state(page: Page, element: str) -> str | None:
    return page.locator(f'[data-element="{element}"]').get_attribute("data-state")


def test_a_role_is_tried_out_as_the_form_stands_and_the_form_is_left_as_it_was(without_javascript: Page) -> None:
    page = without_javascript
    log_in(page, ADMINISTRATOR)
    open_role(page, "Helsestasjon")
    page.get_by_role("checkbox", name="Navn", exact=True).uncheck()
    shown = preview(page)
    expect(shown.get_by_role("heading", name="Forhåndsvisning av Helsestasjon")).to_be_visible()
    assert (state(shown, "navn"), state(shown, "foedsel")) == ("not-in-role", "value")
    expect(shown.get_by_text("Rollen er ikke aktiv.")).to_have_count(0)
    shown.get_by_role("button", name="Fortrolig adresse", exact=True).click()
    assert (state(shown, "navn"), state(shown, "bostedsadresse")) == ("not-in-role", "protected")
    shown.get_by_role("button", name="Fortrolig adresse, med begrunnelse").click()
    assert state(shown, "bostedsadresse") == "value"
    shown.get_by_role("link", name="Til rollen slik den er lagret").click()
    expect(shown.get_by_role("checkbox", name="Navn", exact=True)).to_be_checked()
    expect(page.get_by_role("checkbox", name="Navn", exact=True)).not_to_be_checked()


def test_an_administrator_asks_why_somebody_sees_an_element(without_javascript: Page) -> None:
    page = without_javascript
    log_in(page, ADMINISTRATOR)
    page.goto("/admin/roles/employee/")
    page.get_by_role("link", name="Saksbehandler barnehage").click()
    page.get_by_role("link", name="Hva ser den ansatte, og hvorfor?").click()
    page.get_by_label("Opplysning").select_option(label="Foreldreansvar")
    page.get_by_role("button", name="Forklar").click()
    expect(page.get_by_role("heading", name="Ja, opplysningen vises")).to_be_visible()
    page.get_by_label("Opplysning").select_option(label="Oppholdstillatelse")
    page.get_by_role("button", name="Forklar").click()
    expect(page.get_by_role("heading", name="Nei, opplysningen vises ikke")).to_be_visible()


def test_the_pages_have_no_barriers_and_fit_a_small_screen(page: Page) -> None:
    complaints: list[str] = []
    log_in(page, ADMINISTRATOR)
    page.context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    open_role(page, "Helsestasjon")
    assert barriers(page) == []
    complaints.clear()  # the checker puts styles of its own into the administration's page
    shown = preview(page)
    shown.get_by_role("button", name="Noe i hver opplysning").click()
    hold_to_standards(shown)
    assert complaints == []
    page.goto("/admin/roles/employee/")
    page.get_by_role("link", name="Saksbehandler barnehage").click()
    page.get_by_role("link", name="Hva ser den ansatte, og hvorfor?").click()
    complaints.clear()
    page.get_by_role("button", name="Forklar").click()
    hold_to_standards(page)
    assert complaints == []


def hold_to_standards(page: Page) -> None:
    assert barriers(page) == []
    for width in (PHONE, NARROWEST):
        assert overflow(page, width) <= 0, f"wider than {width} px"
    page.set_viewport_size({"width": 1280, "height": 800})
