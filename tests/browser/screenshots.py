"""`make screenshots`: a picture of every page and state, in bokmål, light and 1280 px; and one axis at a time: nynorsk,
English, dark, 360 px, print. Not a test: pytest runs it for the house that the browser tests have."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from fiksreg.demo.data import CENTRAL_ADMINISTRATOR, ORGANISATION_ADMINISTRATOR
from integrations.folkeregisteret.elements import ELEMENTS
from roles.models import Employee, LegalBasis, Notice, Role, RoleAssignment, ServiceArea, Use
from tests.browser.conftest import Site
from tests.browser.everything import CASEWORKER, address, in_the_middle_of_it, one_of_everything
from tests.browser.steps import log_in, number_of
from tests.browser.test_every_page import REFUSING, pages, shown
from tests.lookup.people import NOBODY

FOLDER: Final = Path(__file__).parents[2] / "screenshots"
HEALTH: Final = "Saksbehandler helse"
HEIGHT: Final = 900


class Axis(NamedTuple):
    """What differs from bokmål, light and 1280 px."""

    folder: str
    width: int = 1280
    media: Mapping[str, Any] = {}


AXES: Final[Mapping[str, tuple[Axis, ...]]] = {
    "nb": (
        Axis("nb"),
        Axis("360", width=360),
        Axis("dark", media={"color_scheme": "dark"}),
        Axis("print", media={"media": "print"}),
    ),
    "nn": (Axis("nn"),),
    "en": (Axis("en"),),
}
_AS_USUAL: Final[Mapping[str, Any]] = {"color_scheme": "light", "media": "screen"}

Act = Callable[[Page, Site], object]


def take(page: Page, language: str, name: str) -> None:
    """The page as it is, along every axis that needs no other language."""
    for axis in AXES[language]:
        page.emulate_media(**axis.media)
        page.set_viewport_size({"width": axis.width, "height": HEIGHT})
        page.screenshot(path=FOLDER / axis.folder / f"{name}.png", full_page=True, animations="disabled")
        page.emulate_media(**_AS_USUAL)
    page.set_viewport_size({"width": 1280, "height": HEIGHT})


def search(text: str) -> Act:
    """Looks for it from the page of the search, whatever the language."""

    def act(page: Page, site: Site) -> None:
        del site
        page.goto("/oppslag/")
        page.locator("#id_text").fill(text)
        page.locator("#id_purpose").fill("2026/1234")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.locator("form.search .search__one [type=submit]").click()
        page.wait_for_load_state()
        page.locator(".htmx-request").wait_for(state="detached")

    return act


def person(case: str) -> Act:
    return lambda page, site: search(number_of(site.simulator, case))(page, site)


def then(first: Act, *selectors: str) -> Act:
    """After it these are pressed, one after the other."""

    def act(page: Page, site: Site) -> None:
        first(page, site)
        for selector in selectors:
            page.locator(selector).first.click()

    return act


def front(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/")


def opened_address(page: Page, site: Site) -> None:
    person("fortrolig")(page, site)
    page.locator(".open-address summary").click()
    page.locator(".open-address input[name=reason]").fill("Innkalling til kontroll")
    page.keyboard.press("Enter")
    page.locator(".reason").wait_for()


_CASES: Final = (
    *("vanlig-familie", "barn", "delt-bosted", "doed", "husstand-med-fortrolig", "fortrolig", "strengt-fortrolig"),
    *(
        "klientadresse",
        "d-nummer",
        "historisk-nummer",
        "utflyttet",
        "opphoert",
        "verge",
        "to-verger",
        "falsk-identitet",
    ),
    *("nyfoedt", "flyttet", "innflyttet", "langt-navn", "samisk", "ukjent-bosted", "medmor", "bor-ikke-med-foreldre"),
)
#: The name of a state -> how the caseworker comes to it.
STATES: Final[Mapping[str, Act]] = {
    "forsiden": front,
    "forsiden-roller": then(front, ".role-switch > summary"),
    "forsiden-hurtigtaster": then(front, "[data-shortcuts]"),
    "forsiden-flere-felt": then(front, ".search__more > summary"),
    "sok-feil": search("123"),
    "sok-sporsmal": search("Sindig Sildestim 170118"),
    "sok-treff": search("Sildestim"),
    "sok-ingen": search("Finnesikke Aldri"),
    "sok-ukjent-nummer": search(NOBODY),
    **{f"person-{case}": person(case) for case in _CASES},
    "person-alt-utfoldet": then(person("vanlig-familie"), ".bases summary", ".not-in-role summary"),
}
#: And the one who may open protected addresses.
IN_HEALTH: Final[Mapping[str, Act]] = {
    "helse-fortrolig": person("fortrolig"),
    "helse-begrunnelse": then(person("fortrolig"), ".open-address summary"),
    "helse-begrunnelse-mangler": then(person("fortrolig"), ".open-address summary", ".open-address [type=submit]"),
    "helse-fortrolig-vist": opened_address,
    "helse-doed": person("doed"),
}


def everything_opened() -> None:
    """The caseworker's first role is one of child welfare and opens all that may, so that the page has every group."""
    caseworker = Employee.objects.get(display_name=CASEWORKER)
    role = Role.objects.create(
        name="Alt i barnevernet",
        organisation=caseworker.organisation,
        service_area=ServiceArea.objects.get(code="BARNEVERN"),
        uses=[Use.SEARCH, Use.CITIZEN_LIST],
        elements=sorted(ELEMENTS),
    )
    role.legal_bases.set(LegalBasis.objects.all())
    RoleAssignment.objects.create(role=role, employee=caseworker)


@pytest.fixture
def readers(browser: Browser, site: Site) -> Iterator[Callable[[str, str], Page]]:
    """A browser for each reader and language. The name "" is nobody's."""
    contexts = []

    def opened(name: str, language: str) -> Page:
        contexts.append(
            browser.new_context(base_url=site.address, locale="nb-NO", viewport={"width": 1280, "height": HEIGHT})
        )
        page = contexts[-1].new_page()
        if name:
            log_in(page, name)
        page.goto("/")
        page.locator(f".language [value={language}]").click()
        return page

    yield opened
    for context in contexts:
        context.close()


def test_states(readers: Callable[[str, str], Page], site: Site) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    everything_opened()
    for language, (account, states) in product(AXES, ((CASEWORKER, STATES), (HEALTH, IN_HEALTH))):
        page = readers(account, language)
        for name, act in states.items():
            act(page, site)
            take(page, language, name)


def test_pages(readers: Callable[[str, str], Page], site: Site) -> None:
    objects = one_of_everything()
    Notice.objects.all().delete()
    opened = in_the_middle_of_it(readers("", "nb"), site)
    for language in AXES:
        left = pages()
        for name in (CASEWORKER, ORGANISATION_ADMINISTRATOR, CENTRAL_ADMINISTRATOR, ""):
            page = readers(name, language)
            for route in sorted(left):
                asked = opened.get(route) or address(route, objects)
                if shown(page, f"{site.address}{asked}", REFUSING.get(route, 200)):
                    left.remove(route)
                    take(page, language, _named(route))


def _named(route: str) -> str:
    """A file's name for an address."""
    return re.sub(r"[^\w-]+", "-", f"side-{route}").strip("-")
