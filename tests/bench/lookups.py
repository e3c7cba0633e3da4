"""Looking one person up, against a bare Django view that asks the same and renders the same template.

Ours and the bare view take turns in the same minutes, so that both meet the same machine; and beside the clock stands
the processor's time, which another's work on the machine does not bend.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final, NamedTuple, TypeVar

import httpx

from tests.bench.house import House
from tests.bench.load import Act, Latencies, Throughput, open_load, saturate
from tests.bench.processortime import processor_seconds
from tests.bench.visitors import BareVisitor, Visitor
from tests.reporting import report
from tests.waiting import until

R = TypeVar("R")

REGISTER_MS: Final = 50
PER_SECOND: Final = 25
#: Of the open load: more than are ever under way at once. And of saturation: enough to keep both processors busy, and
#: no more than web works on at once (fiksreg/entrance/limits.py), so that nobody is told to come again.
VISITORS, SATURATING = 50, 24
SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "12"))
_ROUNDS: Final = 3
#: Of processor time: lookups one after another, so many in each of so many turns.
_TURNS, _IN_A_TURN = 8, 25
_WARM_SECONDS: Final = 8.0
#: Against the bare view: web's processor time with htmx and without it, and throughput.
_PROCESSOR_BARS: Final = {"one request": 2.2, "without JavaScript": 3.2}
_THROUGHPUT_BARS: Final = {"one request": 0.5, "without JavaScript": 0.35}
_LATENCY_BARS: Final = {50: 25.0, 95: 60.0}


class Spent(NamedTuple):
    """Milliseconds of processor time for one lookup, of web and of the database."""

    web: float
    database: float


@dataclass(frozen=True, slots=True)
class Side:
    """Visitors of one kind, and the process that answers them."""

    name: str
    acts: Sequence[Act]
    web: int


@dataclass(frozen=True, slots=True)
class Role:
    """Whose lookups are measured. relations: the page shows the family, by name and with where they live."""

    name: str
    account: str
    relations: bool = False


ROLES: Final = (
    Role("lookup", "Saksbehandler helse"),
    Role("relations", "Saksbehandler barnehage", relations=True),
)


def run(house: House) -> None:
    """Reports processor time, throughput and latencies, for a role without relations and for one with them."""
    for role in ROLES:
        with _sides(house, role) as sides:
            house.delay(0, "person", "bulk")
            _warm(sides)
            _processor_time(house, role, sides)
            house.delay(REGISTER_MS, "person", "bulk")
            _saturated(role, sides)
            _under_open_load(role, sides)


@contextmanager
def _sides(house: House, role: Role) -> Iterator[tuple[Side, ...]]:
    """Ours with htmx, ours without JavaScript, and the bare view last."""
    number = _number(house)
    bare, address = house.start_bare(**_as_the_role_asks(role))
    try:
        until(BareVisitor(address, number).look_up, seconds=30)
        ours = [
            [Visitor(house.web, role.account, number, by_htmx=by_htmx) for _ in range(VISITORS)]
            for by_htmx in (True, False)
        ]
        yield (
            Side("one request", [visitor.look_up for visitor in ours[0]], house.web_process.pid),
            Side("without JavaScript", [visitor.look_up for visitor in ours[1]], house.web_process.pid),
            Side("bare", [BareVisitor(address, number).look_up for _ in range(VISITORS)], bare.pid),
        )
    finally:
        bare.stop()


def _number(house: House) -> str:
    persons = httpx.get(f"{house.simulator}/testpersoner.json", timeout=10).json()
    return next(str(person["number"]) for person in persons if person["case"] == "vanlig-familie")


def _as_the_role_asks(role: Role) -> dict[str, str]:
    from roles.access import access_for
    from roles.disclosure.clients import parts_needed
    from roles.disclosure.family import family_parts
    from roles.models import Employee, Use

    access = access_for(Employee.objects.get(display_name=role.account), None, Use.SEARCH)
    return {
        "BENCH_ELEMENTS": ",".join(sorted(access.elements)),
        "BENCH_PARTS": ",".join(sorted(parts_needed(access, access.elements))),
        "BENCH_PACKAGE": access.package.value,
        "BENCH_FAMILY_PARTS": ",".join(sorted(family_parts(access))) if role.relations else "",
    }


def _warm(sides: Sequence[Side]) -> None:
    """Until every thread of each has its connections, and those to the database have planned what they are asked."""
    for side in sides:
        saturate(side.acts[:SATURATING], seconds=_WARM_SECONDS)


def _in_turns(sides: Sequence[Side], measure: Callable[[Side], R], rounds: int) -> list[list[R]]:
    """What was measured of each side, round by round."""
    turns = [[measure(side) for side in sides] for _ in range(rounds)]
    return [list(of_a_side) for of_a_side in zip(*turns, strict=True)]


def _processor_time(house: House, role: Role, sides: Sequence[Side]) -> None:
    measured = _in_turns(sides, partial(_spent, house), _TURNS)
    spent = [Spent(*map(median, zip(*turns, strict=True))) for turns in measured]
    for side, value in zip(sides[:-1], spent, strict=False):
        floor, bar = spent[-1].web, _PROCESSOR_BARS[side.name]
        n, held = _TURNS * _IN_A_TURN, value.web <= bar * floor
        _against(role, f"web's processor time, {side.name}", (value.web, floor), unit="ms", bar=bar, ok=held, n=n)
        name = f"PostgreSQL's processor time, {side.name}"
        report("bench", role.name, name, value=value.database, unit="ms", n=n, ok=True)


def _spent(house: House, side: Side) -> Spent:
    """For one lookup. Raises AssertionError where one failed: what was not done costs nothing."""
    before = processor_seconds(side.web), processor_seconds(house.postgres.pid)
    act = side.acts[0]
    for _ in range(_IN_A_TURN):
        if not act():
            raise AssertionError(f"a lookup failed: {side.name}")
    after = processor_seconds(side.web), processor_seconds(house.postgres.pid)
    return Spent(*((now - then) * 1000 / _IN_A_TURN for then, now in zip(before, after, strict=True)))


def _saturated(role: Role, sides: Sequence[Side]) -> None:
    seconds = SECONDS / _ROUNDS
    measured = _in_turns(sides, lambda side: saturate(side.acts[:SATURATING], seconds=seconds), _ROUNDS)
    *ours, bare = (sum(turns, Throughput()) for turns in measured)
    for side, value in zip(sides, ours, strict=False):
        bar = _THROUGHPUT_BARS[side.name]
        held = value.per_second >= bar * bare.per_second and not value.failed and not bare.failed
        name = f"throughput at {SATURATING} connections, {side.name}"
        figures = value.per_second, bare.per_second
        _against(role, name, figures, unit="lookups/s", bar=bar, ok=held, n=value.done)


def _under_open_load(role: Role, sides: Sequence[Side]) -> None:
    ours, bare = (sum(turns, Latencies()) for turns in _in_turns((sides[0], sides[-1]), _opened, _ROUNDS))
    for share, bar in _LATENCY_BARS.items():
        floor, value = bare.percentile(share), ours.percentile(share)
        report(
            "bench",
            role.name,
            f"p{share} at {PER_SECOND}/s above a bare view",
            value=value - floor,
            unit="ms",
            floor=floor,
            ratio=value / floor,
            bar=bar,
            n=len(ours.milliseconds),
            ok=value - floor <= bar and not ours.failed and not bare.failed,
        )


def _opened(side: Side) -> Latencies:
    return open_load(side.acts, per_second=PER_SECOND, seconds=SECONDS / _ROUNDS)


def _against(role: Role, name: str, figures: tuple[float, float], *, unit: str, bar: float, ok: bool, n: int) -> None:
    """Ours beside the bare view's."""
    value, floor = figures
    report("bench", role.name, name, value=value, unit=unit, floor=floor, ratio=value / floor, bar=bar, n=n, ok=ok)
