"""Leaving the database to others while something else is waited for: a register, a receiver, a thread."""

from django.db import connections

ALIASES = ("default", "audit")


def let_go() -> None:
    """Gives this thread's connections back to their pools, unless it is in the middle of a change.

    The next query takes one again. What has been read stays; a query set that is still being iterated does not.
    """
    for alias in ALIASES:
        if not connections[alias].in_atomic_block:
            connections[alias].close()
