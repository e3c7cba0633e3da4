"""Whoever may not see gradings cannot tell by time, over HTTP, whether a residence is protected or unknown.

500 lookups of each, in random order, by one caseworker whose role opens relations but no gradings; the two persons are
alike in everything else. The same of an address search that meets a protected person, beside one that meets nobody.
Told apart means that a two-sided Mann-Whitney test says so at the level of one in a thousand.
"""

import os
from collections.abc import Iterator
from math import erfc, sqrt
from random import Random
from time import perf_counter

import httpx
import pytest
from django.conf import settings

from fiksreg.embedded import free_port
from roles.models import Organisation
from tests import processes
from tests.long.test_canaries import SEED
from tests.lookup.people import OPEN, caseworker
from tests.reporting import report
from tests.roles.disclosure.asking import Simulated
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.disclosure.test_lookalikes import KINDS, put
from tests.roles.onboarding.taken import in_use
from tests.roles.records import related_to
from tests.services import Services

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]
LOOKUPS = max(int(500 * float(os.environ.get("SCALE", "1"))), 60)
LEVEL = 0.001


@pytest.fixture
def web(running: Services, simulator: str, db: None) -> Iterator[str]:
    """Web in a process of its own; its address."""
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    child = processes.start(running, "web", FIKSREG_PORT=port, FIKSREG_BASE_URL=address)
    child.wait_until(lambda: processes.answers(f"{address}/healthz"), seconds=60)
    yield address
    child.kill()


@pytest.fixture
def browser(web: str) -> Iterator[httpx.Client]:
    """Logged in as somebody whose role opens relations, but no gradings."""
    organisation = in_use(Organisation.objects.create(name="Måling kommune", organisation_number="999000003"))
    holder = caseworker("Saksbehandler måling", organisation=organisation, elements=OPEN | {"familierelasjon"})
    cookie = holder.client.cookies[settings.SESSION_COOKIE_NAME].value
    with httpx.Client(base_url=web, cookies={settings.SESSION_COOKIE_NAME: cookie}, timeout=30) as browser:
        yield browser


def person_page(browser: httpx.Client, number: str) -> str:
    """The address of the person's page."""
    return where(browser, number=number)


def where(browser: httpx.Client, **typed: str) -> str:
    """Where the search form leads."""
    form = browser.get("/oppslag/").raise_for_status().text
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    return browser.post("/oppslag/", data={"csrfmiddlewaretoken": token, **typed}).headers["Location"]


def milliseconds(browser: httpx.Client, page: str) -> float:
    started = perf_counter()
    browser.get(page).raise_for_status()
    return (perf_counter() - started) * 1000


def probability_of_no_difference(one: list[float], other: list[float]) -> float:
    """p of a two-sided Mann-Whitney test, by the normal approximation. Times do not tie."""
    ranked = sorted([(value, True) for value in one] + [(value, False) for value in other])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, start=1) if is_one)
    count, against = len(one), len(other)
    statistic = ranks - count * (count + 1) / 2
    spread = sqrt(count * against * (count + against + 1) / 12)
    return erfc(abs(statistic - count * against / 2) / spread / sqrt(2))


@pytest.mark.parametrize("kind", ["confidential", "strictly confidential"])
@pytest.mark.parametrize("related", [True, False])
def test_time_does_not_tell_a_protected_person_from_one_of_unknown_residence(
    browser: httpx.Client, simulator: str, capsys: pytest.CaptureFixture[str], kind: str, related: bool
) -> None:
    register = Simulated(simulator)
    relations = (related_to(register.number_of("barn")),) if related else ()
    people = put(register, "MAALEHAV", familierelasjon=relations)
    register.close()
    pages = {who: person_page(browser, number_of(people[who])) for who in ("unknown", kind)}
    p = told_apart(browser, pages)
    with capsys.disabled():
        metric = f"unknown against {kind}, {'related' if related else 'alone'}: p"
        report("campaign", "lookalikes", metric, value=p, unit="", bar=LEVEL, n=2 * LOOKUPS, ok=p > LEVEL)
    assert p > LEVEL


@pytest.mark.parametrize("kind", ["confidential", "strictly confidential"])
def test_time_does_not_tell_an_address_search_that_meets_a_protected_person_from_one_that_meets_nobody(
    browser: httpx.Client, simulator: str, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    register = Simulated(simulator)
    surname = {"confidential": "VARHAV", "strictly confidential": "VARSJOE"}[kind]
    register.put(resident(surname, **KINDS[kind]))
    texts = {"met": f"KARI {surname}, 6856 Sogndal", "nobody": f"KARI I{surname[1:]}, 6856 Sogndal"}
    pages = {which: where(browser, text=text) for which, text in texts.items()}
    browser.get(pages["nobody"]).raise_for_status()  # a token may be fetched first
    calls = []
    for page in pages.values():
        register.forget()
        assert "Ingen treff" in browser.get(page).raise_for_status().text
        calls.append([call["operation"] for call in register.asked()])
    register.close()
    assert calls[0] == calls[1]
    p = told_apart(browser, pages)
    with capsys.disabled():
        metric = f"an address search that meets nobody against {kind}: p"
        report("campaign", "lookalikes", metric, value=p, unit="", bar=LEVEL, n=2 * LOOKUPS, ok=p > LEVEL)
    assert p > LEVEL


def told_apart(browser: httpx.Client, pages: dict[str, str]) -> float:
    """p of the times of two pages, asked for in random order."""
    turns = [*pages] * (LOOKUPS + 5)
    Random(SEED).shuffle(turns)
    times: dict[str, list[float]] = {who: [] for who in pages}
    for who in turns:
        times[who].append(milliseconds(browser, pages[who]))
    return probability_of_no_difference(*times.values())
