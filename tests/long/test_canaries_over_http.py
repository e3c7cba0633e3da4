"""Random roles against random households over real HTTP: pages, paper, hit lists, workbooks, and wherever else to look.

On a page and in a workbook stands what the role opens; in logs, tables, the queue, files and addresses, nothing at all.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random

import httpx
import pytest

from citizenlists.content.columns import listable
from fiksreg.embedded import free_port
from integrations.folkeregisteret.documents import current, encode_person
from integrations.folkeregisteret.elements import RightsPackage
from roles.models import Use
from tests import processes
from tests.long import places
from tests.long.aviary import Bird, Flock, canaries_in
from tests.long.places import Wiretap
from tests.long.randomroles import REASON, Holder, RandomRoles
from tests.long.rules import Door, Question, allowed, allowed_on_page
from tests.long.test_canaries import HOUSEHOLD, SEED, tell, whose
from tests.long.visitors import Visitor
from tests.services import Services

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]
CASES = max(int(500 * float(os.environ.get("SCALE", "1"))), 20)
LISTS = 4
PRINTED = max(int(50 * float(os.environ.get("SCALE", "1"))), 5)
CASES_PER_ROLE = 5
KOMMUNE, BORN = "1870", "1901"  # the simulator's own residents are younger
DEBUG = {"FIKSREG_LOG_LEVEL": "DEBUG"}


@dataclass
class Campaign:
    """Everybody in it, and what was found where it should not be."""

    random: Random
    households: list[list[Bird]]
    leaks: Counter[str] = field(default_factory=Counter)
    shown: Counter[Door] = field(default_factory=Counter)
    orders: list[str] = field(default_factory=list)
    printed: int = 0

    def __post_init__(self) -> None:
        self.birds = [bird for household in self.households for bird in household]
        self.known = {canary for bird in self.birds for canary in bird.perches}

    def seen(self, text: str) -> set[object]:
        return set(canaries_in(text)) & self.known

    def judge(self, question: Question, text: str, bird: Bird, household: list[Bird]) -> None:
        """Counts what a page or a row about somebody shows, and what it should not."""
        canaries = self.seen(text)
        self.shown[question.door] += len(canaries)
        judged = allowed_on_page if question.door is Door.ONE else allowed
        for canary in canaries - judged(question, bird, household):
            perch = bird.perches.get(canary)
            self.leaks[f"{question.door}: {f'{perch.source}.{perch.field}' if perch else 'of somebody else'}"] += 1

    def found_in(self, texts: Iterable[str]) -> int:
        """How many canaries are there. Every place knows the lists, or it was not the right place to look."""
        found, missing = 0, set(self.orders)
        for text in texts:
            found += len(self.seen(text))
            missing -= {order for order in missing if order in text}
        assert not missing
        return found


@pytest.fixture
def web(running: Services, simulator: str, db: None) -> Iterator[str]:
    """Web, worker and clock with the root logger at DEBUG; web's address."""
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    with ExitStack() as children:
        for name, words, environment in (
            ("web", {}, {"FIKSREG_PORT": port, "FIKSREG_BASE_URL": address}),
            ("worker", {"INFO": "DEBUG"}, {}),
            ("clock", {}, {}),
        ):
            child = processes.start(running, name, words, **DEBUG, **environment)
            children.callback(child.kill)
            if name == "web":
                child.wait_until(lambda: processes.answers(f"{address}/healthz"), seconds=60)
        yield address


