"""One person asked for through the client, against plain httpx asking for the same answer and reading its JSON."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import httpx
import redis

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import ELEMENTS, parts_for
from integrations.http.budget import RequestBudget, SharedSlots
from integrations.http.transport import http_client
from tests import services
from tests.bench.population import documents
from tests.integrations.folkeregisteret.making import A_NUMBER
from tests.integrations.folkeregisteret.register import Register, tokens
from tests.integrations.simulator.door import PATHS, WITH
from tests.reporting import report

PARTS: Final = sorted(parts_for(ELEMENTS))
URL: Final = f"{PATHS[WITH]}/personer/{A_NUMBER}"
HEADERS: Final = {"Authorization": "Bearer token-1", "Accept": "application/json"}
BLOCKS: Final = 40
CALLS: Final = 100
BAR: Final = 1.3
UNLIMITED: Final = 60_000_000

Ask = Callable[[], object]
CLOCKS: Final = {"wall time": time.perf_counter, "processor time": time.process_time}


def run() -> None:
    """Reports what a call costs on this machine alone, the answer a person of middling size with every part.

    The client counts its calls in a Valkey as a web process does, but with a quota that lets all of these through.
    """
    answer = sorted(documents(500), key=len)[250]
    running = services.start()
    valkey = redis.Redis.from_url(running.environment["REDIS_URL"])
    budget = RequestBudget(SharedSlots(valkey, "bench", UNLIMITED), per_minute=UNLIMITED)
    try:
        with _answering(answer) as address, httpx.Client(base_url=address) as plain, http_client() as http:
            source = tokens(Register(httpx.Response(200)))
            client = FolkeregisterClient(door=SkatteetatenDoor(address), tokens=source, http=http, budget=budget)
            for name, clock in CLOCKS.items():
                _compared(name, clock, partial(_plainly, plain), partial(client.person, WITH, A_NUMBER, PARTS))
    finally:
        running.stop()


def _plainly(plain: httpx.Client) -> object:
    return plain.get(URL, params={"part": PARTS}, headers=HEADERS).raise_for_status().json()


def _compared(name: str, clock: Callable[[], float], plainly: Ask, through_the_client: Ask) -> None:
    """In turns, so that both meet the same machine."""
    blocks = [(_block(clock, plainly), _block(clock, through_the_client)) for _ in range(BLOCKS)]
    floor, value = (statistics.median(side) * 1000 for side in zip(*blocks, strict=True))
    report(
        "bench",
        "adapter",
        f"one call, {name}",
        value=value,
        unit="ms",
        floor=floor,
        ratio=value / floor,
        bar=BAR,
        n=BLOCKS * CALLS,
        ok=value <= BAR * floor,
    )


def _block(clock: Callable[[], float], ask: Ask) -> float:
    """Seconds for one call."""
    begun = clock()
    for _ in range(CALLS):
        if not ask():
            raise LookupError("the benchmark's person was not in the answer")
    return (clock() - begun) / CALLS


@contextmanager
def _answering(answer: bytes) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.bench.answering"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        if server.stdin is None or server.stdout is None:
            raise OSError("no pipe to the answering process")
        server.stdin.write(answer)
        server.stdin.close()
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.kill()
