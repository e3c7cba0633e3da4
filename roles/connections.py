"""Giving database connections back while a thread waits for something else: a register, a receiver, another thread."""

from django.db import connections

ALIASES = ("default", "audit")


def let_go() -> None:
    """Gives this thread's connections back to their pools, except one with an open transaction.

    The next query takes a connection again. Rows already read stay; a query set must not be iterated across this call.
    """
    for alias in ALIASES:
        if not connections[alias].in_atomic_block:
            connections[alias].close()
