"""Load from threads of this process, over keep-alive connections."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds of the acts that were answered as they should be, and how many were not."""

    milliseconds: tuple[float, ...]
    failed: int

    def percentile(self, share: int) -> float:
        return quantiles(self.milliseconds, n=100)[share - 1]


Act = Callable[[], bool]


def open_load(acts: Iterator[Act], *, per_second: float, seconds: float) -> Latencies:
    """Begins an act at its appointed time whether or not earlier ones have ended: a slow answer hides nothing.

    Each latency counts from the appointed time.
    """
    total = int(per_second * seconds)
    begin = time.perf_counter() + 0.2
    with ThreadPoolExecutor(max_workers=64) as pool:
        appointed = [begin + index / per_second for index in range(total)]
        running = [pool.submit(_at, when, next(acts)) for when in appointed]
        ended = [future.result() for future in running]
    return _latencies(ended)


def _at(when: float, act: Act) -> tuple[bool, float]:
    time.sleep(max(0.0, when - time.perf_counter()))
    ok = act()
    return ok, (time.perf_counter() - when) * 1000


def _latencies(ended: list[tuple[bool, float]]) -> Latencies:
    return Latencies(
        milliseconds=tuple(spent for ok, spent in ended if ok),
        failed=sum(not ok for ok, _spent in ended),
    )


def saturate(acts: Iterator[Act], *, connections: int, seconds: float) -> tuple[float, int]:
    """Acts per second with so many at work all the time, and how many failed."""
    until = time.perf_counter() + seconds
    counts: list[tuple[int, int]] = []
    workers = [threading.Thread(target=_until, args=(until, next(acts), counts)) for _ in range(connections)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(done for done, _failed in counts) / seconds, sum(failed for _done, failed in counts)


def _until(until: float, act: Act, counts: list[tuple[int, int]]) -> None:
    done = failed = 0
    while time.perf_counter() < until:
        ok = act()
        done, failed = done + ok, failed + (not ok)
    counts.append((done, failed))
