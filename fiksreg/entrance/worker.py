"""gunicorn's threaded worker, changed so that slow clients hold neither its threads nor the whole process.

gunicorn gives a thread to each connection before its first byte, waits without limit for the next byte of a head or a
body, and waits on closing connections in the loop that accepts all others. In this worker a connection gets a thread
when it sends something, a request has a deadline, the number of slow requests is limited, and closing never waits.
"""

import errno
import select
import socket
import time
from functools import partial
from selectors import EVENT_READ
from threading import BoundedSemaphore
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

from fiksreg.entrance.capacity import READ_SECONDS, SLOW_AT_ONCE

_LINGER_BYTES = 65536


class SlowClient(OSError):
    """The deadline has passed, or too many other requests are slow. gunicorn treats it as a client that left."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "the request did not come whole in time")


class Reader:
    """The object that gunicorn's parser reads from in place of the client's socket."""

    def __init__(self, client: socket.socket, places: BoundedSemaphore) -> None:
        self._client, self._places = client, places
        self._until = 0.0

    def begin(self, seconds: float) -> None:
        """Starts the deadline of a new request: it has `seconds` to arrive."""
        self._until = time.monotonic() + seconds

    def recv(self, size: int) -> bytes:
        """Reads up to `size` bytes. Raises SlowClient."""
        if not self._has_more(0.0):
            self._wait()
        return self._client.recv(size)

    def _wait(self) -> None:
        if not self._places.acquire(blocking=False):
            raise SlowClient
        try:
            if not self._has_more(max(0.0, self._until - time.monotonic())):
                raise SlowClient
        finally:
            self._places.release()

    def _has_more(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._client, select.POLLIN)
        return bool(poll.poll(seconds * 1000))


class Connection(TConn):
    """The connection of one client."""

    def __init__(self, places: BoundedSemaphore, *of_gunicorn: Any) -> None:
        super().__init__(*of_gunicorn)
        self._places = places
        self._reader: Reader | None = None

    def init(self) -> None:
        """Prepares the next request. gunicorn calls this in the thread before each request."""
        super().init()
        if self._reader is None:
            self._reader = self.parser.unreader.sock = Reader(self.sock, self._places)
        self._reader.begin(READ_SECONDS)

    def close(self, graceful: bool = False) -> None:
        """Closes the connection without waiting. Reads what has arrived first, so that the answer is not cut off."""
        if graceful:
            self._say_goodbye()
        util.close(self.sock)

    def _say_goodbye(self) -> None:
        try:
            self.sock.setblocking(False)
            self.sock.shutdown(socket.SHUT_WR)
            self.sock.recv(_LINGER_BYTES)
        except OSError:
            return


class PatientWorker(ThreadWorker):
    """The worker of one web process."""

    def __init__(self, *of_gunicorn: Any, **more: Any) -> None:
        super().__init__(*of_gunicorn, **more)
        self._places = BoundedSemaphore(SLOW_AT_ONCE)

    def accept(self, listener: socket.socket) -> None:
        """Accepts a connection and lets it wait for its first byte in the poller, without a thread."""
        try:
            client, address = listener.accept()
        except OSError as problem:
            if problem.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        connection = Connection(self._places, self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + READ_SECONDS
        self.pending_conns.append(connection)
        self.poller.register(connection.sock, EVENT_READ, partial(self.on_pending_socket_readable, connection))
