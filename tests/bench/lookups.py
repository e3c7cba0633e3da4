"""Looking one person up, against a bare Django view that asks the same and renders the same template."""

import itertools
import os
from collections.abc import Iterator
from typing import NamedTuple

import httpx

from tests.bench.house import House
from tests.bench.load import Act, Latencies, open_load, saturate
from tests.bench.visitors import BareVisitor, Visitor
from tests.reporting import report
from tests.waiting import until

ACCOUNT = "Saksbehandler helse"  # a role without relations
REGISTER_MS = 50
PER_SECOND = 25
CONNECTIONS = 50
_WARM_SECONDS = 3.0
SECONDS = float(os.environ.get("BENCH_SECONDS", "12"))


class Sides(NamedTuple):
    """Visitors of the product, and of the bare view."""

    ours: list[Visitor]
    bare: list[BareVisitor]


def run(house: House) -> None:
    """Reports (a) latencies under open load, and (b) throughput at saturation."""
    number = _number(house)
    bare, address = house.start_bare(**_as_the_role_asks())
    visitor = BareVisitor(address, number)
    until(visitor.look_up, seconds=30)
    sides = Sides(
        ours=[Visitor(house.web, ACCOUNT, number) for _ in range(CONNECTIONS)],
        bare=[BareVisitor(address, number) for _ in range(CONNECTIONS)],
    )
    house.delay("person", REGISTER_MS)
    _warm(sides)
    _under_open_load(sides)
    _saturated(sides)
    bare.stop()


def _number(house: House) -> str:
    persons = httpx.get(f"{house.simulator}/testpersoner.json", timeout=10).json()
    return next(str(person["number"]) for person in persons if person["case"] == "vanlig-familie")


def _as_the_role_asks() -> dict[str, str]:
    from roles.access import access_for
    from roles.models import Employee, Use

    access = access_for(Employee.objects.get(display_name=ACCOUNT), None, Use.SEARCH)
    return {"BENCH_ELEMENTS": ",".join(sorted(access.elements)), "BENCH_PACKAGE": access.package.value}


def _warm(sides: Sides) -> None:
    """Until every thread of both has its connections to the database and the register."""
    for side in (sides.ours, sides.bare):
        saturate((visitor.look_up for visitor in side), connections=CONNECTIONS, seconds=_WARM_SECONDS)


def _under_open_load(sides: Sides) -> None:
    bare = _open(visitor.look_up for visitor in sides.bare)
    ours = _open(visitor.look_up for visitor in sides.ours)
    for share, bar in ((50, 25.0), (95, 60.0)):
        floor, value = bare.percentile(share), ours.percentile(share)
        report(
            "bench",
            "lookup",
            f"p{share} at {PER_SECOND}/s above a bare view",
            value=value - floor,
            unit="ms",
            floor=floor,
            ratio=value / floor,
            bar=bar,
            n=len(ours.milliseconds),
            ok=value - floor <= bar and not ours.failed and not bare.failed,
        )


def _open(acts: Iterator[Act]) -> Latencies:
    return open_load(itertools.cycle(list(acts)), per_second=PER_SECOND, seconds=SECONDS)


def _saturated(sides: Sides) -> None:
    floor, bare_failed = saturate((v.look_up for v in sides.bare), connections=CONNECTIONS, seconds=SECONDS)
    value, failed = saturate((v.look_up for v in sides.ours), connections=CONNECTIONS, seconds=SECONDS)
    report(
        "bench",
        "lookup",
        f"throughput at {CONNECTIONS} connections",
        value=value,
        unit="lookups/s",
        floor=floor,
        ratio=value / floor,
        bar=0.4,
        n=int(value * SECONDS),
        ok=value / floor >= 0.4 and not failed and not bare_failed,
    )
