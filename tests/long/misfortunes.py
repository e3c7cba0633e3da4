"""What can befall a house of processes: each a thing that begins, lasts and is over, with everything running again."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event
from typing import Final

import psutil
import redis

from citizenlists.orders.parts import LEASE
from fiksreg.embedded import Child
from fiksreg.embedded.databases import SUPERUSER
from tests.faults.house import House

_REGISTER: Final = ("429", "500", "503", "reset", "truncated", "html", "empty", "hang")
_END_CONNECTIONS: Final = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
#: Messages that are on the queue, or under way, are put there once more.
_RING_AGAIN: Final = "UPDATE citizenlists_doorbell SET rung_at = now() - interval '1 minute' WHERE rung_at IS NOT NULL"
_AN_HOUR_AHEAD: Final = (
    "UPDATE citizenlists_citizenlist SET lease_until = lease_until + interval '1 hour' WHERE lease_until IS NOT NULL",
    "UPDATE citizenlists_part SET lease_until = lease_until + interval '1 hour' WHERE lease_until IS NOT NULL",
    "UPDATE citizenlists_doorbell SET ring_at = ring_at + interval '1 hour', rung_at = rung_at + interval '1 hour'",
)
#: The workers that share the orders, by their names in the house.
WORKERS: Final = ("worker", "worker 2")
_OPERATIONS: Final = ("bulk", "batch", "extract", "token", "person", "*")
#: Where they stand among the services' children.
_DATABASE, _BROKER = 0, 1
#: Longer than a heartbeat, shorter than a lease.
_LONGEST_SECONDS: Final = 4.0


@dataclass
class Misfortunes:
    """Lets things befall one house, which runs as before when each of them is over."""

    house: House
    random: Random

    def kinds(self) -> Mapping[str, Callable[[], None]]:
        """Everything that can happen, by name. Each returns when it is over."""
        return {
            "worker killed": lambda: self._kill("worker"),
            "second worker killed": lambda: self._kill("worker 2"),
            "both workers killed": self._kill_both_workers,
            "worker's child killed": self._kill_the_child_at_work,
            "clock killed": lambda: self._kill("clock"),
            "web killed": lambda: self._kill("web"),
            "worker frozen": lambda: self._freeze("worker"),
            "second worker frozen": lambda: self._freeze("worker 2"),
            "worker frozen past its leases": self._freeze_past_the_leases,
            "clock frozen": lambda: self._freeze("clock"),
            "web frozen": lambda: self._freeze("web"),
            "database frozen": self._freeze_the_database,
            "database killed": self._kill_the_database,
            "database restarted": self._restart_the_database,
            "connections ended": self._end_connections,
            "broker killed": self._kill_the_broker,
            "broker emptied": self._empty_the_broker,
            "broker frozen": lambda: self._stand_still(self.house.running.children[_BROKER]),
            "register disturbed": self._disturb_the_register,
            "disk refuses": self._take_the_disk_away,
            "message delivered twice": self._ring_again,
            "database's clock set back": self._set_the_clock_back,
        }

    def _kill(self, name: str) -> None:
        self.house.children[name].kill()
        self.house.start(name)
        if name == "web":
            self.house.wait_for("web")

    def _kill_the_child_at_work(self) -> None:
        for process in psutil.Process(self.house.children["worker"].pid).children(recursive=True):
            with _already_gone():
                os.kill(process.pid, signal.SIGKILL)

    def _kill_both_workers(self) -> None:
        for name in WORKERS:
            self.house.children[name].kill()
        for name in WORKERS:
            self.house.start(name)

    def _freeze_past_the_leases(self) -> None:
        self._stand_still(self.house.children[self.random.choice(WORKERS)], seconds=LEASE.total_seconds() + 3)

    def _freeze(self, name: str) -> None:
        self._stand_still(self.house.children[name])

    def _freeze_the_database(self) -> None:
        self._stand_still(self.house.running.children[_DATABASE])

    def _stand_still(self, child: Child, *, seconds: float = 0) -> None:
        """A process and all below it, stopped for a while."""
        tree = [psutil.Process(child.pid), *psutil.Process(child.pid).children(recursive=True)]
        for process in tree:
            with _already_gone():
                os.kill(process.pid, signal.SIGSTOP)
        self._lasts(seconds)
        for process in tree:
            with _already_gone():
                os.kill(process.pid, signal.SIGCONT)

    def _kill_the_database(self) -> None:
        self.house.running.children[_DATABASE].kill()
        self.house.running.children[_DATABASE] = self.house.running.postgres.start_again()

    def _restart_the_database(self) -> None:
        self.house.running.children[_DATABASE].stop()
        self.house.running.children[_DATABASE] = self.house.running.postgres.start_again()

    def _end_connections(self) -> None:
        with self.house.running.postgres.connect(SUPERUSER, "fiksreg") as connection:
            connection.execute(_END_CONNECTIONS)

    def _kill_the_broker(self) -> None:
        self.house.running.children[_BROKER].kill()
        self.house.running.children[_BROKER] = self.house.running.valkey.start_again()

    def _empty_the_broker(self) -> None:
        with redis.Redis.from_url(self.house.running.environment["REDIS_URL"]) as broker:
            broker.flushall()

    def _disturb_the_register(self) -> None:
        operation, kind = self.random.choice(_OPERATIONS), self.random.choice(_REGISTER)
        with self.house.failing(kind, operation=operation, milliseconds=500):
            self._lasts()

    def _take_the_disk_away(self) -> None:
        """Where the files of lists lie, there is no folder any more. It comes back with what was in it."""
        folder = Path(self.house.running.environment["FIKSREG_FILES_DIR"])
        away = folder.with_name("away")
        folder.rename(away)
        folder.touch()
        self._lasts()
        folder.unlink()
        away.rename(folder)

    def _ring_again(self) -> None:
        self.house.change(_RING_AGAIN)
        self._lasts()

    def _set_the_clock_back(self) -> None:
        """What the database wrote before its clock was set back is ahead of it now."""
        for statement in _AN_HOUR_AHEAD:
            self.house.change(statement)

    def _lasts(self, seconds: float = 0) -> None:
        Event().wait(seconds or self.random.uniform(0.5, _LONGEST_SECONDS))


@contextmanager
def _already_gone() -> Iterator[None]:
    try:
        yield
    except (ProcessLookupError, psutil.NoSuchProcess):
        return
