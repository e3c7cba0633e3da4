"""Keeping a party's quota of requests a minute, across all our processes.

A party counts by the address that calls come from. Our processes share that count in Valkey by the generic cell rate
algorithm: each request moves a clock on, and a request that would move it ahead of the real time by more than a burst
must wait.
"""

import time
from collections.abc import Callable
from math import ceil
from threading import Lock
from typing import Final, Protocol

import redis

from integrations.http.errors import Busy, Cause

#: Shares of the quota per minute. Pace, burst and blocks used late stay below the quota in every minute.
_PACE, _BURST = 0.9, 0.05
_LARGEST_BLOCK: Final = 64
_BLOCK_SECONDS: Final = 1.0
#: Each process's share of the quota while the processes cannot count together.
_OWN_SHARE: Final = 0.05
_VALKEY_REST: Final = 5.0
_MICRO: Final = 1_000_000

# KEYS: the clock. ARGV, in microseconds: how far one request moves it, how many requests, how far ahead it may be, how
# long the caller can wait. Returns the wait, or -1 - wait when that is too long and nothing was taken.
_TAKE: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local after = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + ARGV[1] * ARGV[2]
local wait = math.max(after - ARGV[3] - now, 0)
if wait > tonumber(ARGV[4]) then return -1 - wait end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1)
return wait
"""


class Slots(Protocol):
    """A source of slots for requests."""

    def take(self, count: int, longest: float) -> float:
        """Takes `count` slots and returns the seconds until they may be used. Raises Busy, and takes none, when that is
        more than `longest`."""


class LocalSlots:
    """The slots of one process. clock: gives seconds."""

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval, self._ahead = _pace(per_minute)
        self._clock = clock
        self._moved_to = 0.0

    def take(self, count: int, longest: float) -> float:
        now = self._clock()
        after = max(self._moved_to, now) + count * self._interval
        wait = max(after - self._ahead - now, 0.0)
        if wait > longest:
            raise Busy(wait, cause=Cause.OWN_QUOTA)
        self._moved_to = after
        return wait


class SharedSlots:
    """The slots shared by all processes that use this key in Valkey. take() also raises redis.RedisError."""

    def __init__(self, valkey: redis.Redis, key: str, per_minute: float) -> None:
        self._script = valkey.register_script(_TAKE)
        self._key = key
        self._interval, self._ahead = (ceil(seconds * _MICRO) for seconds in _pace(per_minute))

    def take(self, count: int, longest: float) -> float:
        limits = [self._interval, count, self._ahead, int(longest * _MICRO)]
        wait = int(self._script(keys=[self._key], args=limits))
        if wait < 0:
            raise Busy((-1 - wait) / _MICRO, cause=Cause.OWN_QUOTA)
        return wait / _MICRO


class RequestBudget:
    """Lets requests pass at the pace of the quota. Safe between threads.

    Slots are taken in blocks that last for a second, so that a busy process rarely asks Valkey; a process with few
    requests takes single slots. shared: the slots of all processes; while it fails, each process uses its own share.
    per_minute: the quota of all processes together. clock: gives seconds; deadlines are in its time.
    """

    def __init__(
        self,
        shared: Slots | None = None,
        *,
        per_minute: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._own = LocalSlots(per_minute * _OWN_SHARE, clock)
        self._largest = max(min(int(per_minute * _BURST / 8), _LARGEST_BLOCK), 1)
        self._clock = clock
        self._lock = Lock()
        self._size = self._left = 0
        self._from = self._until = self._shared_again = 0.0

    def take(self, deadline: float) -> None:
        """Waits for a slot. Raises Busy at once when none comes before the deadline."""
        wait = self._wait(deadline)
        if wait > 0:
            time.sleep(wait)

    def _wait(self, deadline: float) -> float:
        """Takes one slot and returns the seconds until it may be used."""
        with self._lock:
            now = self._clock()
            if not self._left or now > self._until:
                self._take_block(now, max(deadline - now, 0.0))
            wait = max(self._from - now, 0.0)
            if wait > max(deadline - now, 0.0):
                raise Busy(wait, cause=Cause.OWN_QUOTA)
            self._left -= 1
            return wait

    def _take_block(self, now: float, longest: float) -> None:
        """Takes a block: twice as many slots as last time if those were used up within their second, else as many as
        were used."""
        used = self._size - self._left
        size = max(min(used * 2 if now <= self._until else used, self._largest), 1)
        self._left = self._size = 0
        self._from = now + self._slots(now, size, longest)
        self._until = self._from + _BLOCK_SECONDS
        self._left = self._size = size

    def _slots(self, now: float, size: int, longest: float) -> float:
        if self._shared and now >= self._shared_again:
            try:
                return self._shared.take(size, longest)
            except redis.RedisError:
                self._shared_again = now + _VALKEY_REST
        return self._own.take(size, longest)


def _pace(per_minute: float) -> tuple[float, float]:
    """The seconds from one request to the next, and how far ahead of time a burst may be (at least one request)."""
    interval = 60 / (per_minute * _PACE)
    return interval, max(per_minute * _BURST, 1) * interval
