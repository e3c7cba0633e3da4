"""A port for one launcher alone: servers that let others onto their port (SO_REUSEPORT) share it without a word."""

import errno
import socket
import time

#: Of a process just killed, the sockets are the last to go.
_PATIENCE_SECONDS = 3.0


class PortTaken(Exception):
    """Somebody serves on the port, or is about to."""


def claim(what: str, host: str, port: int) -> socket.socket:
    """Ours until it is closed, at our death at the latest. Raises PortTaken, OSError for a port that nobody may have.

    what: who claims it, since a launcher and the server it starts both do.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (held := _claimed(what, host, port)) is None:
        if time.monotonic() > deadline:
            raise PortTaken
        time.sleep(0.05)
    return held


def _claimed(what: str, host: str, port: int) -> socket.socket | None:
    """The name of an abstract socket (Linux) can be held once: of two that start in the same moment one is refused."""
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        held.bind(f"\0fiksreg-{what}:{port}")
        refuse_taken(host, port)
    except OSError as error:
        held.close()
        if error.errno != errno.EADDRINUSE:
            raise
        return None
    return held


def refuse_taken(host: str, port: int) -> None:
    """Raises OSError where a server listens, also one that would let us in. A lingering connection does not count."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
