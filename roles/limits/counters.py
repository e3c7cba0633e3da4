"""Counters of an owner's acts within windows of time, shared by all processes in Valkey.

The counts may be lost without harm: counting starts again. While Valkey does not answer, each process counts for
itself with the same limits, so that lookups go on and are still limited.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from threading import Lock
from typing import Final, NamedTuple, Protocol, TypeVar

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")

#: Timeout in seconds for asking Valkey. A request does not wait longer for a count.
_WITHIN: Final = 0.25
_VALKEY_REST: Final = 5.0
_MOST_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` acts in `seconds`, counted from the first act; from the latest one when `renewed`."""

    name: str
    most: int
    seconds: int
    renewed: bool = False


class Full(NamedTuple):
    """A window without room. seconds: until it has room, at least 1. is_news: True only the first time it is told."""

    window: Window
    seconds: int
    is_news: bool


class Counts(Protocol):
    """A store of counts. SharedCounts raises redis.RedisError."""

    def take(self, owner: str, windows: Sequence[Window], amount: int) -> Full | None:
        """Adds `amount` to every window, or to none when one is full; then returns that window. 0 only asks."""

    def give_back(self, owner: str, window: Window, *emptied: Window) -> None:
        """Subtracts one from the window, never below 0, and sets the counts of the `emptied` windows to 0."""


# KEYS: one for each window. ARGV: the amount, then for each window: most, seconds, whether it is renewed. Returns the
# index of the full window (from 1; of several the one that stays full longest; 0 for none), the milliseconds until it
# has room, and whether that is news.
_TAKE: Final = """
local amount, full, wait = tonumber(ARGV[1]), 0, 0
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[3 * i - 1]) then
    local left = math.max(redis.call('PTTL', key), 1)
    if left > wait then full, wait = i, left end
  end
end
if full > 0 then
  return {full, wait, redis.call('SET', KEYS[full] .. ':told', 1, 'NX', 'PX', wait) and 1 or 0}
end
if amount > 0 then
  for i, key in ipairs(KEYS) do
    local count = redis.call('INCRBY', key, amount)
    if count == amount or ARGV[3 * i + 1] == '1' then redis.call('EXPIRE', key, ARGV[3 * i]) end
  end
end
return {0, 0, 0}
"""
# KEYS: the window's; then those to be deleted.
_GIVE_BACK: Final = """
if tonumber(redis.call('GET', KEYS[1]) or 0) > 0 then redis.call('DECR', KEYS[1]) end
for i = 2, #KEYS do redis.call('DEL', KEYS[i]) end
"""


class SharedCounts:
    """The counts shared by all processes that use this Valkey. Methods as in Counts."""

    def __init__(self, valkey: redis.Redis) -> None:
        self._valkey = valkey
        self._take, self._give_back = valkey.register_script(_TAKE), valkey.register_script(_GIVE_BACK)

    def take(self, owner: str, windows: Sequence[Window], amount: int) -> Full | None:
        limits = [value for one in windows for value in (one.most, one.seconds, int(one.renewed))]
        full, wait, is_news = self._take(keys=[_key(owner, one) for one in windows], args=[amount, *limits])
        return Full(windows[full - 1], ceil(wait / 1000), bool(is_news)) if full else None

    def give_back(self, owner: str, window: Window, *emptied: Window) -> None:
        gone = [key for one in emptied for key in (_key(owner, one), f"{_key(owner, one)}:told")]
        self._give_back(keys=[_key(owner, window), *gone])


@dataclass(slots=True)
class _Count:
    until: float
    count: int = 0
    told: bool = False


class OwnCounts:
    """The counts of one process, safe between threads. Methods as in Counts.

    clock: gives seconds. When it holds _MOST_KEPT counts, it forgets all of them instead of growing further.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._counts: dict[str, _Count] = {}

    def take(self, owner: str, windows: Sequence[Window], amount: int) -> Full | None:
        with self._lock:
            now = self._clock()
            counts = [self._count(owner, window, now) for window in windows]
            full = [pair for pair in zip(counts, windows, strict=True) if pair[0].count >= pair[1].most]
            if full:
                return _report_full(*max(full, key=lambda pair: pair[0].until), now)
            for count, window in zip(counts, windows, strict=True):
                count.count += amount
                count.until = now + window.seconds if window.renewed and amount else count.until
            return None

    def give_back(self, owner: str, window: Window, *emptied: Window) -> None:
        with self._lock:
            count = self._count(owner, window, self._clock())
            count.count = max(count.count - 1, 0)
            for one in emptied:
                self._counts.pop(_key(owner, one), None)

    def _count(self, owner: str, window: Window, now: float) -> _Count:
        key = _key(owner, window)
        if key not in self._counts or self._counts[key].until <= now:
            if len(self._counts) >= _MOST_KEPT:
                self._counts.clear()
            self._counts[key] = _Count(now + window.seconds)
        return self._counts[key]


def _report_full(count: _Count, window: Window, now: float) -> Full:
    is_news, count.told = not count.told, True
    return Full(window, max(ceil(count.until - now), 1), is_news)


def _key(owner: str, window: Window) -> str:
    return f"fiksreg:count:{owner}:{window.name}"


class Counters:
    """Uses the shared counts while Valkey answers, else the counts of this process. clock: gives seconds."""

    def __init__(self, shared: Counts, own: Counts, clock: Callable[[], float] = time.monotonic) -> None:
        self._shared, self._own, self._clock = shared, own, clock
        self._shared_again = 0.0

    def take(self, owner: str, *windows: Window) -> Full | None:
        """Counts one act in every window and returns None; counts none and returns the window when one is full.

        This is one atomic step, so parallel callers cannot exceed a limit.
        """
        return self._first_that_answers(lambda counts: counts.take(owner, windows, 1))

    def ask(self, owner: str, *windows: Window) -> Full | None:
        """The full window, or None. Counts nothing."""
        return self._first_that_answers(lambda counts: counts.take(owner, windows, 0))

    def give_back(self, owner: str, window: Window, *emptied: Window) -> None:
        """Takes one counted act back, and sets the counts of the `emptied` windows to 0."""
        self._first_that_answers(lambda counts: counts.give_back(owner, window, *emptied))

    def _first_that_answers(self, ask: Callable[[Counts], T]) -> T:
        if self._clock() >= self._shared_again:
            try:
                return ask(self._shared)
            except redis.RedisError:
                self._shared_again = self._clock() + _VALKEY_REST
        return ask(self._own)


@cache
def counters() -> Counters:
    """The counters of this process, made when first needed: after the fork, so that processes share no connection."""
    valkey = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=_WITHIN, socket_connect_timeout=_WITHIN, retry=Retry(NoBackoff(), 0)
    )
    return Counters(SharedCounts(valkey), OwnCounts())
