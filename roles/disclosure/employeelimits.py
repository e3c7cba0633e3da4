"""Limits per employee, as part of the gate: whichever door, role or way of searching they come by."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from roles.access import Access
from roles.audit import Event, Outcome
from roles.disclosure.logentries import entry, log
from roles.limits import LimitReached, reached
from roles.limits.counters import counters

P = ParamSpec("P")
R = TypeVar("R")
Door = Callable[Concatenate[Access, P], R]


def check_room(access: Access) -> None:
    """Raises LimitReached where the next lookup would, before anything is sealed for it. Counts nothing."""
    if full := counters().ask(_owner(access), *access.limits.lookups):
        _refuse(access, reached(full), is_news=full.is_news)


def count_download(access: Access) -> None:
    """Counts a download of a list like a lookup, before the register is asked for it. Raises LimitReached."""
    if full := counters().take(_owner(access), *access.limits.uses):
        _refuse(access, reached(full), is_news=full.is_news)


def counted(found: Callable[[R], bool]) -> Callable[[Door[P, R]], Door[P, R]]:
    """Counts each lookup through a door of the gate before it is asked. found: whether the answer holds anybody.

    It is a miss until somebody was found, so that lookups at the same time do not all pass before the first has missed.
    Whom the role may not be shown is nobody here as well: the count tells no more than the page. Where the register did
    not answer, it was a lookup and no miss. Raises LimitReached.
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
                counters().give_back(_owner(access), access.limits.misses)
                counters().empty(_owner(access), access.limits.run_of_misses)
            return answer

        return guarded

    return decorate


def refuse(access: Access, limit: LimitReached, *, within: int) -> NoReturn:
    """Raises a limit that is counted elsewhere. The log is told once in so many seconds."""
    window = replace(access.limits.misses, name=f"told:{limit.limit}", most=1, seconds=within)
    _refuse(access, limit, is_news=counters().take(_owner(access), window) is None)


def _take(access: Access) -> None:
    if full := counters().take(_owner(access), *access.limits.lookups):
        _refuse(access, reached(full), is_news=full.is_news)


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