@pytest.fixture
def campaign(simulator: str) -> Campaign:
    """As many persons as cases, put into the register."""
    flock = Flock(f"{SEED}/http")
    size = -(-CASES // HOUSEHOLD)
    campaign = Campaign(
        Random(SEED), [flock.resident_household(HOUSEHOLD, kommune=KOMMUNE, born=BORN) for _ in range(size)]
    )
    for household in campaign.households:
        documents = b"[" + b",".join(encode_person(bird.record) for bird in household) + b"]"
        httpx.post(f"{simulator}/_control/persons", content=documents).raise_for_status()
    return campaign


def test_no_canary_gets_out_but_on_pages_and_in_workbooks_of_roles_that_open_it(
    web: str, campaign: Campaign, running: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    roles, heads = RandomRoles(campaign.random), list[str]()
    with Wiretap(running) as tap:
        for number in range(0, len(campaign.birds), CASES_PER_ROLE):
            heads += looked_up(campaign, roles.holder(), web, campaign.birds[number : number + CASES_PER_ROLE])
        heads += listed(campaign, roles, web)
    elsewhere = {
        "logs": campaign.found_in(places.logs(running)),
        "tables": campaign.found_in(places.tables(running)),
        "queue and cache": campaign.found_in(tap.texts()),
        "files": campaign.found_in(places.files(running)),
        "addresses and heads": campaign.found_in(heads),
    }
    with capsys.disabled():
        tell(f"leaks over HTTP (seed {SEED})", sum(campaign.leaks.values()), len(campaign.birds))
        for place, found in elsewhere.items():
            tell(f"canaries in {place}", found, len(campaign.known))
    assert not campaign.leaks, campaign.leaks.most_common(10)
    assert not any(elsewhere.values()), elsewhere
    assert campaign.shown.keys() == {Door.ONE, Door.SEARCH, Door.MANY}
    assert min(campaign.shown.values()) > 0
    assert campaign.printed == PRINTED


def looked_up(campaign: Campaign, holder: Holder, web: str, birds: list[Bird]) -> list[str]:
    """Each looked up by number, and by name where there is one, in one role. Returns addresses and heads."""
    visitor = Visitor(holder, web)
    for bird in birds:
        reason = campaign.random.choice(("", REASON)) if holder.role.confidential_addresses else ""
        question = Question(Door.ONE, holder.elements, holder.may_open_addresses(reason))
        campaign.judge(question, visitor.look_up(bird.number, reason), bird, household_of(campaign, bird))
        if campaign.printed < PRINTED:
            campaign.printed += 1
            campaign.judge(question, visitor.printed(), bird, household_of(campaign, bird))
        name, born = current(bird.record.navn), current(bird.record.foedsel)
        if name and born and born[0].foedselsdato:
            page = visitor.search(str(name[0].etternavn), f"{born[0].foedselsdato:%d.%m.%Y}")
            campaign.judge(Question(Door.SEARCH, holder.elements), page, bird, [bird])
    visitor.close()
    return visitor.heads


def listed(campaign: Campaign, roles: RandomRoles, web: str) -> list[str]:
    """A few lists over everybody, row by row. Returns addresses and heads."""
    heads: list[str] = []
    for _ in range(LISTS):
        holder, visitor, elements, order = ordered(campaign, roles, web, heads)
        campaign.orders.append(order.strip("/").rpartition("/")[2])
        for row in visitor.rows(order):
            if canaries := campaign.seen(row):
                bird = whose(canaries, campaign.birds)
                question, household = listing(holder, elements, household_of(campaign, bird))
                campaign.judge(question, row, bird, household)
        visitor.close()
        heads += visitor.heads
    return heads


def ordered(
    campaign: Campaign, roles: RandomRoles, web: str, heads: list[str]
) -> tuple[Holder, Visitor, list[str], str]:
    """Of a role that may place this order: who it is, their browser, what was ordered, and its page.

    heads: gets what was said to those whom the form refused, since their role lacks what selects.
    """
    while True:
        holder = next(holder for holder in iter(roles.holder, None) if listable(holder.elements))
        visitor = Visitor(holder, web)
        offered = listable(holder.elements)
        elements = [key for key in offered if campaign.random.random() < 0.7] or [*offered[:1]]
        try:
            return holder, visitor, elements, visitor.order(elements, kommune=KOMMUNE, born=BORN)
        except httpx.HTTPStatusError as refused:
            if refused.response.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                raise
            visitor.close()
            heads += visitor.heads


def listing(holder: Holder, elements: list[str], household: list[Bird]) -> tuple[Question, list[Bird]]:
    """What is asked, and whom the register's extract names."""
    sees_graded = holder.access(Use.CITIZEN_LIST).package is RightsPackage.WITH_LEGAL_BASIS
    question = Question(Door.MANY, holder.elements & set(elements), sees_graded=sees_graded)
    return question, [bird for bird in household if is_named(bird, sees_graded=sees_graded)]


def is_named(bird: Bird, *, sees_graded: bool) -> bool:
    """By year of birth and first address, where both are known; without a legal basis, by no graded address."""
    home = bird.record.bostedsadresse[0]
    known = home.vegadresse is not None and bool(current(bird.record.foedsel))
    return known and (sees_graded or home.adressegradering == "ugradert")


def household_of(campaign: Campaign, bird: Bird) -> list[Bird]:
    return next(household for household in campaign.households if bird in household)
