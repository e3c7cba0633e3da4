"""How long one act may ask the register in all, over several questions."""

from collections.abc import Callable
from time import monotonic


def countdown(seconds: float, *, at_least: float) -> Callable[[], float]:
    """Begins now. The function it returns tells how many of the seconds are left, and never less than at_least."""
    started = monotonic()
    return lambda: max(seconds - (monotonic() - started), at_least)
