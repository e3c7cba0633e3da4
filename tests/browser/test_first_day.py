"""An empty installation, and all of it in a browser: from the first administrator to a review carried out."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, look_up, number_of

CENTRAL, ADMINISTRATOR, CASEWORKER = "Sentral administrator", "Virksomhetsadministrator", "Saksbehandler barnehage"
ORGANISATION, ROLE, REVIEW = "Vestlia kommune", "Barnehageopptak", "Etter den første uken"


class Cast:
    """One browser for each person, logged in when they are first asked for."""

    def __init__(self, browser: Browser, site: Site, stack: ExitStack) -> None:
        self._browser, self._site, self._stack = browser, site, stack
        self._pages: dict[str, Page] = {}

    def __getitem__(self, account: str) -> Page:
        if account not in self._pages:
            self._pages[account] = self.somebody()
            log_in(self._pages[account], account)
        return self._pages[account]

    def somebody(self) -> Page:
        """A browser in which nobody has logged in."""
        context = self._browser.new_context(base_url=self._site.address, locale="nb-NO")
        context.set_default_timeout(10_000)
        return self._stack.enter_context(context).new_page()


@pytest.fixture
def cast(browser: Browser, house: Site, transactional_db: None) -> Iterator[Cast]:
    """The catalogue is there, and nobody and nothing else."""
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    with ExitStack() as stack:
        yield Cast(browser, house, stack)


def save(page: Page) -> None:
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.locator(".errornote")).to_have_count(0)


def in_list(page: Page, model: str, name: str) -> None:
    page.goto(f"/admin/roles/{model}/")
    page.get_by_role("link", name=name, exact=True).click()


def appoint(page: Page, name: str, kind: str, organisation: str = "") -> None:
    in_list(page, "employee", name)
    page.get_by_role("link", name="Gi et administratoransvar").click()
    page.get_by_label("Ansatt").select_option(label=name)
    page.get_by_label("Slag").select_option(label=kind)
    if organisation:
        page.get_by_label("Virksomhet").select_option(label=organisation)
    page.get_by_label("Begrunnelse").fill("Første dag")
    save(page)


def the_first_administrator(cast: Cast) -> None:
    """Nobody is one yet: the break-glass account appoints who has logged in once."""
    expect(cast[CENTRAL].get_by_role("heading", name="Du har ingen rolle")).to_be_visible()
    printed = StringIO()
    call_command("break_glass", "open", "--reason", "Første dag", stdout=printed)
    page = cast.somebody()
    page.goto("/logg-inn/nodkonto/")
    page.get_by_label("Engangspassord").fill(printed.getvalue().split()[-1])
    page.get_by_role("button", name="Logg inn").click()
    appoint(page, CENTRAL, "Sentral administrator")
    call_command("break_glass", "close", stdout=printed)


def the_organisation(page: Page) -> None:
    page.goto("/admin/roles/organisation/add/")
    page.get_by_label("Navn", exact=True).fill(ORGANISATION)
    page.get_by_label("Organisasjonsnummer").fill("310000051")
    page.get_by_label("Slag").select_option(label="Kommune")
    page.get_by_text("Nordland", exact=False).first.click()
    page.get_by_label("Sortland (1870)").check()
    page.get_by_label("Kontakt for roller").fill("Servicetorget")
    page.get_by_label("Navn eller funksjon").first.fill("Servicetorget")
    page.get_by_label("E-post").first.fill("post@vestlia.example")
    save(page)


def the_steps(page: Page) -> None:
    in_list(page, "organisation", ORGANISATION)
    page.get_by_role("link", name="Ta i bruk").click()
    agreement = page.locator("#step-AGREEMENT")
    for label, text in (("Avtale", "Tjenesteavtale"), ("Versjon", "1"), ("Signert av", "Kommunedirektøren")):
        agreement.get_by_label(label).fill(text)
    for step in ("AGREEMENT", "TERMS"):
        page.locator(f"#step-{step}").get_by_label("Dato").fill("2026-01-15")
        page.locator(f"#step-{step}").get_by_role("button", name="Før inn steget").click()
        expect(page.locator(f"#step-{step}")).to_have_attribute("data-state", "taken")


def its_administrator(cast: Cast) -> None:
    """Has logged in and belongs nowhere; the central administrator places and appoints them."""
    expect(cast[ADMINISTRATOR].get_by_role("heading", name="Du har ingen rolle")).to_be_visible()
    page = cast[CENTRAL]
    in_list(page, "employee", ADMINISTRATOR)
    page.get_by_label("Virksomhet").select_option(label=ORGANISATION)
    save(page)
    appoint(page, ADMINISTRATOR, "Virksomhetsadministrator", ORGANISATION)


def the_caseworker(cast: Cast) -> None:
    """Reads their code out; the organisation's own administrator fetches them with it."""
    code = cast[CASEWORKER].locator("strong.code").inner_text()
    page = cast[ADMINISTRATOR]
    page.goto("/admin/roles/employee/")
    page.get_by_role("link", name="Hent en ny ansatt").click()
    page.get_by_label("Kode").fill(code)
    page.get_by_label("Navn").fill(CASEWORKER)
    page.get_by_role("button", name="Hent inn").click()
    expect(page.get_by_text(f"{CASEWORKER} er hentet inn.")).to_be_visible()


