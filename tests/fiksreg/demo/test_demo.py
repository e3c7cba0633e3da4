"""The demo as a newcomer meets it, started for real in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from fiksreg.demo.house import MARK
from fiksreg.demo.procfile import ROOT, command_lines
from fiksreg.embedded import free_port, leftovers
from integrations.identityprovider.accounts import ACCOUNTS
from tests.processes import answers
from tests.waiting import runs, until

READY_SECONDS = 60.0  # twenty on a machine that does nothing else


@dataclass
class Demo:
    """One demo on ports and in a folder of its own; started as often as a test likes."""

    folder: Path
    port: int
    simulator_port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "FIKSREG_DATA_DIR": str(self.folder),
            "FIKSREG_PORT": str(self.port),
            "FIKSREG_SIMULATOR_PORT": str(self.simulator_port),
            "FIKSREG_SIMULATOR_SIZE": "100",
        }

    @property
    def said(self) -> str:
        return self.folder.with_suffix(".out").read_text(encoding="utf-8")

    def start(self) -> None:
        with self.folder.with_suffix(".out").open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fiksreg.demo"],
                cwd=ROOT,
                env=self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        until(lambda: "Fiksreg is ready" in self.said or self.ended(), seconds=READY_SECONDS)
        assert f"Fiksreg is ready: {self.address}\n" in self.said

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)

    def pid(self, name: str) -> int:
        return int((self.folder / "run" / f"{name}.pid").read_text(encoding="ascii"))

    def pids(self) -> dict[str, int]:
        return {path.stem: self.pid(path.stem) for path in (self.folder / "run").glob("*.pid")}

    def left(self) -> list[int]:
        marked = leftovers.by_environment(MARK, str(self.folder))
        return [pid for pid in [*marked, *leftovers.by_title(str(self.folder))] if runs(pid)]

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout


@pytest.fixture(scope="module")
def shared() -> Iterator[Demo]:
    """One demo for all tests of this module, since the second start of the same folder takes half as long."""
    with tempfile.TemporaryDirectory(prefix="fiksreg-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)  # as root, the database server's account passes through
        made = Demo(folder=Path(name) / "data", port=free_port(), simulator_port=free_port())
        yield made
        if not made.ended():
            made.stop(signal.SIGTERM)


@pytest.fixture
def demo(shared: Demo) -> Demo:
    """A demo that runs, whatever the test before did to it."""
    if shared.ended():
        shared.start()
    return shared


def test_the_demo_becomes_ready_and_says_where_as_whom_and_whom_to_look_up(demo: Demo) -> None:
    assert httpx.get(f"{demo.address}/healthz").status_code == 200
    ready = httpx.get(f"{demo.address}/readyz").json()
    assert ready["ok"] is True
    assert all(check["ok"] for check in ready["checks"].values())
    persons = httpx.get(f"http://127.0.0.1:{demo.simulator_port}/testpersoner.json").json()
    assert all(person["number"] in demo.said for person in persons)
    accounts = json.loads(demo.manage("demo_credentials", "--json"))["accounts"]
    assert [account["label"] for account in accounts] == list(ACCOUNTS)
    assert all(account["label"] in demo.said for account in accounts)
    assert demo.pids().keys() == {*command_lines(), "postgres", "valkey", "supervisor"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_telling_the_demo_to_stop_leaves_no_process_behind(demo: Demo, number: signal.Signals) -> None:
    started = demo.pids()
    assert demo.stop(number) == 0
    assert [name for name, pid in started.items() if runs(pid)] == []
    assert demo.left() == []
    assert demo.pids() == {}


def test_a_process_that_is_killed_comes_back(demo: Demo) -> None:
    before = {name: pid for name, pid in demo.pids().items() if name not in ("simulator", "supervisor")}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    until(lambda: all(demo.pid(name) != pid for name, pid in before.items()), seconds=READY_SECONDS)
    until(lambda: answers(f"{demo.address}/readyz"), seconds=READY_SECONDS)


def test_after_a_kill_of_everything_the_next_start_has_what_was_there(demo: Demo) -> None:
    before = demo.manage("demo_credentials", "--json")
    for pid in demo.pids().values():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert demo.process is not None
    demo.process.wait(10)
    demo.start()
    assert demo.manage("demo_credentials", "--json") == before


def test_a_kill_of_the_launcher_alone_takes_everything_with_it(demo: Demo) -> None:
    started = demo.pids()
    assert demo.process is not None
    demo.process.kill()
    demo.process.wait(10)
    until(lambda: not demo.left() and not any(runs(pid) for pid in started.values()), seconds=20)


@pytest.fixture
def unstarted(tmp_path: Path) -> Demo:
    return Demo(folder=tmp_path / "data", port=free_port(), simulator_port=free_port())


@pytest.fixture
def refusal(unstarted: Demo) -> Callable[[], str]:
    """Starts a demo that must not start, and gives back what it said."""

    def ask() -> str:
        command = [sys.executable, "-m", "fiksreg.demo"]
        asked = subprocess.run(
            command, cwd=ROOT, env=unstarted.environment, capture_output=True, text=True, timeout=30, check=False
        )
        assert asked.returncode != 0
        return asked.stderr

    return ask


def test_a_taken_port_is_one_clear_line(unstarted: Demo, refusal: Callable[[], str]) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", unstarted.port))
        listener.listen()
        said = refusal()
    assert said == f"fiksreg: port {unstarted.port} is taken or closed to this user; choose another with FIKSREG_PORT\n"


def test_a_folder_that_cannot_be_written_is_one_clear_line(unstarted: Demo, refusal: Callable[[], str]) -> None:
    unstarted.folder.touch()
    assert refusal().count("\n") == 1
