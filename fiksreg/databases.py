"""How many connections to PostgreSQL a process may hold.

Each process has two pools: "default", and "audit" for the log entries that are committed at once. Both have a bound, so
that what all processes together can hold is a sum known beforehand (docs/operations.md) and PostgreSQL never refuses
one. A connection of "audit" is held for one statement; it goes back before anything else is waited for. So whoever
waits for a second connection waits for somebody who waits for nobody.
"""

from django.core.exceptions import ImproperlyConfigured

#: Appending takes a millisecond or two, and one chain that is held makes those of others wait for none of these.
AUDIT_CONNECTIONS = 4
#: Below this a page that looks into several things at once waits for itself too often.
FEWEST = 6
#: Seconds that somebody waits for a connection before a page says so.
WAIT_SECONDS = 2.0
#: Seconds that a connection nobody uses is kept.
_IDLE_SECONDS = 60.0

PoolOptions = dict[str, int | float]


def pools(connections_at_most: int) -> dict[str, PoolOptions]:
    """Django's OPTIONS["pool"] by alias. Raises ImproperlyConfigured for fewer connections than a page needs."""
    if connections_at_most < FEWEST:
        raise ImproperlyConfigured(f"FIKSREG_DATABASE_CONNECTIONS must be at least {FEWEST}")
    return {"default": _pool(connections_at_most - AUDIT_CONNECTIONS), "audit": _pool(AUDIT_CONNECTIONS)}


def _pool(most: int) -> PoolOptions:
    return {
        "min_size": 0,
        "max_size": most,
        "timeout": WAIT_SECONDS,
        "max_idle": _IDLE_SECONDS,
        # Longer, and the pauses between its attempts would grow past the moment PostgreSQL is back.
        "reconnect_timeout": WAIT_SECONDS,
    }
