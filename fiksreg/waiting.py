"""Limits the wait for a frozen database server, which neither ends a statement by itself nor loses its connection."""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import Connection, OperationalError, errors

_INTERVAL_SECONDS: Final = 0.1
_KEY: Final = "fiksreg.waiting"


def bound_waits(seconds: float) -> None:
    """From now on every new connection of this process is closed when an answer takes longer than `seconds`."""

    def bound(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
        session = connection.connection
        if isinstance(session, Connection):
            _bound(session, seconds)

    connection_created.connect(bound, weak=False, dispatch_uid=_KEY)


def _bound(session: "Connection[Any]", seconds: float) -> None:
    wait = type(session).wait

    def wait_bounded(generator: Any, interval: float = _INTERVAL_SECONDS, timeout: float | None = None) -> Any:
        try:
            return wait(session, generator, interval, seconds if timeout is None else timeout)
        except errors._WaitTimeout:
            if timeout is not None:  # the caller has a timeout of its own
                raise
            session.close()
            raise OperationalError(f"the database did not answer within {seconds:.0f} s") from None

    vars(session)["wait"] = wait_bounded
