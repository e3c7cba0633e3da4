"""How gunicorn serves the pages; the Procfile and docker-compose.yml both point here."""

import gc
import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from fiksreg.embedded.ports import PortTaken, claim
from fiksreg.entrance.capacity import THREADS
from fiksreg.environment import positive

_HOST = os.environ.get("FIKSREG_BIND", "127.0.0.1")
try:
    _PORT, workers = positive("FIKSREG_PORT", default=8000), positive("WEB_CONCURRENCY", default=2)
except ImproperlyConfigured as _wrong:
    sys.exit(f"fiksreg: {_wrong}")
bind = f"{_HOST}:{_PORT}"
worker_class = "fiksreg.entrance.worker.PatientWorker"
threads = THREADS
# Without this, keep-alive connections pile up on one worker.
reuse_port = True
graceful_timeout = 10
# Seconds. Longer than a proxy in front keeps an unused connection (nginx: 60). Otherwise we might close the connection
# while the proxy sends the next request; it must not repeat a POST and would answer 502.
keepalive = 75
# An access log would hold full URLs, which may have numbers in them. Our own log has routes.
accesslog = None
control_socket_disable = True
#: New objects, beyond those let go, before the youngest are looked through; Python's own figure is 700.
_OBJECTS_BETWEEN_COLLECTIONS = 10_000


def on_starting(server: Any) -> None:
    """Refuses a port that is taken; with reuse_port it would be shared silently. gunicorn calls this before it
    listens."""
    if "GUNICORN_FD" in os.environ:
        return  # an upgraded gunicorn takes over the sockets of the one it replaces
    try:
        server.fiksreg_port = claim("web", _HOST, _PORT)
    except PortTaken:
        sys.exit(f"fiksreg: port {_PORT} is taken; choose another with FIKSREG_PORT")


def post_worker_init(worker: Any) -> None:
    """Takes what was loaded at start out of the garbage collector's rounds, and makes the rounds rarer.

    A page of a family makes some ten thousand short-lived objects, so that at Python's own threshold the collector
    would go through all of Django several times a second. gunicorn calls this when the application is loaded.
    """
    del worker
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
