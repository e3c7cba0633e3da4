"""Limits per actor, as part of the gate: they count across all roles, pages and ways of searching."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from roles.access import Access
from roles.audit import Event, Outcome
from roles.disclosure.logentries import entry, log
from roles.limits import LimitReached, limit_reached
from roles.limits.counters import counters

P = ParamSpec("P")
R = TypeVar("R")
Door = Callable[Concatenate[Access, P], R]


def check_room(access: Access) -> None:
    """Raises LimitReached when the next lookup would. Counts nothing; for views that prepare a lookup."""
    if full := counters().ask(_owner(access), *access.limits.lookups):
        _refuse(access, limit_reached(full), is_news=full.is_news)


def count_download(access: Access) -> None:
    """Counts the download of a list as one lookup, before the register is asked. Raises LimitReached."""
    if full := counters().take(_owner(access), *access.limits.uses):
        _refuse(access, limit_reached(full), is_news=full.is_news)


def count_lookups(found: Callable[[R], bool]) -> Callable[[Door[P, R]], Door[P, R]]:
    """A decorator that counts each call of a function of the gate as a lookup, before the register is asked.

    found: whether an answer holds a person. The lookup counts as a miss until it has found a person; otherwise several
    lookups at the same time would all pass before the first miss is counted. A person whom the role may not see counts
    as not found, so that the count tells no more than the page. When the register does not answer, the call counts as a
    lookup but not as a miss. The decorated function raises LimitReached.
    """

    def decorate(door: Door[P, R]) -> Door[P, R]:
        @wraps(door)
        def guarded(access: Access, /, *args: P.args, **kwargs: P.kwargs) -> R:
            _take(access)
            try:
                answer = door(access, *args, **kwargs)
            except Exception:
                _forgive(access)
                raise
            if found(answer):
                counters().give_back(_owner(access), access.limits.misses, access.limits.run_of_misses)
            return answer

        return guarded

    return decorate


def refuse(access: Access, limit: LimitReached, *, within: int) -> NoReturn:
    """Raises `limit`, which was counted elsewhere, and logs it at most once in `within` seconds."""
    window = replace(access.limits.misses, name=f"told:{limit.limit}", most=1, seconds=within)
    _refuse(access, limit, is_news=counters().take(_owner(access), window) is None)


def _take(access: Access) -> None:
    if full := counters().take(_owner(access), *access.limits.lookups):
        _refuse(access, limit_reached(full), is_news=full.is_news)


def _forgive(access: Access) -> None:
    for window in (access.limits.run_of_misses, access.limits.misses):
        counters().give_back(_owner(access), window)


def _refuse(access: Access, limit: LimitReached, *, is_news: bool) -> NoReturn:
    if is_news:
        details = {"limit": limit.limit.value, "most": limit.most, "seconds": limit.seconds}
        log(replace(entry(access, Event.LIMIT_REACHED), outcome=Outcome.DENIED, details=details))
    raise limit


def _owner(access: Access) -> str:
    return f"{access.actor.kind}:{access.actor.id}"
