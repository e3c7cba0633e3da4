"""The connections to PostgreSQL that this process holds: how many are in use, out of how many."""

from dataclasses import dataclass

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from roles.connections import ALIASES


@dataclass(frozen=True, slots=True)
class Usage:
    """One pool of this process: connections it may hold, those in use, and how many wait for one."""

    most: int
    in_use: int
    waiting: int

    @property
    def is_exhausted(self) -> bool:
        return self.in_use >= self.most


def usage(alias: str) -> Usage:
    """Of this process at this moment, without waiting for anything."""
    stats = _postgresql(alias).pool.get_stats()
    return Usage(
        most=stats["pool_max"],
        in_use=stats.get("pool_size", 0) - stats.get("pool_available", 0),
        waiting=stats.get("requests_waiting", 0),
    )


def forget_idle() -> None:
    """Closes what lies in the pools unused. Each would else be found dead by somebody, one after another."""
    for alias in ALIASES:
        _postgresql(alias).pool.drain()


def _postgresql(alias: str) -> DatabaseWrapper:
    connection = connections[alias]
    if not isinstance(connection, DatabaseWrapper):
        raise TypeError(alias)
    return connection
