"""A browser, and the whole of Fiksreg as its own processes on the services of this run."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import processes
from tests.browser.chromium import ARGUMENTS, executable
from tests.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the pages and the simulated register answer."""

    address: str
    simulator: str


@pytest.fixture(scope="package")
def house(running: Services, simulator: str, django_db_setup: None) -> Iterator[Site]:
    """Web, worker, clock and identity provider, running as they do in the demo; gone when other tests start theirs."""
    names = ("identity", "web", "worker", "clock")
    children = {name: processes.start(running, name) for name in names}
    site = Site(address=running.environment["FIKSREG_BASE_URL"], simulator=simulator)
    children["identity"].wait_until(lambda: processes.answers(_keys(running)), seconds=30)
    children["web"].wait_until(lambda: processes.answers(f"{site.address}/healthz"), seconds=30)
    yield site
    for child in reversed(children.values()):
        child.kill()


def _keys(running: Services) -> str:
    return running.environment["OIDC_JWKS_ENDPOINT"]


@pytest.fixture
def site(house: Site, transactional_db: None, demo: None) -> Site:
    """The running house with the catalogue and the demo's accounts loaded; what a test adds is gone after it."""
    return house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one module: while it is there its event loop runs in this thread, and Django takes us for asynchronous."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh browser profile whose addresses start at the site: `page.goto("/")`."""
    context = browser.new_context(base_url=site.address, locale="nb-NO", accept_downloads=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
