"""The quotas of the register: calls in a minute from one address, and jobs of one organisation."""

import httpx
import pytest

from integrations.simulator.doors.quota import Quota
from integrations.simulator.maskinporten.registry import Delegation
from integrations.simulator.problems import Problem
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, ORGANISATION, WITH, WITHOUT, Door, grant, registered, scope_of
from tests.integrations.simulator.fiksdoor import KOMMUNE, set_up


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def scarce(key_pair: tuple[str, str]) -> Door:
    """A register with three calls a minute, and one job at a time."""
    delegation = Delegation(KOMMUNE, ORGANISATION)
    client = registered(key_pair[1])
    settings = Settings(size=20, requests_a_minute=3, extract_jobs=1, clients=(client,), delegations=(delegation,))
    http = httpx.Client(transport=httpx.WSGITransport(app=Simulator(settings)), base_url=ADDRESS)
    return Door(http, key_pair[0])


@pytest.fixture(autouse=True)
def _a_new_minute(scarce: Door) -> None:
    scarce.http.delete("/_control/quota").raise_for_status()


def wait_of(quota: Quota, address: str) -> int | None:
    try:
        quota.take(address)
    except Problem as problem:
        return int(dict(problem.answer.headers)["Retry-After"])
    return None


def test_a_minute_holds_so_many_calls_and_then_says_how_long_to_wait() -> None:
    clock = Clock()
    quota = Quota(2, clock)
    assert [wait_of(quota, "a"), wait_of(quota, "a")] == [None, None]
    clock.now += 59.5
    assert wait_of(quota, "a") == 501
    clock.now += 0.5
    assert wait_of(quota, "a") is None


def test_each_address_has_a_quota_of_its_own() -> None:
    quota = Quota(1, Clock())
    assert [wait_of(quota, address) is None for address in ("a", "b", "a")] == [True, True, False]


def test_the_doors_share_one_quota(scarce: Door) -> None:
    fiks = set_up(scarce)
    path = "/hendelser/siste/sekvensnummer"
    answers = [scarce.get(path), scarce.get(path, package=WITHOUT), fiks.get(path), fiks.get(path), scarce.get(path)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60_001
    assert answers[-1].json()["kode"]


def test_tokens_are_not_counted(scarce: Door) -> None:
    assert all(scarce.token() for _ in range(4))


def test_jobs_are_counted_for_each_organisation(scarce: Door) -> None:
    order = {"personstatustyper": ["bosatt"]}
    assertion = grant(scarce.private_key, scope=scope_of(WITH), consumer_org=KOMMUNE)
    token = scarce.ask_token(assertion).raise_for_status().json()["access_token"]
    neighbour = {"Authorization": f"Bearer {token}"}
    answers = [scarce.post("/uttrekk/tilpasset", order, headers=headers) for headers in ({}, {}, neighbour)]
    assert [answer.status_code for answer in answers] == [200, 429, 200]
