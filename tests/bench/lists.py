"""Lists from claim to published, against only fetching and decoding the same persons; and what they cost beside others.

BENCH_PERSONS is for a smaller machine: the size of the middle list. The large one is seven times that.
"""

import os
import time
from typing import Final
from uuid import UUID

from tests.bench.house import House
from tests.bench.listfloors import by_script, fetched_and_decoded
from tests.bench.listorders import LONGEST, at_work, last_year_of, peak_megabytes, place, read, until_ready
from tests.reporting import report
from tests.waiting import until

PERSONS: Final = int(os.environ.get("BENCH_PERSONS", "100000"))
#: Of a kommune's persons so many are residents whom an extract names.
_RESIDENTS: Final = 0.93
MIDDLE, LARGE = int(PERSONS / _RESIDENTS), int(PERSONS * 7 / _RESIDENTS)
REGISTER_MS, SLOW_MS, SLOTS = 150, 500, 2
WALL_BAR, MEMORY_BAR, GROWTH_BAR, SCRIPT_BAR, WORKERS_BAR, SMALL_BAR = 1.25, 250.0, 1.15, 5.0, 1.6, 15.0
_SMALL: Final = 200
#: About a tenth of a kommune.
_TEN_YEARS: Final = (1980, 1989)


def run(site: House) -> None:
    """Reports the figures of the middle list."""
    small = _peak_of_a_tenth(site)
    order = _against_only_fetching(site, small)
    _against_a_script(site, order)
    _two_workers(site)


def run_large(site: House) -> None:
    """Reports the figures of the large list, and of a small one beside it."""
    site.delay(REGISTER_MS, "bulk")
    year = last_year_of(_SMALL)
    with at_work(site, slots=SLOTS) as workers:
        large = place()
        until(lambda: read(large).persons_done > 0, seconds=300)
        begun = time.perf_counter()
        small = place(born_to=year)
        until_ready(small)
        waited = time.perf_counter() - begun
        until(lambda: read(large).state != "building", seconds=LONGEST)
        peak = peak_megabytes(workers)
    is_ready, rows = read(large).state == "ready", read(large).rows
    name = "a small list beside a large one"
    _tell(name, waited, "s", bar=SMALL_BAR, ok=waited <= SMALL_BAR and is_ready, n=read(small).rows)
    _memory("peak of the large list", peak, rows)


def _peak_of_a_tenth(site: House) -> float:
    """The peak of the worker that builds a list of ten birth years."""
    site.delay(REGISTER_MS, "bulk")
    with at_work(site, slots=SLOTS) as workers:
        until_ready(place(born_from=_TEN_YEARS[0], born_to=_TEN_YEARS[1]))
        return peak_megabytes(workers)


def _against_only_fetching(site: House, small: float) -> UUID:
    """Wall time and memory of the middle list. small: the peak of the small one."""
    site.delay(REGISTER_MS, "bulk")
    with at_work(site, slots=SLOTS) as workers:
        order = place()
        wall = until_ready(order)
        peak = peak_megabytes(workers)
    persons, floor = fetched_and_decoded(order, slots=SLOTS)
    _tell("wall from claim to published", wall, "s", floor=floor, bar=WALL_BAR, ok=wall <= WALL_BAR * floor, n=persons)
    _memory("peak of any process", peak, persons)
    held = peak <= GROWTH_BAR * small
    _tell("peak beside a tenth of the persons", peak, "MB", floor=small, bar=GROWTH_BAR, ok=held, n=persons)
    return order


def _against_a_script(site: House, order: UUID) -> None:
    """How much longer the same list takes as somebody would write it in an afternoon, where the register is quick."""
    site.delay(0)
    with at_work(site, slots=SLOTS):
        ours = until_ready(place())
    script = by_script(order)
    held = script >= SCRIPT_BAR * ours
    _tell("a script's wall time", script, "s", floor=ours, bar=SCRIPT_BAR, ok=held, n=read(order).rows)


def _two_workers(site: House) -> None:
    """One worker with one process, and then two of them, where the register takes long."""
    site.delay(SLOW_MS, "bulk")
    spent = []
    for workers in (1, 2):
        with at_work(site, workers=workers, slots=1):
            spent.append(until_ready(place()))
    one, two = spent
    _tell("one worker beside two", one, "s", floor=two, bar=WORKERS_BAR, ok=one >= WORKERS_BAR * two, n=PERSONS)


def _memory(metric: str, peak: float, n: int) -> None:
    _tell(metric, peak, "MB", bar=MEMORY_BAR, ok=peak <= MEMORY_BAR, n=n)


def _tell(metric: str, value: float, unit: str, *, bar: float, ok: bool, n: int, floor: float | None = None) -> None:
    ratio = None if floor is None else value / floor
    report("bench", "list", metric, value=value, unit=unit, floor=floor, ratio=ratio, bar=bar, n=n, ok=ok)
