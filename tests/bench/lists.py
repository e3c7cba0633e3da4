"""A list of 20,000 persons, against only fetching and decoding the same batches one after another."""

import itertools
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import psutil

from fiksreg.embedded import Child
from tests.bench.house import House
from tests.reporting import report
from tests.waiting import until

if TYPE_CHECKING:
    from citizenlists.content.criteria import ListCriteria
    from integrations.folkeregisteret.client import FolkeregisterClient
    from roles.access import Access
    from roles.models import Employee

ACCOUNT, ROLE = "Saksbehandler barnehage", "Skoleinnskriving"
KOMMUNE = "1870"
ELEMENTS = ("identifikasjonsnummer", "navn", "foedsel", "bostedsadresse", "bostedsadresse.kretser", "postadresse")
REGISTER_MS = 150
SLOW_REGISTER_MS, SHARED_BAR = 500, 1.6
WALL_BAR, MEMORY_BAR = 1.5, 250.0
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def run(house: House) -> None:
    """Reports the wall time from claim to published, and the worker's peak memory."""
    house.delay(REGISTER_MS, "bulk")
    order = _order()
    clock = house.start("clock")
    worker = house.start("worker")
    wall = _from_claim_to_published(order)
    peak = _peak_megabytes(worker)
    for child in (worker, clock):
        child.stop()
    _two_workers(house)
    house.delay(REGISTER_MS, "bulk")
    persons, floor = _fetched_and_decoded(order)
    report(
        "bench",
        "list",
        "wall from claim to published",
        value=wall,
        unit="s",
        floor=floor,
        ratio=wall / floor,
        bar=WALL_BAR,
        n=persons,
        ok=wall <= WALL_BAR * floor,
    )
    report("bench", "list", "worker's peak memory", value=peak, unit="MB", bar=MEMORY_BAR, n=1, ok=peak <= MEMORY_BAR)


def _two_workers(house: House) -> None:
    """Reports how much sooner two workers of one process each finish a list than one, with a slow register."""
    house.delay(SLOW_REGISTER_MS, "bulk")
    walls = []
    for workers in (1, 2):
        order = _order()
        children = [house.start("clock"), *(house.start("worker", {"2": "1"}) for _ in range(workers))]
        walls.append(_from_claim_to_published(order))
        for child in children:
            child.stop()
    alone, shared = walls
    report(
        "bench",
        "list",
        "two workers on one list",
        value=shared,
        unit="s",
        floor=alone,
        ratio=alone / shared,
        bar=SHARED_BAR,
        n=1,
        ok=alone / shared >= SHARED_BAR,
    )


def _order() -> UUID:
    from citizenlists.orders.lifecycle import Request, place_order

    employee, access = _orderer()
    request = Request(template="fritt-utvalg", criteria=_criteria(), elements=ELEMENTS, purpose="måling")
    return place_order(access=access.for_purpose("måling"), by=employee, request=request).pk


def _orderer() -> "tuple[Employee, Access]":
    from roles.access import access_for
    from roles.models import Employee, Role, Use

    employee = Employee.objects.get(display_name=ACCOUNT)
    role = Role.objects.get(name=ROLE)
    return employee, access_for(employee, role.id, Use.CITIZEN_LIST)


def _criteria() -> "ListCriteria":
    from django.utils import timezone

    from citizenlists.content.criteria import ListCriteria

    return ListCriteria(kommune=KOMMUNE, born_from=1900, born_to=timezone.localdate().year)


def _from_claim_to_published(order: UUID) -> float:
    from citizenlists.models import CitizenList, State

    rows = CitizenList.objects.filter(pk=order)
    until(lambda: rows.get().state != State.ORDERED, seconds=60)
    claimed = time.perf_counter()
    until(lambda: rows.get().state != State.BUILDING, seconds=300)
    if rows.get().state != State.READY:
        raise AssertionError(f"the list ended as {rows.get().state}: {rows.get().failure}")
    return time.perf_counter() - claimed


def _peak_megabytes(worker: Child) -> float:
    """Of the worker's busiest process."""
    processes = psutil.Process(worker.pid).children(recursive=True)
    peaks = (_PEAK.search(Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")) for process in processes)
    return max(int(peak.group(1)) for peak in peaks if peak) / 1024


def _fetched_and_decoded(order: UUID) -> tuple[int, float]:
    """How many persons, and the seconds it takes to fetch and decode them and do nothing with them."""
    from citizenlists.building.partwork import read
    from citizenlists.orders.rights import access_to_build
    from integrations.folkeregisteret.elements import parts_for
    from roles.disclosure.clients import client

    access = access_to_build(read(order))
    register = client(access.organisation_number)
    begun = time.perf_counter()
    job, numbers = register.order_extract(access.package, _criteria().extract()), []
    batches = itertools.takewhile(bool, (_batch(register, access, job, number) for number in itertools.count()))
    numbers = list(itertools.chain.from_iterable(batches))
    for start in range(0, len(numbers), 1000):
        register.bulk(access.package, numbers[start : start + 1000], parts_for(access.elements))
    return len(numbers), time.perf_counter() - begun


def _batch(client: "FolkeregisterClient", access: "Access", job: str, number: int) -> list[str]:
    while (batch := client.extract_batch(access.package, job, number)) is None:
        time.sleep(0.1)
    return batch
