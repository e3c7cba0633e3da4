"""Two real database sessions racing: the second begins while the first has done its part and not yet committed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from django.db import connection, connections, transaction

from tests.waiting import until

T = TypeVar("T")
_WAITS = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


def race(first: Callable[[], object], second: Callable[[], object]) -> tuple[object, object]:
    """What each returned or raised. The first commits when the second waits for it, or is done without waiting.

    A lock that carries a promise makes the second look again at what the first has changed. Where the lock is missing,
    the second has looked before the first committed, and both get through.
    """
    done, may_commit, begun = Event(), Event(), Event()
    pids: list[int] = []

    def lead() -> object:
        with transaction.atomic():
            found = first()
            done.set()
            assert may_commit.wait(20)
        return found

    def follow() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
        begun.set()
        return second()

    with ThreadPoolExecutor(2) as sessions:
        leading = sessions.submit(_closing, lead)
        until(lambda: done.is_set() or leading.done())
        following = sessions.submit(_closing, follow)
        until(lambda: following.done() or (begun.is_set() and _waits(pids[0])))
        may_commit.set()
        return _outcome(leading), _outcome(following)


def _closing(act: Callable[[], T]) -> T:
    try:
        return act()
    finally:
        connections.close_all()


def _waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [pid])
        return cursor.fetchone() is not None


def _outcome(session: "Future[object]") -> object:
    error = session.exception(20)
    return error if error is not None else session.result()
