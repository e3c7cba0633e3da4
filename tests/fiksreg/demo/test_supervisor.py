"""Processes that die are started again, and none is left when the supervisor stops."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fiksreg.demo.supervisor import Supervised, Supervisor
from fiksreg.embedded import Child, ChildFailed, Program
from tests.waiting import runs, until

NOW, LATER = 1_000.0, 1_000.6


def program(folder: Path, *command: str) -> Program:
    return Program(name="sleeper", command=command, folder=folder, log=folder / "log", environment={"PATH": os.defpath})


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Supervised]:
    supervised = Supervised("sleeper", lambda: Child(program(tmp_path, "sleep", "600")), restart=None, run=tmp_path)
    yield supervised
    supervised.child.kill()


def test_the_id_of_a_running_process_stands_in_its_file(sleeper: Supervised, tmp_path: Path) -> None:
    assert int((tmp_path / "sleeper.pid").read_text()) == sleeper.child.pid


def test_a_process_that_died_is_started_again_after_a_pause(sleeper: Supervised, tmp_path: Path) -> None:
    dead = sleeper.child.pid
    sleeper.child.kill()
    assert "is started again" in sleeper.look_after(NOW)
    sleeper.look_after(NOW + 0.1)
    assert not sleeper.child.is_running()
    sleeper.look_after(LATER)
    assert sleeper.child.is_running()
    assert int((tmp_path / "sleeper.pid").read_text()) == sleeper.child.pid != dead


def test_the_pause_doubles_as_long_as_the_process_does_not_stay_up(sleeper: Supervised) -> None:
    now, pauses = NOW, []
    for _ in range(6):
        sleeper.child.kill()
        sleeper.look_after(now)
        went_down = now
        while not sleeper.child.is_running():
            now += 0.5
            sleeper.look_after(now)
        pauses.append(now - went_down)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0]
    assert sleeper.falls == len(pauses)


def test_a_process_that_does_not_start_is_tried_again(tmp_path: Path) -> None:
    attempts: list[Callable[[], Child]] = []

    def refuse() -> Child:
        attempts.append(refuse)
        raise ChildFailed("not today")

    supervised = Supervised("store", lambda: Child(program(tmp_path, "true")), restart=refuse, run=tmp_path)
    until(lambda: not supervised.child.is_running())
    supervised.look_after(NOW)
    assert "not today" in supervised.look_after(LATER)
    supervised.look_after(LATER + 0.1)
    supervised.look_after(LATER + 1.1)
    assert len(attempts) == 2


def test_nothing_is_left_after_stopping_not_even_what_refuses_to_stop(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, say=lambda _line: None)
    willing = supervisor.start("willing", lambda: Child(program(tmp_path, "sleep", "600")))
    deaf = supervisor.start(
        "deaf", lambda: Child(program(tmp_path, "/bin/sh", "-c", 'trap "" TERM; echo on; sleep 600'))
    )
    until(lambda: "on" in (tmp_path / "log").read_text())
    supervisor.stop(stores=frozenset({"willing"}))
    assert not runs(willing.pid)
    assert not runs(deaf.pid)
    assert list(tmp_path.glob("*.pid")) == []


def test_stopping_asks_with_sigterm_before_it_kills(tmp_path: Path) -> None:
    script = 'trap "echo tidied; exit" TERM; echo on; while true; do sleep 0.05; done'
    supervisor = Supervisor(tmp_path, say=lambda _line: None)
    supervisor.start("tidy", lambda: Child(program(tmp_path, "/bin/sh", "-c", script)))
    until(lambda: "on" in (tmp_path / "log").read_text())
    supervisor.stop(stores=frozenset())
    assert "tidied" in (tmp_path / "log").read_text()
