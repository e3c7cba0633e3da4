"""How many connections to PostgreSQL a process may hold.

Each process has two pools: "default", and "audit" for the log entries that are committed at once. Both are bounded, so
that the sum for all processes is known (docs/operations.md) and PostgreSQL never refuses a connection. A connection of
"audit" is held for one statement and given back before its thread waits for anything else. Therefore threads that wait
for a second connection cannot block each other for ever.
"""

from django.core.exceptions import ImproperlyConfigured

#: Few are enough: an append takes a millisecond or two.
AUDIT_CONNECTIONS = 4
#: With fewer connections a page that runs several queries at once waits too often.
FEWEST = 6
#: Seconds that a request waits for a connection before the page says that the database is busy.
WAIT_SECONDS = 2.0
#: Seconds that an unused connection is kept.
_IDLE_SECONDS = 60.0

PoolOptions = dict[str, int | float]


def pools(connections_at_most: int) -> dict[str, PoolOptions]:
    """Django's OPTIONS["pool"] by alias. Raises ImproperlyConfigured for fewer connections than FEWEST."""
    if connections_at_most < FEWEST:
        raise ImproperlyConfigured(f"FIKSREG_DATABASE_CONNECTIONS must be at least {FEWEST}")
    return {"default": _pool(connections_at_most - AUDIT_CONNECTIONS), "audit": _pool(AUDIT_CONNECTIONS)}


def _pool(most: int) -> PoolOptions:
    return {
        "min_size": 0,
        "max_size": most,
        "timeout": WAIT_SECONDS,
        "max_idle": _IDLE_SECONDS,
        # Not longer: the pauses between attempts grow, and would delay the return after PostgreSQL is back.
        "reconnect_timeout": WAIT_SECONDS,
    }
