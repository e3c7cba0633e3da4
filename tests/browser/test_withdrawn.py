"""What is taken from somebody is gone everywhere at their next press: an open page, a download, a list being made."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from citizenlists.models import CitizenList, Failure, State
from tests.browser.conftest import Site
from tests.browser.steps import log_in, look_up, number_of, register_refusing
from tests.browser.test_lists import PATIENCE, fill_in
from tests.waiting import until

ACCOUNT, ROLE = "Saksbehandler barnehage", "Barnehageopptak"


@pytest.fixture
def caseworker(browser: Browser, site: Site) -> Iterator[Page]:
    """Another browser, logged in, in the role that is going to be switched off."""
    with browser.new_context(base_url=site.address, locale="nb-NO") as theirs:
        page = theirs.new_page()
        log_in(page, ACCOUNT)
        yield page


def ordered(page: Page, state: str) -> str:
    """A list ordered and followed until it is there; its address."""
    fill_in(page)
    page.get_by_role("button", name="Bestill", exact=True).click()
    expect(page.locator(f"#progress[data-state={state}]")).to_be_visible(timeout=PATIENCE)
    return page.url


def switch_off(page: Page) -> None:
    page.goto("/admin/roles/role/")
    page.get_by_role("link", name=ROLE).click()
    page.get_by_role("link", name="Slå av rollen").click()
    touched = page.locator("#touched")
    for told in (ACCOUNT, "1 innbyggerliste under arbeid.", "1 ferdig innbyggerliste."):
        expect(touched.get_by_text(told)).to_be_visible()
    page.get_by_label("Begrunnelse").fill("Opptaket er over")
    page.get_by_role("button", name="Slå av").click()
    expect(page.get_by_text("Rollen er slått av.")).to_be_visible()


def test_a_role_that_is_switched_off_stops_the_open_page_the_download_and_the_list_being_made(
    page: Page, caseworker: Page, site: Site
) -> None:
    finished = ordered(caseworker, "ready")
    file = caseworker.get_by_role("link", name="Last ned").get_attribute("href") or ""
    assert caseworker.request.get(file).headers["content-disposition"].startswith("attachment")
    look_up(caseworker, number_of(site.simulator, "vanlig-familie"))
    expect(caseworker.locator('[data-element="navn"][data-state="value"]')).to_be_visible()
    person = caseworker.url
    with register_refusing(site.simulator):
        running = ordered(caseworker, "building")
        log_in(page, "Rolleadministrator")
        switch_off(page)
        caseworker.goto(person)
        expect(caseworker.get_by_role("heading", name="Rollen din er trukket tilbake")).to_be_visible()
        expect(caseworker.locator("[data-element]")).to_have_count(0)
        assert caseworker.request.get(file).status == 403
        for address in (finished, running):
            assert caseworker.goto(address).status == 403
        until(lambda: CitizenList.objects.filter(failure=Failure.RIGHT_WITHDRAWN).exists(), seconds=PATIENCE / 1_000)
    assert not CitizenList.objects.filter(state=State.BUILDING).exists()
