"""Orders for the benchmark of lists: placed as an employee places them, and followed until they are ready."""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import psutil

from fiksreg.embedded import Child
from tests import processes
from tests.bench.house import House
from tests.waiting import until

if TYPE_CHECKING:
    from citizenlists.content.criteria import ListCriteria
    from citizenlists.models import CitizenList
    from roles.access import Access
    from roles.models import Employee

ACCOUNT, ROLE, KOMMUNE = "Saksbehandler barnehage", "Skoleinnskriving", "1870"
#: Twelve columns.
ELEMENTS: Final = ("identifikasjonsnummer", "navn", "foedsel", "bostedsadresse", "bostedsadresse.kretser")
FIRST_YEAR: Final = 1900
LONGEST: Final = 1_500.0
_PEAK: Final = re.compile(r"VmHWM:\s+(\d+) kB")


def place(*, born_from: int = FIRST_YEAR, born_to: int | None = None) -> UUID:
    """An order of everybody in the kommune born in these years, until this year."""
    from citizenlists.orders.placing import Request, place_order

    employee, access = orderer()
    criteria = criteria_of(born_from, born_to)
    request = Request(template="fritt-utvalg", criteria=criteria, elements=ELEMENTS, purpose="måling")
    return place_order(access=access.for_purpose("måling"), by=employee, request=request).pk


def orderer() -> "tuple[Employee, Access]":
    """Who orders, and their access."""
    from roles.access import access_for
    from roles.models import Employee, Role, Use

    employee = Employee.objects.get(display_name=ACCOUNT)
    role = Role.objects.get(name=ROLE)
    return employee, access_for(employee, role.id, Use.CITIZEN_LIST)


def criteria_of(born_from: int = FIRST_YEAR, born_to: int | None = None) -> "ListCriteria":
    """The criteria of place()."""
    from django.utils import timezone

    from citizenlists.content.criteria import ListCriteria

    return ListCriteria(kommune=KOMMUNE, born_from=born_from, born_to=born_to or timezone.localdate().year)


def read(order: UUID) -> "CitizenList":
    """The order as it stands."""
    from citizenlists.building.partwork import read

    return read(order)


def until_ready(order: UUID) -> float:
    """Seconds from the claim until the file is published. Raises AssertionError when the list ends otherwise."""
    from citizenlists.models import State

    until(lambda: read(order).state != State.ORDERED, seconds=60)
    claimed = time.perf_counter()
    until(lambda: read(order).state != State.BUILDING, seconds=LONGEST)
    if read(order).state != State.READY:
        raise AssertionError(f"the list ended as {read(order).state}: {read(order).failure}")
    return time.perf_counter() - claimed


@contextmanager
def at_work(house: House, *, workers: int = 1, slots: int = 2) -> Iterator[list[Child]]:
    """The clock and so many workers, each with so many processes. Gives the workers."""
    running = [house.start("clock")]
    running += [processes.start(house.running, "worker", {"2": str(slots)}) for _ in range(workers)]
    try:
        yield running[1:]
    finally:
        for child in reversed(running):
            child.stop()


def peak_megabytes(workers: Iterable[Child]) -> float:
    """The most memory that any process of these workers has had."""
    children = [child for worker in workers for child in psutil.Process(worker.pid).children(recursive=True)]
    peaks = (_PEAK.search(Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")) for child in children)
    return max(int(peak.group(1)) for peak in peaks if peak) / 1024


def last_year_of(persons: int) -> int:
    """The birth year until which the kommune has at least so many residents."""
    from django.utils import timezone

    from roles.disclosure.clients import client

    _employee, access = orderer()
    register = client(access.organisation_number)
    for year in range(FIRST_YEAR, timezone.localdate().year):
        job = register.order_extract(access.package, criteria_of(born_to=year).extract())
        until(lambda job=job: register.extract_batch(access.package, job, 0) is not None, seconds=60)
        if len(register.extract_batch(access.package, job, 0) or ()) >= persons:
            return year
    raise LookupError("the kommune has too few residents")
