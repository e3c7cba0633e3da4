"""Two real sessions of the database at once: one stands still in the middle of its transaction when the other comes."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import pytest
from django.db import connection, connections

from tests.waiting import until

T = TypeVar("T")
_WAITS = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


class Session(Generic[T]):
    """What one session does, in a thread with connections of its own."""

    def __init__(self, act: Callable[[], T]) -> None:
        self._act, self._pid = act, 0
        #: Whether it had to wait for the other one.
        self.waited = False
        self._future: Future[T] = Future()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> "Session[T]":
        self._thread.start()
        return self

    def result(self) -> T:
        """What it returned or raised."""
        self.join()
        return self._future.result(timeout=0)

    def join(self) -> None:
        self._thread.join(30)

    def has_come_as_far_as_it_can(self) -> bool:
        """Whether it is done, or waits for a lock that another session holds."""
        return self.is_done() or self._waits()

    def is_done(self) -> bool:
        return self._future.done()

    def _waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_WAITS, [self._pid])
            return cursor.fetchone() is not None

    def _run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._pid = cursor.fetchone()[0]
            self._future.set_result(self._act())
        except BaseException as error:
            self._future.set_exception(error)
        finally:
            connections.close_all()


class Pause:
    """Stops the first call of a function until it is released. Later calls pass."""

    def __init__(self, original: Callable[..., Any], *, after: bool) -> None:
        self._original, self._after = original, after
        self._reached, self._go, self._taken = threading.Event(), threading.Event(), threading.Lock()

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        stop = self._taken.acquire(blocking=False)
        if stop and not self._after:
            self._wait()
        answer = self._original(*arguments, **options)
        if stop and self._after:
            self._wait()
        return answer

    def is_reached(self) -> bool:
        return self._reached.is_set()

    def let_go(self) -> None:
        self._go.set()

    def _wait(self) -> None:
        self._reached.set()
        assert self._go.wait(30), "nobody let go"


@contextmanager
def paused(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *, after: bool = False) -> Iterator[Pause]:
    """The first call of owner.name stands still, before it does anything or (after=True) once it has."""
    with monkeypatch.context() as patch:
        pause = Pause(getattr(owner, name), after=after)
        patch.setattr(owner, name, pause)
        try:
            yield pause
        finally:
            pause.let_go()


def race(pause: Pause, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Session[Any], Session[Any]]:
    """Both sessions when they have ended: the second began while the first was stopped at `pause`, and went as far as
    it could."""
    one = Session(first).start()
    until(pause.is_reached)
    two = Session(second).start()
    until(two.has_come_as_far_as_it_can)
    two.waited = not two.is_done()
    pause.let_go()
    for session in (one, two):
        session.join()
    return one, two


def all_at_once(acts: list[Callable[[], T]]) -> list[T]:
    """The results of all functions, which are started at the same moment."""
    together = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        try:
            together.wait(30)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
