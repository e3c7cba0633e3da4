"""The timeouts of database sessions, by process. PURE.

By default PostgreSQL waits without limit for the lock of a frozen process, and keeps the transaction of one open. Each
of our connections sets its timeouts when it is opened, so that they do not depend on the set-up of the server or a
role.
"""

from collections.abc import Mapping
from typing import Final

from fiksreg.processes import Process

_SECOND, _MINUTE = 1000, 60_000
#: Milliseconds; 0 means no limit. statement: one command. lock: the wait for a lock. idle: a transaction between two
#: commands.
_BY_PROCESS: Final[Mapping[Process | None, Mapping[str, int]]] = {
    Process.WEB: {"statement": 8 * _SECOND, "lock": 4 * _SECOND, "idle": 10 * _SECOND},
    Process.WORKER: {"statement": _MINUTE, "lock": 10 * _SECOND, "idle": 30 * _SECOND},
    Process.CLOCK: {"statement": _MINUTE, "lock": 4 * _SECOND, "idle": 30 * _SECOND},
    # For commands typed by hand, which may take long.
    None: {"statement": 0, "lock": 10 * _SECOND, "idle": 5 * _MINUTE},
}
_NAMES: Final = {
    "statement": "statement_timeout",
    "lock": "lock_timeout",
    "idle": "idle_in_transaction_session_timeout",
}
#: The server's settings for a dead connection: it asks whether the client is there, and gives up.
_DEAD_CLIENT: Final = {
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 30 * _SECOND,
    "client_connection_check_interval": 5 * _SECOND,
}
#: Our settings for a dead connection, by libpq's names; keepalives in seconds.
DEAD_SERVER: Final[Mapping[str, int]] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15 * _SECOND,
}


#: Seconds that we wait after the server should have given up. A server that has not answered then is frozen.
_GRACE_SECONDS: Final = 2.0


def answer_within(process: Process) -> float:
    """The seconds after which we stop waiting for the server's answer."""
    return _BY_PROCESS[process]["statement"] / _SECOND + _GRACE_SECONDS


def session_options(process: Process | None = None) -> str:
    """The `options` of a connection of this process; for None those of a command typed by hand."""
    timeouts = {_NAMES[kind]: milliseconds for kind, milliseconds in _BY_PROCESS[process].items()}
    return " ".join(f"-c {name}={value}" for name, value in {**timeouts, **_DEAD_CLIENT}.items())
