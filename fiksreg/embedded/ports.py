"""Claims a port for one launcher. Servers with SO_REUSEPORT would otherwise share it silently."""

import errno
import socket
import time

#: The sockets of a killed process live a little longer.
_PATIENCE_SECONDS = 3.0


class PortTaken(Exception):
    """Another process serves on the port or is about to."""


def claim(what: str, host: str, port: int) -> socket.socket:
    """Claims the port until the socket is closed or this process ends. Raises PortTaken, and OSError for a forbidden
    port.

    what: the name of the claimant, because a launcher and the server it starts both claim the port.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (held := _claim_or_none(what, host, port)) is None:
        if time.monotonic() > deadline:
            raise PortTaken
        time.sleep(0.05)
    return held


def _claim_or_none(what: str, host: str, port: int) -> socket.socket | None:
    """The claim, or None when another process has it. Only one process can hold the name of an abstract socket (Linux),
    so one of two that start in the same moment is refused."""
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
    """Raises OSError when a server listens on the port, also one with SO_REUSEPORT. A lingering connection does not
    count."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
