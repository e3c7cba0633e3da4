"""Finds and ends processes that an earlier launcher left behind, by a mark of theirs and never by a pid file.

The process id in a file may belong to another process by now. A server's command line and title hold the name that we
gave it, and can be read across users. For a process of our own user the environment can be read too.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PATIENCE = 10.0


def by_title(name: str) -> list[int]:
    """The ids of processes with `name` in their command line or title."""
    return _processes(lambda folder: name.encode() in (folder / "cmdline").read_bytes())


def by_environment(variable: str, value: str) -> list[int]:
    """The ids of processes of our own user that have exactly this environment variable."""
    wanted = f"{variable}={value}".encode()
    return _processes(lambda folder: wanted in (folder / "environ").read_bytes().split(b"\0"))


def end(find: Callable[[], list[int]]) -> None:
    """Kills the processes that `find` returns until it returns none. Raises TimeoutError after ten seconds."""
    deadline = time.monotonic() + _PATIENCE
    while found := find():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Left behind and not to be ended: {found}")
        for pid in found:
            _kill(pid)
        time.sleep(0.02)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _processes(matches: Callable[[Path], bool]) -> list[int]:
    return [int(folder.name) for folder in _folders() if _holds(matches, folder)]


def _folders() -> Iterator[Path]:
    own = str(os.getpid())
    return (folder for folder in Path("/proc").iterdir() if folder.name.isdigit() and folder.name != own)


def _holds(matches: Callable[[Path], bool], folder: Path) -> bool:
    try:
        return matches(folder)
    except OSError:  # ended meanwhile, or somebody else's
        return False
