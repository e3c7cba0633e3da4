"""The use of this process's pools of connections to PostgreSQL."""

from dataclasses import dataclass

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from roles.connections import ALIASES


@dataclass(frozen=True, slots=True)
class Usage:
    """One pool of this process: how many connections it may hold, how many are in use, how many threads wait."""

    most: int
    in_use: int
    waiting: int

    @property
    def is_exhausted(self) -> bool:
        return self.in_use >= self.most


def usage(alias: str) -> Usage:
    """The use of the pool with this alias now. Does not wait for anything."""
    stats = _postgresql(alias).pool.get_stats()
    return Usage(
        most=stats["pool_max"],
        in_use=stats.get("pool_size", 0) - stats.get("pool_available", 0),
        waiting=stats.get("requests_waiting", 0),
    )


def forget_idle() -> None:
    """Closes the unused connections in the pools. Otherwise each dead one would fail a request of its own."""
    for alias in ALIASES:
        _postgresql(alias).pool.drain()


def _postgresql(alias: str) -> DatabaseWrapper:
    connection = connections[alias]
    if not isinstance(connection, DatabaseWrapper):
        raise TypeError(alias)
    return connection
