"""Looking a person up, in a browser, against the whole of Fiksreg."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from roles.models import Role
from tests.browser.conftest import Site
from tests.browser.steps import barriers, hard_to_read_in_the_dark, log_in, look_up, number_of, overflow

HELSE = "Saksbehandler helse"
BARNEHAGE = "Saksbehandler barnehage"
NARROWEST = 320  # WCAG 2.2, 1.4.10 Reflow


@pytest.fixture
def without_javascript(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_whole_way_can_be_walked_with_the_keyboard(page: Page, site: Site) -> None:
    page.goto("/")
    _tab_to(page, "Logg inn")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=HELSE).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Logg ut")).to_be_visible()
    expect(page.get_by_role("textbox", name="Søk", exact=True)).to_be_focused()
    page.keyboard.type(number_of(site.simulator, "vanlig-familie"))
    page.keyboard.press("Tab")
    page.keyboard.type("2026/1234")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hent på nytt")).to_be_visible()
    page.get_by_role("link", name="Hopp til innholdet").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Søk", exact=True)).to_be_focused()


def _tab_to(page: Page, name: str, at_most: int = 15) -> None:
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText")[: len(name)] == name:
            return
    raise AssertionError(f"{name} is not within reach of the Tab key")


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_lookup_is_one_request_and_its_address_works_as_one_gone_to(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    page.goto("/oppslag/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if "/oppslag/" in request.url else None)
    number = number_of(site.simulator, "vanlig-familie")
    page.get_by_role("textbox", name="Søk", exact=True).fill(number)
    page.get_by_label("Formål eller saksnummer").fill("2026/1234")
    page.keyboard.press("Enter")
    _shows(page, number)
    assert sent == ["POST"]
    expect(page).to_have_title(re.compile("Person"))
    expect(page.locator("main")).to_be_focused()
    page.reload()
    _shows(page, number)
    page.go_back()
    expect(page).to_have_url(re.compile("/oppslag/$"))
    expect(page.get_by_role("textbox", name="Søk", exact=True)).to_be_visible()
    page.go_forward()
    _shows(page, number)


def _shows(page: Page, number: str) -> None:
    expect(page.locator(".person-facts .number")).to_have_text(number)
    expect(page).to_have_url(re.compile("/oppslag/person/[^/]+/$"))
    assert number not in page.url


def test_two_tabs_hold_a_person_each(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    other = page.context.new_page()
    persons = {page: number_of(site.simulator, "vanlig-familie"), other: number_of(site.simulator, "barn")}
    for tab, number in persons.items():
        look_up(tab, number)
    for tab, number in persons.items():
        tab.reload()
        _shows(tab, number)


def test_the_language_chosen_on_an_answer_keeps_the_answer(page: Page, site: Site) -> None:
    number = number_of(site.simulator, "vanlig-familie")
    log_in(page, HELSE)
    look_up(page, number)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    _shows(page, number)


def test_without_a_line_to_us_the_browser_says_so(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    page.goto("/oppslag/")
    page.get_by_role("textbox", name="Søk", exact=True).fill(number_of(site.simulator, "vanlig-familie"))
    page.context.set_offline(True)
    page.get_by_role("button", name="Søk", exact=True).click()
    page.wait_for_url("chrome-error://**")


def test_an_error_takes_the_focus_and_leads_to_its_field(page: Page) -> None:
    log_in(page, HELSE)
    look_up(page, "123", purpose="")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").first.click()
    field = page.get_by_role("textbox", name="Søk", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value("123")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Nummeret må ha 11 siffer"))


def test_pages_have_no_barriers_and_fit_a_small_screen(page: Page, site: Site) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/")
    _hold_to_standards(page, "the front page")
    log_in(page, HELSE)
    complaints.clear()  # the identity provider's page is not ours
    for address in ("/", "/oppslag/", "/hjelp/", "/tilgjengelighet/"):
        page.goto(address)
        _hold_to_standards(page, address)
    look_up(page, "123", purpose="")
    _hold_to_standards(page, "the form with errors")
    (refused,) = complaints
    assert "422" in refused  # how the browser says that the form was refused
    complaints.clear()
    for case in ("vanlig-familie", "fortrolig", "doed", "langt-navn"):
        look_up(page, number_of(site.simulator, case))
        expect(page.get_by_role("button", name="Hent på nytt")).to_be_visible()
        _hold_to_standards(page, case)
    assert complaints == []


@pytest.mark.parametrize("language", ["Nynorsk", "English"])
def test_pages_have_no_barriers_in_any_language(page: Page, site: Site, language: str) -> None:
    log_in(page, BARNEHAGE)
    look_up(page, number_of(site.simulator, "barn"))
    expect(page.locator(".person-facts .number")).to_have_text(number_of(site.simulator, "barn"))
    page.get_by_role("button", name=language).click()
    _hold_to_standards(page, "a person")
    for address in (
        "/",
        "/oppslag/i-dag/",
        "/innbyggerlister/",
        "/innbyggerlister/bestill/",
        "/hjelp/",
        "/tilgjengelighet/",
    ):
        page.goto(address)
        _hold_to_standards(page, address)
    page.goto("/oppslag/")
    page.locator("#id_text").fill("123")
    page.locator("#id_text").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.locator(".search__more > summary").click()
    _hold_to_standards(page, "the form with errors")


def _hold_to_standards(page: Page, what: str) -> None:
    assert [*barriers(page), *hard_to_read_in_the_dark(page)] == [], what
    for width in (360, NARROWEST):
        assert overflow(page, width) <= 0, f"{what} is wider than {width} px"
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_address_is_on_the_first_screen(page: Page, site: Site) -> None:
    log_in(page, BARNEHAGE)
    page.set_viewport_size({"width": 1280, "height": 900})
    look_up(page, number_of(site.simulator, "vanlig-familie"))
    page.evaluate("window.scrollTo(0, 0)")
    address = page.locator("[data-element=bostedsadresse]").bounding_box()
    assert address is not None
    assert address["y"] + address["height"] <= 900


@pytest.mark.parametrize("language", ["Bokmål", "Nynorsk", "English"])
def test_header_menu_and_role_leave_a_phone_its_screen(page: Page, site: Site, language: str) -> None:
    Role.objects.filter(name="Barnehageopptak").update(name="Opptak i kommunale og private barnehager")
    log_in(page, BARNEHAGE)
    page.get_by_role("button", name=language).click()
    page.set_viewport_size({"width": 360, "height": 780})
    header = page.locator(".site-header").bounding_box()
    assert header is not None
    assert header["height"] <= 120
    switch = page.locator(".role-switch summary")
    expect(switch).to_be_in_viewport(ratio=1)
    expect(switch).to_contain_text("Opptak i kommunale")
    page.locator(".site-menu").click()
    expect(page.locator("#site-nav a")).to_have_count(3)
    expect(page.locator("#site-nav a").last).to_be_visible()


def test_the_menu_of_roles_is_opened_and_left_by_the_keyboard(page: Page, site: Site) -> None:
    log_in(page, BARNEHAGE)
    switch = page.locator(".role-switch summary")
    switch.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Barnehageopptak")).to_be_focused()
    page.keyboard.press("Escape")
    expect(switch).to_be_focused()
    expect(page.get_by_role("button", name="Skoleinnskriving")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(switch).to_contain_text("Skoleinnskriving")


def test_a_family_can_be_followed_from_page_to_page(page: Page, site: Site) -> None:
    log_in(page, BARNEHAGE)
    look_up(page, number_of(site.simulator, "barn"))
    _hold_to_standards(page, "a person with relations")
    mother = number_of(site.simulator, "vanlig-familie")
    page.locator("#familien").get_by_role("button", name="Slå opp SINDIG SILDESTIM").first.click()
    expect(page.locator("[data-element=identifikasjonsnummer]")).to_contain_text(mother)
    assert mother not in page.url


def test_everything_works_without_javascript(without_javascript: Page, site: Site) -> None:
    page = without_javascript
    number = number_of(site.simulator, "vanlig-familie")
    log_in(page, BARNEHAGE)
    look_up(page, number)
    expect(page.locator(".person-facts .number")).to_have_text(number)
    expect(page.locator("[data-copy]:visible")).to_have_count(0)
    page.locator(".role-switch > summary").click()
    page.get_by_role("button", name="Skoleinnskriving").click()
    look_up(page, number)
    expect(page.locator("[data-element=familierelasjon]")).to_have_attribute("data-state", "not-in-role")


def test_the_number_can_be_copied(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number = number_of(site.simulator, "vanlig-familie")
    log_in(page, HELSE)
    look_up(page, number)
    page.get_by_role("button", name="Kopier nummeret").click()
    expect(page.get_by_role("status")).to_have_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == number


def test_a_printed_person_says_who_printed_it_and_what_it_is_for(page: Page, site: Site) -> None:
    log_in(page, HELSE)
    look_up(page, number_of(site.simulator, "vanlig-familie"))
    page.emulate_media(media="print")
    stamp = page.locator(".print-stamp")
    expect(stamp).to_be_visible()
    for text in ("For intern bruk", "Havbris kommune", "Helsestasjon", HELSE):
        expect(stamp).to_contain_text(text)
    expect(page.get_by_role("button", name="Logg ut")).to_be_hidden()
    expect(page.get_by_role("heading", name="Ikke i din rolle")).to_be_hidden()


def test_the_language_of_the_page_can_be_chosen(page: Page) -> None:
    page.goto("/hjelp/")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("/hjelp/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
