"""Load from threads of this process, over keep-alive connections: never two acts at once on one of them."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds of the acts that were answered as they should be, and how many were not."""

    milliseconds: tuple[float, ...] = ()
    failed: int = 0

    def percentile(self, share: int) -> float:
        return quantiles(self.milliseconds, n=100)[share - 1]

    def __add__(self, other: "Latencies") -> "Latencies":
        return Latencies(self.milliseconds + other.milliseconds, self.failed + other.failed)


@dataclass(frozen=True, slots=True)
class Throughput:
    """Acts that were answered as they should be, in so many seconds, and how many were not."""

    done: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return self.done / self.seconds

    def __add__(self, other: "Throughput") -> "Throughput":
        return Throughput(self.done + other.done, self.failed + other.failed, self.seconds + other.seconds)


#: One act on one connection; whether it was answered as it should be.
Act = Callable[[], bool]


def open_load(acts: Iterable[Act], *, per_second: float, seconds: float) -> Latencies:
    """Begins an act at its appointed time whether or not earlier ones have ended: a slow answer hides nothing.

    Each latency counts from the appointed time, also where every connection is busy then and one must be waited for.
    """
    free: SimpleQueue[Act] = SimpleQueue()
    for act in acts:
        free.put(act)
    begin = time.perf_counter() + 0.2
    with ThreadPoolExecutor(max_workers=64) as pool:
        appointed = [begin + index / per_second for index in range(int(per_second * seconds))]
        running = [pool.submit(_at, when, free) for when in appointed]
        ended = [future.result() for future in running]
    return Latencies(milliseconds=tuple(spent for ok, spent in ended if ok), failed=sum(not ok for ok, _spent in ended))


def _at(when: float, free: "SimpleQueue[Act]") -> tuple[bool, float]:
    time.sleep(max(0.0, when - time.perf_counter()))
    act = free.get()
    try:
        ok = act()
        return ok, (time.perf_counter() - when) * 1000
    finally:
        free.put(act)


def saturate(acts: Sequence[Act], *, seconds: float) -> Throughput:
    """Every one of them again and again, all at the same time."""
    until = time.perf_counter() + seconds
    counts: list[Throughput] = []
    workers = [threading.Thread(target=_until, args=(until, act, counts)) for act in acts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Throughput(sum(each.done for each in counts), sum(each.failed for each in counts), seconds)


def _until(until: float, act: Act, counts: list[Throughput]) -> None:
    done = failed = 0
    while time.perf_counter() < until:
        ok = act()
        done, failed = done + ok, failed + (not ok)
    counts.append(Throughput(done, failed))
