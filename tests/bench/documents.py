"""Reading the documents of a thousand persons, against json.loads of the same bytes. Processor time of one core."""

import gc
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from integrations.folkeregisteret.documents import decode_person
from tests.bench.population import documents
from tests.reporting import report

PERSONS: Final = 1000
ROUNDS: Final = 25
BAR: Final = 0.5

Read = Callable[[bytes], object]


def run() -> None:
    """Reports what decoding costs with every part and its history."""
    written = documents(PERSONS)
    size = sum(map(len, written)) / len(written)
    floor, value = fastest(written, json.loads, decode_person)
    report(
        "bench",
        "documents",
        f"{PERSONS} persons decoded, {size:.0f} bytes each",
        value=value * 1000,
        unit="ms",
        floor=floor * 1000,
        ratio=value / floor,
        bar=BAR,
        n=ROUNDS,
        ok=value <= BAR * floor,
    )


def fastest(written: list[bytes], *reads: Read) -> tuple[float, ...]:
    """Seconds that each way of reading takes at best, in turn with the others so that all meet the same machine."""
    with _no_collection():
        rounds = [[_spent(read, written) for read in reads] for _ in range(ROUNDS)]
    return tuple(min(times) for times in zip(*rounds, strict=True))


def _spent(read: Read, written: list[bytes]) -> float:
    started = time.process_time()
    kept = [read(each) for each in written]
    spent = time.process_time() - started
    return spent if kept else 0.0


@contextmanager
def _no_collection() -> Iterator[None]:
    """Neither side is charged for sweeping up after the other."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
