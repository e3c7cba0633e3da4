"""Somebody chosen among many in the administration, with a script and without, by keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from roles.models import Employee, Group, Organisation
from tests.browser.conftest import Site
from tests.browser.steps import barriers, log_in, overflow
from tests.roles.colleagues import colleagues, many_colleagues

ADMINISTRATOR, ROLE = "Rolleadministrator", "Helsestasjon"
GIVING = "/admin/roles/roleassignment/add/"


@pytest.fixture
def kari(site: Site) -> Employee:
    """One of two by the same name, in an organisation with too many for a list."""
    havbris = Organisation.objects.get(name="Havbris kommune")
    many_colleagues(havbris)
    return colleagues(havbris, "Kari Berg", "Kari Berg", "Karianne Berg")[0]


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def save(page: Page) -> None:
    page.get_by_role("button", name="Lagre", exact=True).click()


def a_group(*members: Employee) -> str:
    group = Group.objects.create(organisation=Organisation.objects.get(name="Havbris kommune"), name="Avdelingen")
    group.members.set(members)
    return f"/admin/roles/group/{group.pk}/change/"


def test_those_who_fit_come_while_one_writes_and_one_is_picked_by_keyboard(page: Page, kari: Employee) -> None:
    addresses: list[str] = []
    complaints: list[str] = []
    log_in(page, ADMINISTRATOR)
    page.goto(GIVING)
    page.on("request", lambda request: addresses.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.get_by_label("Rolle").select_option(label=ROLE)
    page.get_by_label("Begrunnelse").fill("Ny i jobben")
    page.get_by_label("Ansatt").press_sequentially("kari b")
    expect(page.get_by_role("status").filter(has_text="3 treff.")).to_be_visible()
    assert page.get_by_role("radio", checked=True).count() == 0
    assert complaints == []
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.get_by_role("radio", checked=True)
    code = Employee.objects.get(pk=chosen.get_attribute("value")).code
    expect(page.get_by_role("radio", name=f"Kari Berg, kode {code}", checked=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="Kari Berg", exact=True)).to_be_visible()
    assert not any("kari" in address.lower() for address in addresses), "a name stands in no address"


def test_the_lists_of_those_who_fit_have_no_barriers_and_fit_a_small_window(page: Page, kari: Employee) -> None:
    log_in(page, ADMINISTRATOR)
    page.goto(GIVING)
    page.get_by_label("Ansatt").press_sequentially("kollega")
    expect(page.get_by_role("status").filter(has_text="De 20 første av flere treff.")).to_be_visible()
    assert barriers(page) == []
    assert overflow(page, 360) == 0
    page.goto(a_group(*Employee.objects.filter(display_name__startswith="Kollega")))
    page.get_by_label("Medlemmer").fill("Kari Berg\nUkjent\nKarianne Berg")
    expect(page.get_by_role("group", name="Hvem mener du med «Kari Berg»?")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="2 linjer er ikke entydige ennå.")).to_be_visible()
    assert barriers(page) == []
    assert overflow(page, 360) == 0


def test_without_a_script_the_page_comes_back_with_those_who_fit(plain: Page, kari: Employee) -> None:
    log_in(plain, ADMINISTRATOR)
    plain.goto(GIVING)
    plain.get_by_label("Rolle").select_option(label=ROLE)
    plain.get_by_label("Begrunnelse").fill("Ny i jobben")
    plain.get_by_label("Ansatt").fill("Kari Berg")
    save(plain)
    expect(plain.get_by_text("Velg hvem du mener i listen.")).to_be_visible()
    expect(plain.get_by_label("Ansatt")).to_have_value("Kari Berg")
    plain.get_by_role("radio", name=f"kode {kari.code}").check()
    save(plain)
    expect(plain.get_by_role("cell", name="Kari Berg", exact=True)).to_be_visible()


def test_without_a_script_members_come_and_go(plain: Page, kari: Employee) -> None:
    first, second = Employee.objects.filter(display_name__in=("Kollega 001", "Kollega 002"))
    address = a_group(first, second)
    log_in(plain, ADMINISTRATOR)
    plain.goto(address)
    plain.get_by_label("Medlemmer").fill(f"Kollega 003\n{kari.code}")
    plain.get_by_role("checkbox", name="Kollega 001").check()
    plain.get_by_label("Begrunnelse").fill("Nytt lag")
    save(plain)
    plain.goto(address)
    expect(plain.get_by_role("group", name="3 er med.").get_by_role("checkbox")).to_have_count(3)
    for name in ("Kari Berg", "Kollega 002", "Kollega 003"):
        expect(plain.get_by_role("checkbox", name=name)).to_be_visible()
