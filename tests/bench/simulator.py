"""The simulated register, which stands in other benchmarks as a given: what it serves, how soon, in how much memory."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

from integrations.simulator.simulator import Simulator
from tests.bench.population import bulk_request, door_to, settings_for
from tests.reporting import report

KOMMUNE: Final = "0301"
PER_SECOND_BAR: Final = 10_000
CALLS: Final = 15
MOST_IN_BULK: Final = 1000
_STARTED: Final = """
import re, sys, time
from pathlib import Path
begun = time.perf_counter()
from integrations.simulator.app import application
spent = time.perf_counter() - begun
# Not getrusage(): its peak is inherited from the process that started this one.
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)
sys.stdout.write(f"{len(application.register)} {spent} {int(peak) // 1024}")
"""


class Size(NamedTuple):
    """How many persons, and the bars in seconds and megabytes; kept: read from a file that was built once."""

    persons: int
    seconds: float
    megabytes: float
    kept: bool

    def __str__(self) -> str:
        return f"{self.persons:,} persons{' from their file' if self.kept else ''}"


SIZES: Final = (Size(20_000, 3.0, 250.0, kept=False), Size(700_000, 5.0, 400.0, kept=True))


def run() -> None:
    """Reports start, memory and persons a second of both sizes."""
    with tempfile.TemporaryDirectory(prefix="fiksreg-bench-") as folder:
        for size in SIZES:
            file = Path(folder, "population") if size.kept else None
            _started(size, file)
            _served(size, file)


def _started(size: Size, file: Path | None) -> None:
    """The best of three: the first may build the file, and others may be at work on the machine."""
    starts = [_start(size, file) for _ in range(3)]
    persons, seconds, megabytes = min(starts, key=lambda start: start.seconds)
    measured = (("start", seconds, "s", size.seconds), ("peak memory", megabytes, "MB", size.megabytes))
    for what, value, unit, bar in measured:
        held = value <= bar and persons >= size.persons
        report("bench", "simulator", f"{what}, {size}", value=value, unit=unit, bar=bar, n=persons, ok=held)


class Start(NamedTuple):
    persons: int
    seconds: float
    megabytes: int


def _start(size: Size, file: Path | None) -> Start:
    environment = os.environ | {
        "FIKSREG_SIMULATOR_SIZE": str(size.persons),
        "FIKSREG_SIMULATOR_KOMMUNER": KOMMUNE,
        "FIKSREG_SIMULATOR_FILE": str(file or ""),
    }
    command = [sys.executable, "-c", _STARTED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
    persons, seconds, megabytes = done.stdout.split()
    return Start(int(persons), float(seconds), int(megabytes))


def _served(size: Size, file: Path | None) -> None:
    """Every part and its history, each person once: nobody's document has been asked for before."""
    simulator = Simulator(settings_for(size.persons, kommune=KOMMUNE, file=file))
    door = door_to(simulator)
    everyone = simulator.register.numbers()
    requests = [bulk_request(door, list(everyone[start::CALLS][:MOST_IN_BULK])) for start in range(CALLS)]
    began = time.process_time()
    for request in requests:
        door.http.send(request).raise_for_status()
    rate = CALLS * MOST_IN_BULK / (time.process_time() - began)
    report(
        "bench",
        "simulator",
        f"bulk, {size}",
        value=rate,
        unit="persons/s",
        bar=PER_SECOND_BAR,
        n=CALLS * MOST_IN_BULK,
        ok=rate >= PER_SECOND_BAR,
    )
