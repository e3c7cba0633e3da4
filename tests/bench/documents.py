"""Reading the documents of a thousand persons, against json.loads of the same bytes. Processor time of one core."""

import gc
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import httpx

from integrations.folkeregisteret.documents import decode_person
from integrations.folkeregisteret.elements import RightsPackage
from tests.bench.population import documents
from tests.integrations.folkeregisteret.register import Register, client_of
from tests.reporting import report

PERSONS: Final = 1000
ROUNDS: Final = 25
BAR: Final = 0.5

Read = Callable[[bytes], object]


def run() -> None:
    """Reports what decoding costs with every part and its history; and, without a bar, all that the client does to a
    list: whose documents they are, and one in a hundred looked at for what the register has added.
    """
    written = documents(PERSONS)
    size = sum(map(len, written)) / len(written)
    spent = fastest(written, json.loads, decode_person)
    _report(f"{PERSONS} persons decoded, {size:.0f} bytes each", spent, bar=BAR)
    bulk = b'{"oppslag":[%b]}' % b",".join(
        b'{"foedselsEllerDNummer":"%b","folkeregisterperson":%b}' % (_number(each), each) for each in written
    )
    numbers = [_number(each).decode() for each in written]
    client = client_of(Register(httpx.Response(200, content=bulk, headers={"Content-Type": "application/json"})))
    asked = partial(client.bulk, RightsPackage.WITH_LEGAL_BASIS, numbers, {"navn"})
    _report(f"{PERSONS} persons asked for in one call", fastest([bulk], json.loads, lambda _: asked()))


def _number(document: bytes) -> bytes:
    number: str = json.loads(document)["identifikasjonsnummer"][0]["foedselsEllerDNummer"]
    return number.encode()


def _report(metric: str, spent: tuple[float, ...], *, bar: float | None = None) -> None:
    floor, value = spent
    report(
        "bench",
        "documents",
        metric,
        value=value * 1000,
        unit="ms",
        floor=floor * 1000,
        ratio=value / floor,
        bar=bar,
        n=ROUNDS,
        ok=bar is None or value <= bar * floor,
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
