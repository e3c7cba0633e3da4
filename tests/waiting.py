"""Waiting for a condition, which is what tests do instead of sleeping."""

import time
from collections.abc import Callable
from pathlib import Path


def until(holds: Callable[[], object], *, seconds: float = 10.0) -> None:
    """Returns as soon as `holds()` is true. Raises AssertionError naming it when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{holds} did not come true in {seconds} s"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Whether a process with this id runs. Zombies do not count: they hold nothing."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return "State:\tZ" not in status
