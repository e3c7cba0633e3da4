"""How long one session of the database may keep anybody waiting: PURE, by process.

PostgreSQL waits without end where nothing is said: for a lock of a process that is frozen, and with a transaction of
one. Each connection of ours says it when it is opened, so nothing depends on how the server or a role was set up.
"""

from collections.abc import Mapping
from typing import Final

from fiksreg.processes import Process

_SECOND, _MINUTE = 1000, 60_000
#: Milliseconds, 0 without end. statement: one command. lock: waiting for one. idle: a transaction between two commands.
_BY_PROCESS: Final[Mapping[Process | None, Mapping[str, int]]] = {
    Process.WEB: {"statement": 8 * _SECOND, "lock": 4 * _SECOND, "idle": 10 * _SECOND},
    Process.WORKER: {"statement": _MINUTE, "lock": 10 * _SECOND, "idle": 30 * _SECOND},
    Process.CLOCK: {"statement": _MINUTE, "lock": 4 * _SECOND, "idle": 30 * _SECOND},
    # Commands typed by hand: they may take long, and hold nobody up.
    None: {"statement": 0, "lock": 10 * _SECOND, "idle": 5 * _MINUTE},
}
_NAMES: Final = {
    "statement": "statement_timeout",
    "lock": "lock_timeout",
    "idle": "idle_in_transaction_session_timeout",
}
#: The server's side of a line that is dead: it asks whether the client is still there, and gives up.
_DEAD_CLIENT: Final = {
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 30 * _SECOND,
    "client_connection_check_interval": 5 * _SECOND,
}
#: Our side of it, as libpq names it; keepalives in seconds.
DEAD_SERVER: Final[Mapping[str, int]] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15 * _SECOND,
}


#: Seconds that an answer may come after the server should have given up: what is longer out is a server that is frozen.
_GRACE_SECONDS: Final = 2.0


def answer_within(process: Process) -> float:
    """Seconds after which we stop waiting for the server, whatever it does."""
    return _BY_PROCESS[process]["statement"] / _SECOND + _GRACE_SECONDS


def session_options(process: Process | None = None) -> str:
    """The `options` of a connection; of None, those of a command typed by hand."""
    timeouts = {_NAMES[kind]: milliseconds for kind, milliseconds in _BY_PROCESS[process].items()}
    return " ".join(f"-c {name}={value}" for name, value in {**timeouts, **_DEAD_CLIENT}.items())
