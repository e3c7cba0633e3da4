"""Starts, watches and ends child processes. None outlives its launcher, however the launcher ends (Linux)."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_TETHER = Path(__file__).with_name("tether.py")
_LOG_LIMIT = 5_000_000
_LOG_TAIL = 2_000


class ChildFailed(Exception):
    """A child ended or was not ready in time. The message has its last line and the place of its output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account a child runs as, if it is not the launcher's."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program to run. stop_signal: asks it to end. orphan_signal: the kernel sends it when the launcher has ended."""

    name: str
    command: tuple[str, ...]
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(repr=False)
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL


class Child:
    """A running Program, in a process group of its own, so that Ctrl-C in a terminal reaches only the launcher."""

    def __init__(self, program: Program) -> None:
        # The kernel's "your parent died" means the thread that started the child, not the process.
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("Children are started from the main thread, or they would end with the starting thread")
        self.program = program
        self._process = _start(program)

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running():
            self._process.send_signal(self.program.stop_signal)

    def stop(self, *, patience: float = 10.0) -> None:
        """Asks the child to end. After `patience` seconds at most, no process of its group is left."""
        self.ask_to_stop()
        self.await_end(patience=patience)

    def await_end(self, *, patience: float) -> None:
        """Waits for a child that was asked to end, then kills the rest of its process group."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.kill()

    def kill(self) -> None:
        """Kills the child and its whole process group at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Waits until `ready()` is true. Raises ChildFailed when the child ends or `seconds` pass before that."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running():
                raise ChildFailed(f"{self.program.name} ended at its start: {self.last_words()}")
            if time.monotonic() > deadline:
                raise ChildFailed(f"{self.program.name} was not ready in {seconds:.0f} s: {self.last_words()}")
            time.sleep(0.02)

    def finish(self, *, seconds: float) -> None:
        """Waits for the program to end. Raises ChildFailed when it fails or takes longer than `seconds`."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ChildFailed(f"{self.program.name} was not done in {seconds:.0f} s: {self.last_words()}") from None
        if status != 0:
            raise ChildFailed(f"{self.program.name} failed: {self.last_words()}")

    def last_words(self) -> str:
        with self.program.log.open("rb") as log:
            log.seek(max(0, self.program.log.stat().st_size - _LOG_TAIL))
            lines = log.read().decode(errors="replace").strip().splitlines()
        return f"{lines[-1] if lines else 'it said nothing'} (see {self.program.log})"


def start_server(program: Program, answers: Callable[[], bool], *, seconds: float) -> Child:
    """Starts a program and waits until `answers` is true. Kills it and raises ChildFailed when that takes longer."""
    child = Child(program)
    try:
        child.wait_until(answers, seconds=seconds)
    except BaseException:
        child.kill()
        raise
    return child


def _start(program: Program) -> "subprocess.Popen[bytes]":
    account = program.account or Account(uid=os.geteuid(), gid=os.getegid())
    tether = (sys.executable, "-I", "-S", str(_TETHER), str(program.orphan_signal.value), str(os.getpid()))
    program.log.parent.mkdir(parents=True, exist_ok=True)
    if program.log.exists() and program.log.stat().st_size > _LOG_LIMIT:
        program.log.replace(program.log.with_suffix(".log.1"))
    with program.log.open("ab") as log:
        return subprocess.Popen(
            (*tether, str(account.uid), str(account.gid), *program.command),
            cwd=program.folder,
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def free_port() -> int:
    """A loopback TCP port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
