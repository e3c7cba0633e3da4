"""Two workers build a list and a caseworker looks people up while, again and again, something dies, freezes or lies.

Whatever it was: the list comes, once and whole; every page that showed somebody stands in the log; the log is whole.
A process that ends is started again, as compose and the demo do: a Celery worker whose child was killed while its
broker was away may end when it connects again (celery/celery#9250).
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

import httpx
import pytest

from tests.faults.house import EVERYBODY, Caseworker, House, house
from tests.faults.test_worker_killed import numbers
from tests.long.misfortunes import WORKERS, Misfortunes
from tests.reporting import report
from tests.waiting import until

pytestmark = pytest.mark.campaign
SEED = os.environ.get("SEED", "fiksreg")
ROUNDS = max(int(100 * float(os.environ.get("SCALE", "1"))), 5)
AT_ONCE = 3
#: Enough for a part for each worker and more.
PERSONS = 5_500
#: So long takes a lookup, so that misfortunes befall lists that are being built.
LOOKUP_MS = 400
#: Seconds after the last misfortune.
WITHIN = 60


@pytest.fixture(scope="module")
def site() -> Iterator[House]:
    with house(persons_per_kommune=PERSONS) as site:
        for name in WORKERS:
            site.start(name)
        yield site


@pytest.fixture
def caseworker(site: House) -> Iterator["Patient"]:
    caseworker = Patient(site.web)
    yield caseworker
    caseworker.leave()


def test_whatever_dies_freezes_or_lies_the_list_comes_once_and_whole_and_every_page_is_logged(
    site: House, caseworker: "Patient", capsys: pytest.CaptureFixture[str]
) -> None:
    undisturbed = numbers(caseworker.list_of(caseworker.ordered()))
    random = Random(SEED)
    misfortunes = Misfortunes(site, random)
    befallen, ended = Counter[str](), Counter[str]()
    wrong = late = 0

    def is_ready(order: str) -> bool:
        ended.update(site.start_again_what_ended())
        return caseworker.state(order) == "ready"

    for _ in range(ROUNDS):
        site.slow_down("bulk", LOOKUP_MS)
        order = caseworker.ordered()
        for kind in random.sample(sorted(misfortunes.kinds()), AT_ONCE):
            misfortunes.kinds()[kind]()
            befallen[kind] += 1
            caseworker.look_up(site.number_of("vanlig-familie"))
        try:
            until(partial(is_ready, order), seconds=WITHIN)
        except AssertionError:
            late += 1
            continue
        wrong += numbers(caseworker.list_of(order)) != undisturbed
    published, logged = site.logged("list:file:published"), site.logged("lookup:person:answered", outcome="delivered")
    site.manage("verify_audit")
    with capsys.disabled():
        tell("lists that did not come in time", late, ROUNDS)
        tell("lists that were not whole", wrong, ROUNDS)
        tell("lists published more than once", max(published - (ROUNDS - late) - 1, 0), published)
        tell("pages that no entry stands for", max(caseworker.pages - logged, 0), caseworker.pages)
        tell(f"misfortunes of {len(befallen)} kinds (seed {SEED})", sum(befallen.values()), ROUNDS, is_bar=False)
        tell("processes that ended and were started again", ended.total(), ROUNDS, is_bar=False)
    assert (late, wrong) == (0, 0), befallen
    assert published == ROUNDS + 1
    assert logged >= caseworker.pages > 0


class Patient:
    """A caseworker who tries again whenever a page does not come. pages: how many showed somebody."""

    def __init__(self, web: str) -> None:
        self.pages = 0
        self._at_desk = Caseworker(web, "Saksbehandler barnehage")

    def leave(self) -> None:
        self._at_desk.leave()

    def ordered(self) -> str:
        """The page of a new order."""
        found: list[str] = []
        until(lambda: self._try(lambda: found.append(self._at_desk.order(**EVERYBODY))), seconds=WITHIN)
        return found[-1]

    def state(self, order: str) -> str:
        """ "" where the page did not come."""
        found = [""]
        self._try(lambda: found.append(self._at_desk.state(order)))
        return found[-1]

    def list_of(self, order: str) -> bytes:
        """The finished workbook."""
        until(lambda: self.state(order) == "ready", seconds=WITHIN)
        found: list[bytes] = []
        until(lambda: self._try(lambda: found.append(self._at_desk.download(order))), seconds=WITHIN)
        return found[-1]

    def look_up(self, number: str) -> None:
        """Once; it may fail."""
        self._try(lambda: self._look_up(number))

    def _look_up(self, number: str) -> None:
        page = self._at_desk.open(self._at_desk.search(number=number, purpose="Sak 2026/17"))
        self.pages += page.status_code == 200 and 'data-element="navn"' in page.text

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (httpx.HTTPError, AssertionError):
            return False
        return True


def tell(metric: str, value: int, n: int, *, is_bar: bool = True) -> None:
    report("campaign", "faults", metric, value=value, unit="", bar=0 if is_bar else n, n=n, ok=not is_bar or value == 0)
