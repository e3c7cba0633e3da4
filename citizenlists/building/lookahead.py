"""Runs calls to the register ahead of the work on their results, so that the register is not idle meanwhile."""

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

#: One answer is under way, a second is being judged and a third is being logged. More would only fill the memory.
AHEAD = 3


@contextmanager
def looking_ahead(calls: Iterator[Callable[[], T]], *, ahead: int = AHEAD) -> Iterator[Iterator[T]]:
    """A context with an iterator over the results of the calls, in order; at most `ahead` calls run at the same time.

    The exception of a call is raised in the place of its result.
    """
    with ThreadPoolExecutor(max_workers=ahead, thread_name_prefix="lookahead") as threads:
        try:
            yield _results(threads, calls, ahead)
        finally:
            _close_connections(threads, ahead)


def _results(threads: ThreadPoolExecutor, calls: Iterator[Callable[[], T]], ahead: int) -> Iterator[T]:
    waiting: deque[Future[T]] = deque(_submit(threads, call) for call in islice(calls, ahead))
    while waiting:
        let_go()  # a thread that waits for its calls must not hold a connection that the calls wait for
        result = waiting.popleft().result()
        waiting.extend(_submit(threads, call) for call in islice(calls, 1))
        yield result


def _submit(threads: ThreadPoolExecutor, call: Callable[[], T]) -> Future[T]:
    """Starts the call in the caller's context, so that its log lines carry the order's id."""
    return threads.submit(copy_context().run, call)


def _close_connections(threads: ThreadPoolExecutor, ahead: int) -> None:
    """Makes every thread close its own connections, which no other thread may close. They meet at a barrier first, so
    that each thread runs the closing once."""
    everybody = Barrier(ahead)

    def close() -> None:
        everybody.wait()
        connections.close_all()

    for _ in range(ahead):
        threads.submit(close)