def the_role(page: Page) -> None:
    page.goto("/admin/roles/role/add/")
    page.get_by_label("Virksomhet").select_option(label=ORGANISATION)
    page.get_by_label("Tjenesteområde").select_option(label="Barnehage")
    page.get_by_label("Navn").fill(ROLE)
    save(page)
    for law in ("Folkeregisterloven", "Barnehageloven (LOV-2005-06-17-64) § 47; jf. §§ 10"):
        page.get_by_role("checkbox", name=re.compile("^" + re.escape(law))).check()
    for element in ("Navn", "Fødsel", "Foreldreansvar"):
        page.get_by_role("checkbox", name=element, exact=True).check()
    page.get_by_role("checkbox", name="Oppslag").check()
    page.get_by_label("Begrunnelse").fill("Opptak til barnehage")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Forhåndsvis uten å lagre").click()
    shown = opened.value
    for element, state in (("foreldreansvar", "value"), ("bostedsadresse", "not-in-role")):
        expect(shown.locator(f'[data-element="{element}"]')).to_have_attribute("data-state", state)
    assert barriers(shown) == []
    shown.close()
    page.get_by_role("button", name="Lagre og fortsett å redigere").click()
    page.get_by_role("link", name="Gi rollen til noen").click()
    page.get_by_label("Ansatt").select_option(label=CASEWORKER)
    page.get_by_label("Begrunnelse").fill("Tar opp barn fra høsten")
    save(page)


def the_set_up(page: Page) -> None:
    in_list(page, "organisation", ORGANISATION)
    page.get_by_role("link", name="Kontroller oppsettet").click()
    page.get_by_role("button", name="Kontroller oppsettet").click()
    expect(page.get_by_role("heading", name=f"Rollen {ROLE}")).to_be_visible()
    expect(page.locator('[data-verdict="failed"], [data-verdict="unavailable"]')).to_have_count(0)


def the_review(cast: Cast) -> None:
    """The caseworker's role is no longer needed; nobody answers for themselves."""
    page = cast[ADMINISTRATOR]
    page.goto("/admin/roles/accessreview/add/")
    page.get_by_label("Virksomhet").select_option(label=ORGANISATION)
    page.get_by_label("Navn").fill(REVIEW)
    page.get_by_label("Kontrollør", exact=True).select_option(label=ADMINISTRATOR)
    page.get_by_label("Stedfortreder").select_option(label=CASEWORKER)
    save(page)
    page.goto("/tilgangsgjennomgang/")
    page.get_by_role("link", name=REVIEW).click()
    expect(page.get_by_role("group")).to_have_count(1)
    page.get_by_role("group", name=CASEWORKER).get_by_role("radio", name="Fjern").check()
    page.get_by_role("button", name="Lagre svarene").click()
    expect(page.get_by_text("1 svar er lagret.")).to_be_visible()
    in_list(page, "accessreview", REVIEW)
    page.get_by_role("button", name="Avslutt gjennomgangen nå").click()
    page.get_by_role("button", name="Trekk tilbake 1 tilgang som skal fjernes").click()
    expect(page.get_by_role("row").filter(has_text=ROLE)).to_contain_text("Har ikke tilgangen")


def test_an_organisation_is_taken_into_use_gives_a_role_and_reviews_it(cast: Cast, house: Site) -> None:
    the_first_administrator(cast)
    the_organisation(cast[CENTRAL])
    its_administrator(cast)
    the_caseworker(cast)
    the_role(cast[ADMINISTRATOR])
    number = number_of(house.simulator, "vanlig-familie")
    cast[CASEWORKER].goto("/oppslag/")
    expect(cast[CASEWORKER].get_by_role("heading", name=f"{ORGANISATION} har ikke tatt")).to_be_visible()
    the_steps(cast[CENTRAL])
    the_set_up(cast[ADMINISTRATOR])
    look_up(cast[CASEWORKER], number)
    expect(cast[CASEWORKER].locator('[data-element="navn"]')).to_have_attribute("data-state", "value")
    expect(cast[CASEWORKER].locator('[data-element="bostedsadresse"][data-state="value"]')).to_have_count(0)
    the_review(cast)
    cast[CASEWORKER].reload()
    expect(cast[CASEWORKER].locator("[data-element]")).to_have_count(0)
