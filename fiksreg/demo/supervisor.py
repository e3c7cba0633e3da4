"""Keeps processes running: a process that dies is started again, and stopping the supervisor leaves none."""

import math
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from fiksreg.embedded import Child, ChildFailed
from fiksreg.embedded.tether import tie_to_parent

_FIRST_WAIT, _LONGEST_WAIT, _STEADY = 0.5, 10.0, 30.0
_PATIENCE = 3.0
_LOOK_EVERY = 0.1


class Stopped(BaseException):
    """The program was asked to stop. It is a BaseException, so that no `except Exception` catches it."""


def stop_on_signals(*, with_parent: bool) -> None:
    """From now on Ctrl-C, SIGTERM and a closed terminal raise Stopped in the main thread.

    with_parent: the end of the parent process raises it too. Otherwise a killed `make` would leave everything running.
    """
    if with_parent:
        tie_to_parent(signal.SIGTERM)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    ignore_signals()
    raise Stopped


def ignore_signals() -> None:
    """Ignores signals while stopping, which takes seconds: a second Ctrl-C would leave processes behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


class Supervised:
    """One process to keep running. run/<name>.pid holds its id while it runs."""

    def __init__(
        self, name: str, start: Callable[[], Child], *, restart: Callable[[], Child] | None, run: Path
    ) -> None:
        self.name = name
        self.child = start()
        self._start = restart or start
        self._pid_file = run / f"{name}.pid"
        self._wait = _FIRST_WAIT
        self._since = time.monotonic()
        self._down_until: float | None = None
        self.falls = 0
        self._note()

    def look_after(self, now: float) -> str:
        """Starts the process again if it has ended and the pause is over. Returns a line about that, or ""."""
        if self._down_until is None and not self.child.is_running():
            return self._went_down(now)
        if self._down_until is not None and now >= self._down_until:
            return self._start_again(now)
        return ""

    def forget(self) -> None:
        self._pid_file.unlink(missing_ok=True)

    def _went_down(self, now: float) -> str:
        self.child.kill()  # what is left of its group
        self.falls += 1
        if now - self._since > _STEADY:
            self._wait = _FIRST_WAIT
        self._down_until = now + self._wait
        self._wait = min(self._wait * 2, _LONGEST_WAIT)
        return f"{self.name} ended and is started again: {self.child.last_words()}"

    def _start_again(self, now: float) -> str:
        try:
            self.child = self._start()
        except ChildFailed as error:
            self._down_until = now + self._wait
            self._wait = min(self._wait * 2, _LONGEST_WAIT)
            return f"{self.name} does not start: {error}"
        self._down_until, self._since = None, now
        self._note()
        return ""

    def _note(self) -> None:
        self._pid_file.write_text(f"{self.child.pid}\n", encoding="ascii")


class Supervisor:
    """The running processes, in the order they were started: stores first, so that they are stopped last."""

    def __init__(self, run: Path, say: Callable[[str], None]) -> None:
        self._run = run
        self._say = say
        self._supervised: list[Supervised] = []

    def start(self, name: str, start: Callable[[], Child], *, restart: Callable[[], Child] | None = None) -> Child:
        """Starts a process and keeps it running. restart: how to start it again, if that differs."""
        supervised = Supervised(name, start, restart=restart, run=self._run)
        self._supervised.append(supervised)
        return supervised.child

    def keep_running(self, until: Callable[[], bool] = lambda: False, *, seconds: float = math.inf) -> None:
        """Keeps the processes running until `until()` is true or Stopped is raised. Raises TimeoutError after
        `seconds`."""
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError
            for supervised in self._supervised:
                if line := supervised.look_after(time.monotonic()):
                    self._say(line)
            time.sleep(_LOOK_EVERY)

    def falls(self, name: str) -> int:
        """How often the process of this name has ended by itself."""
        return next(one.falls for one in self._supervised if one.name == name)

    def last_words(self, name: str) -> str:
        """The last line that the process of this name wrote."""
        return next(one.child.last_words() for one in self._supervised if one.name == name)

    def stop(self, *, stores: frozenset[str]) -> None:
        """Stops all other processes at once, then the stores. No process and no pid file is left."""
        self._stop([one for one in self._supervised if one.name not in stores])
        self._stop([one for one in self._supervised if one.name in stores])
        self._supervised.clear()

    def _stop(self, processes: list[Supervised]) -> None:
        for process in processes:
            process.child.ask_to_stop()
        deadline = time.monotonic() + _PATIENCE
        for process in processes:
            process.child.await_end(patience=max(0.0, deadline - time.monotonic()))
            process.forget()
