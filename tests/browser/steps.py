"""What people do in the browser, and what a page is held to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

_SERIOUS = frozenset({"serious", "critical"})


def log_in(page: Page, account: str) -> None:
    """From the front page, through the identity provider, and back."""
    page.goto("/")
    page.get_by_role("link", name="Logg inn").click()
    page.get_by_role("button", name=account, exact=True).click()
    page.get_by_role("button", name="Logg ut").wait_for()


def look_up(page: Page, number: str, *, purpose: str = "2026/1234") -> None:
    """Fills in the search form by its labels and sends it. Returns when the answer is on the page."""
    page.goto("/oppslag/")
    page.get_by_role("textbox", name="Søk", exact=True).fill(number)
    page.get_by_label("Formål eller saksnummer").fill(purpose)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Søk", exact=True).click()
    expect(page.locator(".htmx-request")).to_have_count(0)


@contextmanager
def paper_asked_for(page: Page) -> Iterator[None]:
    """What is done here asks for the PDF of the page, and gets one. The browser stays where it is."""
    page.route("**/utskrift/", lambda route: route.abort())
    with page.expect_request("**/utskrift/") as asked:
        yield
    answer = page.context.request.get(asked.value.url)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


def number_of(simulator: str, case: str) -> str:
    """The number of a test person, by the name of the case."""
    persons: list[dict[str, str]] = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    return next(person["number"] for person in persons if person["case"] == case)


def barriers(page: Page, **options: Any) -> list[str]:
    """What axe finds against WCAG A and AA, and what else would stop somebody: rule and element. options: of axe."""
    found: list[dict[str, Any]] = Axe().run(page, options=options or None).response["violations"]
    held = (rule for rule in found if rule["impact"] in _SERIOUS or any(tag.startswith("wcag") for tag in rule["tags"]))
    return [f"{rule['id']}: {node['html']}" for rule in held for node in rule["nodes"]]


def hard_to_read_in_the_dark(page: Page) -> list[str]:
    """What axe finds of contrast when the reader's system is dark."""
    page.emulate_media(color_scheme="dark")
    found = barriers(page, runOnly=["color-contrast"])
    page.emulate_media(color_scheme="light")
    return [f"dark, {what}" for what in found]


def overflow(page: Page, width: int) -> int:
    """How many pixels the page is wider than a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@contextmanager
def register_slow(simulator: str, *, milliseconds: int) -> Iterator[None]:
    """Every bulk lookup takes so much longer."""
    faults = f"{simulator}/_control/faults"
    httpx.post(faults, json={"operation": "bulk", "kind": "latency", "ms": milliseconds}).raise_for_status()
    try:
        yield
    finally:
        httpx.delete(faults).raise_for_status()


@contextmanager
def register_refusing(simulator: str) -> Iterator[None]:
    """No bulk lookup is answered: a list stays under way for as long as this lasts, however slow the machine is."""
    faults = f"{simulator}/_control/faults"
    httpx.post(faults, json={"operation": "bulk", "kind": "503"}).raise_for_status()
    try:
        yield
    finally:
        httpx.delete(faults).raise_for_status()
