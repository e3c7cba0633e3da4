"""The WSGI application in front of Django's. A refused request reaches neither a session nor a view."""

import select
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.conf import settings

from fiksreg.entrance import bodies, capacity, refusals
from fiksreg.entrance.admission import Admission, Tally
from fiksreg.entrance.bodies import Environ
from roles.connections import let_go

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: The load balancer's URLs, which are always answered. /readyz checks all that we need, so few run at once.
_ALIVE, _READY = "/healthz", "/readyz"

logger = structlog.stdlib.get_logger(__name__)


class Door:
    """Admits requests, each after it is read whole."""

    def __init__(
        self,
        application: Application,
        ready: Callable[[], bool],
        admission: Admission | None = None,
        readiness: Admission | None = None,
    ) -> None:
        """ready: whether requests other than the load balancer's may be answered."""
        self._application, self._ready = application, ready
        self._admission = admission or Admission(
            at_once=capacity.AT_ONCE, waiting=capacity.WAITING, patience=capacity.PATIENCE_SECONDS
        )
        self._readiness = readiness or Admission(at_once=2, waiting=8, patience=capacity.PATIENCE_SECONDS)
        self._turned_away = Tally(lambda count: logger.warning("turned away", requests=count), time.monotonic)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        _bound_sending(environ)
        try:
            bodies.buffer(environ, most=capacity.BODY_BYTES)
        except bodies.TooLarge:
            return refusals.too_large(environ, start_response)
        except bodies.Refused:
            return refusals.too_slow(environ, start_response)
        return self._answer(environ, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == _ALIVE or path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            environ.pop("HTTP_COOKIE", None)  # without a session: a request that needs no place must ask no database
            return self._application(environ, start_response)
        if path == _READY:
            return self._in_turn(self._readiness, self._application, environ, start_response)
        return self._in_turn(self._admission, self._page, environ, start_response)

    def _in_turn(
        self, admission: Admission, answer: Application, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if not admission.enter():
            self._turned_away.add()
            return refusals.busy(environ, start_response)
        try:
            return refusals.nobody(start_response) if _has_left(environ) else answer(environ, start_response)
        finally:
            let_go()  # a slow receiver must not hold a connection
            admission.leave()

    def _page(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return self._application(environ, start_response) if self._ready() else refusals.away(environ, start_response)


def _has_left(environ: Environ) -> bool:
    """Whether the client hung up while it waited: then nothing is asked, and nothing logged, for nobody."""
    client = environ.get("gunicorn.socket")
    if client is None:
        return False
    said_something = select.poll()
    said_something.register(client, select.POLLIN)
    try:
        return bool(said_something.poll(0)) and client.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return True


def _bound_sending(environ: Environ) -> None:
    client = environ.get("gunicorn.socket")
    if client is not None:
        client.settimeout(capacity.SEND_SECONDS)
