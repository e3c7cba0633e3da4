"""Every page there is, by the URLconf: valid HTML, nothing on it stops anybody, in light or dark, it fits a small
screen, and it asks the browser for nothing that is forbidden. A new page is in it on the day it is added."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from random import Random

import pytest
from django.conf import settings
from django.urls import get_resolver
from playwright.sync_api import Browser, ConsoleMessage, Page

from fiksreg.checks import views_of
from fiksreg.demo.data import CENTRAL_ADMINISTRATOR, ORGANISATION_ADMINISTRATOR
from roles.login.breakglass import open_account
from tests.browser.conftest import Site
from tests.browser.everything import address, in_the_middle_of_it, one_of_everything
from tests.browser.steps import barriers, hard_to_read_in_the_dark, log_in, overflow
from tests.reporting import report
from tests.validity import faults

NARROWEST = 320  # WCAG 2.2, 1.4.10 Reflow
ROUTES = sorted({route for route, _view in views_of(get_resolver().url_patterns)})
#: Addresses that are no page to look at, and what they are instead.
NO_PAGE = {
    "admin/jsi18n/": "a script",
    "admin/login/": "leads to the one login",
    "admin/logout/": "leads to the one logout",
    "admin/roles/employee/forslag/": "a part of a page",
    "admin/roles/legalbasis/eksport/": "a file",
    "admin/roles/integration/<uuid:key>/leverandor/<uuid:role>/pdf/": "a file",
    "admin/(?P<url>.*)$": "leads nowhere",
    "healthz": "data",
    "readyz": "data",
    "logg-inn/": "leads to the identity provider",
    "logg-ut/ferdig/": "leads to the front page",
    "logg-ut/varsel/": "for the identity provider",
    "logg-ut/ramme/": "an empty answer in a frame nobody sees",
    "okt/": "data",
    "sprak/": "only takes what is sent",
    "oppslag/treff/<str:token>/flere/": "only takes what is sent",
    "oppslag/person/<str:token>/feil-person/": "only takes what is sent",
    "oppslag/person/<str:token>/rolle/": "leads to the person's page",
    "oppslag/person/<str:token>/utskrift/": "a file",
    "oppslag/person/<str:token>/relatert/": "only takes what is sent",
    "oppslag/person/<str:token>/paa-nytt/": "only takes what is sent",
    "oppslag/person/<str:token>/begrunnelse/": "only takes what is sent",
    "innbyggerlister/fra-soek/": "only takes what is sent",
    "innbyggerlister/bestill/se-over/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/avbryt/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/lag-paa-nytt/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/gjenta/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/varsle/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/tidsplan/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/tidsplan/stopp/": "only takes what is sent",
    "innbyggerlister/<uuid:order_id>/last-ned/": "a file",
    "innbyggerlister/<uuid:order_id>/slett/": "only takes what is sent",
    "om/maler/<slug:name>.xlsx": "a file",
}
#: Pages that say no: how they answer when they are shown.
REFUSING = {"ingen-rolle/": 403, "logg-inn/svar/": 403}
#: Nothing is deleted, some things are not made here, and Django leads from an object's address to its form.
NEVER = ("/delete/", "<path:object_id>/")
NOT_MADE = {"admin/roles/employee/add/", "admin/roles/legalbasis/add/", "admin/roles/roleloss/add/"}


@pytest.fixture
def browsers(browser: Browser, site: Site) -> Iterator[Callable[[], Page]]:
    """A new browser for each who is to look."""
    contexts = []

    def opened() -> Page:
        contexts.append(browser.new_context(base_url=site.address, locale="nb-NO"))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def pages() -> set[str]:
    """Routes that somebody looks at."""
    return {route for route in ROUTES if route not in NO_PAGE | dict.fromkeys(NOT_MADE) and not route.endswith(NEVER)}


def wrong_with(page: Page, sent: str) -> list[str]:
    """sent: the page's source."""
    found = [*faults(sent), *barriers(page), *hard_to_read_in_the_dark(page)]
    if (wider := overflow(page, NARROWEST)) > 0:
        found.append(f"{wider} px too wide")
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def wrong_on(
    left: set[str], browsers: Callable[[], Page], site: Site, *, language: str = "nb"
) -> Iterator[tuple[str, list[str]]]:
    """What is wrong on each of these routes, shown to the first of all readers to whom it answers by itself. Each route
    that was looked at is taken out of `left`."""
    objects = one_of_everything()
    open_account(minutes=10, reason="Øvelse")
    caseworker = browsers()
    opened = in_the_middle_of_it(caseworker, site)
    administrators = {ORGANISATION_ADMINISTRATOR: browsers(), CENTRAL_ADMINISTRATOR: browsers()}
    for label, page in administrators.items():
        log_in(page, label)
    for page, route in product((caseworker, *administrators.values(), browsers()), sorted(left)):
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site.address}])
        asked = opened.get(route) or address(route, objects)
        if route in left:
            with complaints(page) as said:
                sent = shown(page, f"{site.address}{asked}", REFUSING.get(route, 200))
            if sent:
                left.remove(route)
                assert f'lang="{language}"' in sent, route
                yield route, [*wrong_with(page, sent), *(said if route not in REFUSING else ())]


def test_no_page_stops_anybody_is_too_wide_or_does_what_is_forbidden(browsers: Callable[[], Page], site: Site) -> None:
    left = pages()
    assert {route: found for route, found in wrong_on(left, browsers, site) if found} == {}
    assert left == set()


@pytest.mark.campaign
@pytest.mark.parametrize("language", ["nn", "en"])
def test_nor_does_it_in_the_other_languages(browsers: Callable[[], Page], site: Site, language: str) -> None:
    """Every page at SCALE 1, else so many of them, drawn by SEED."""
    every, scale = sorted(pages()), min(float(os.environ.get("SCALE", "1")), 1)
    seed = os.environ.get("SEED", "fiksreg")
    left = set(Random(f"{seed} {language}").sample(every, max(round(len(every) * scale), 1)))
    n, found = len(left), dict(wrong_on(left, browsers, site, language=language))
    faulty = {route: what for route, what in found.items() if what}
    name = f"pages in {language} (seed {seed})"
    report("campaign", name, "pages with a fault", value=len(faulty), unit="pages", bar=0, n=n, ok=not faulty)
    assert faulty == {}
    assert left == set()


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser says it was kept from."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", listen)
    yield said
    page.remove_listener("console", listen)


def shown(page: Page, asked: str, status: int) -> str:
    """The source of the page, where it answers itself; "" where it leads to another one."""
    answer = page.goto(asked)
    return answer.text() if answer is not None and (page.url, answer.status) == (asked, status) else ""
