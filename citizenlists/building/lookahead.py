"""Calls that run ahead of the work on their results: the register answers the next ones meanwhile."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import islice
from threading import Barrier
from typing import TypeVar

from django.db import connections

from roles.connections import let_go

T = TypeVar("T")

#: While one answer is on its way another is looked through and a third is logged; more would only fill the memory.
AHEAD = 3


@contextmanager
def looking_ahead(calls: Iterator[Callable[[], T]], *, ahead: int = AHEAD) -> Iterator[Iterator[T]]:
    """The results of the calls, in order, at most `ahead` of them under way. A call's error comes in its turn."""
    with ThreadPoolExecutor(max_workers=ahead, thread_name_prefix="lookahead") as threads:
        try:
            yield _results(threads, calls, ahead)
        finally:
            _close_connections(threads, ahead)


def _results(threads: ThreadPoolExecutor, calls: Iterator[Callable[[], T]], ahead: int) -> Iterator[T]:
    waiting: deque[Future[T]] = deque(_submit(threads, call) for call in islice(calls, ahead))
    while waiting:
        let_go()  # or those who wait for their calls would hold what the calls wait for
        result = waiting.popleft().result()
        waiting.extend(_submit(threads, call) for call in islice(calls, 1))
        yield result


def _submit(threads: ThreadPoolExecutor, call: Callable[[], T]) -> Future[T]:
    """In the caller's context: what the call logs carries the order's id."""
    return threads.submit(copy_context().run, call)


def _close_connections(threads: ThreadPoolExecutor, ahead: int) -> None:
    """Each thread has connections of its own, and only the thread itself may close them: so all meet, then close."""
    everybody = Barrier(ahead)

    def close() -> None:
        everybody.wait()
        connections.close_all()

    for _ in range(ahead):
        threads.submit(close)
