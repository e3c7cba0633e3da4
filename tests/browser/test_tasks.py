"""The ten commonest tasks of docs/oppgaver.md in a browser. Every click and key is counted, and nobody scrolls."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from roles.models import Organisation
from tests.browser.conftest import Site
from tests.browser.steps import log_in, look_up, number_of, paper_asked_for

BARNEHAGE, HELSE = "Saksbehandler barnehage", "Saksbehandler helse"
REASON = "Innkalling til kontroll"
NAME_AND_DATE = "Sindig Sildestim 170188"
_TABLE = Path(__file__).parents[2] / "docs" / "oppgaver.md"
_ROW = re.compile(r"^\| (?P<task>[^|]+) \| [^|]+ \| [^|]+ \| (?P<presses>tegn \+ \d+|\d+) \|$", re.MULTILINE)


class Hands:
    """Does what a person does with a mouse and a keyboard, and counts it. typed: signs written one by one."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.typed = page, 0, 0

    def click(self, target: Locator) -> None:
        """Of what can be seen: the browser is not allowed to scroll to it first."""
        expect(target).to_be_in_viewport(ratio=1)
        target.click()
        self.presses += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def paste(self, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+V")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed += len(text)

    @property
    def said(self) -> str:
        """As the table says it."""
        return f"tegn + {self.presses}" if self.typed else str(self.presses)


def sees(target: Locator) -> None:
    expect(target).to_be_in_viewport(ratio=1)


def address(page: Page) -> Locator:
    return page.locator("[data-element=bostedsadresse]").get_by_text(re.compile(r"^\d{4} \D+$"))


def shown(page: Page, number: str) -> None:
    expect(page.locator(".person-facts .number")).to_have_text(number)


def opened(page: Page, site: Site, account: str, case: str) -> None:
    """Somebody's page, as its reader finds it."""
    log_in(page, account)
    look_up(page, number_of(site.simulator, case))
    shown(page, number_of(site.simulator, case))
    page.evaluate("window.scrollTo(0, 0)")


def number_to_address(page: Page, site: Site) -> Hands:
    log_in(page, BARNEHAGE)
    hands = Hands(page)
    hands.paste(number_of(site.simulator, "vanlig-familie"))
    hands.press("Enter")
    sees(address(page))
    return hands


def number_in_the_same_case(page: Page, site: Site) -> Hands:
    opened(page, site, HELSE, "barn")
    page.goto("/")
    hands = Hands(page)
    hands.paste(number_of(site.simulator, "vanlig-familie"))
    hands.press("Enter")
    sees(address(page))
    expect(page.get_by_label("Formål eller saksnummer")).to_have_value("2026/1234")
    return hands


def name_and_date(page: Page, site: Site) -> Hands:
    Organisation.objects.update(opens_single_hit=True)
    log_in(page, BARNEHAGE)
    hands = Hands(page)
    hands.type(NAME_AND_DATE)
    hands.press("Enter")
    sees(page.get_by_role("heading", name="SINDIG SILDESTIM", exact=True))
    shown(page, number_of(site.simulator, "vanlig-familie"))
    return hands


def next_person(page: Page, site: Site) -> Hands:
    opened(page, site, HELSE, "barn")
    hands = Hands(page)
    hands.paste(number_of(site.simulator, "vanlig-familie"))
    hands.press("Enter")
    shown(page, number_of(site.simulator, "vanlig-familie"))
    sees(address(page))
    expect(page.get_by_label("Formål eller saksnummer")).to_have_value("2026/1234")
    return hands


def parents_address(page: Page, site: Site) -> Hands:
    opened(page, site, BARNEHAGE, "delt-bosted")
    parents = page.locator("[data-relatives=parents] .relative")
    elsewhere = parents.filter(has_text=re.compile(r"\d{4} [A-ZÆØÅ]+"))
    name = elsewhere.locator(".relative__name").inner_text()
    hands = Hands(page)
    hands.click(page.locator(".person__family").get_by_role("link", name=name.strip()))
    sees(elsewhere.locator(".relative__home"))
    return hands


def confidential_address(page: Page, site: Site) -> Hands:
    opened(page, site, HELSE, "fortrolig")
    expect(address(page)).to_have_count(0)
    hands = Hands(page)
    hands.click(page.get_by_text("Vis skjermet adresse", exact=True))
    hands.type(REASON)
    hands.press("Enter")
    sees(address(page))
    sees(page.get_by_text(REASON))
    return hands


def another_role(page: Page, site: Site) -> Hands:
    opened(page, site, BARNEHAGE, "vanlig-familie")
    hands = Hands(page)
    hands.click(page.locator(".role-switch > summary"))
    hands.click(page.get_by_role("button", name=re.compile("Skoleinnskriving")))
    expect(page.locator(".role-switch summary")).to_contain_text("Skoleinnskriving (Oppvekst)")
    shown(page, number_of(site.simulator, "vanlig-familie"))
    sees(address(page))
    return hands


def printed(page: Page, site: Site) -> Hands:
    opened(page, site, BARNEHAGE, "vanlig-familie")
    hands = Hands(page)
    with paper_asked_for(page):
        hands.click(page.get_by_role("link", name="PDF-utskrift"))
    hands.presses += 1  # Ctrl + P where the paper is shown: the browser's own, and its printer's
    return hands


def again_from_today(page: Page, site: Site) -> Hands:
    opened(page, site, BARNEHAGE, "vanlig-familie")
    page.goto("/")
    hands = Hands(page)
    hands.click(page.get_by_role("link", name="Dine oppslag i dag"))
    hands.click(page.get_by_role("button", name="Slå opp igjen").first)
    shown(page, number_of(site.simulator, "vanlig-familie"))
    sees(address(page))
    return hands


def child_and_guardians(page: Page, site: Site) -> Hands:
    opened(page, site, BARNEHAGE, "barn")
    hands = Hands(page)
    hands.click(page.get_by_role("link", name="Barn og foresatte"))
    charge = page.locator("[data-relatives=charges]")
    sees(charge.get_by_role("heading", name="Foresatte for ORDRIK SILDESTIM"))
    for name in ("SINDIG SILDESTIM", "TRYGG SILDESTIM"):
        one = charge.locator(".relative").filter(has_text=name)
        sees(one.get_by_text(name))
        sees(one.get_by_text("SORTLAND"))
    return hands


#: A row of the table -> who does it, and the presses it may take.
TASKS: Final[Mapping[str, tuple[Callable[[Page, Site], Hands], str]]] = {
    "Finne adressen til et nummer": (number_to_address, "2"),
    "Slå opp et nummer i saken du har valgt": (number_in_the_same_case, "2"),
    "Finne en person med navn og fødselsdato": (name_and_date, "tegn + 1"),
    "Gå til neste person i samme sak": (next_person, "2"),
    "Finne adressen til en forelder": (parents_address, "1"),
    "Åpne en fortrolig adresse": (confidential_address, "tegn + 2"),
    "Se samme person i en annen rolle": (another_role, "2"),
    "Skrive ut": (printed, "2"),
    "Åpne et oppslag fra tidligere i dag": (again_from_today, "2"),
    "Se barnet og alle foresatte": (child_and_guardians, "1"),
}


def test_the_table_has_these_tasks_within_their_bars() -> None:
    written = {row["task"]: row["presses"] for row in _ROW.finditer(_TABLE.read_text(encoding="utf-8"))}
    assert written == {task: bar for task, (_done, bar) in TASKS.items()}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_as_many_presses_as_the_table_says(page: Page, site: Site, task: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 1280, "height": 900})
    done, bar = TASKS[task]
    hands = done(page, site)
    assert hands.said == bar
