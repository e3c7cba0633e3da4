"""How gunicorn serves the pages; the Procfile and docker-compose.yml both point here."""

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
# Without it keep-alive connections pile up on one of the workers.
reuse_port = True
graceful_timeout = 10
# Seconds. Longer than a proxy in front keeps a connection that nobody uses (nginx: 60), so that it is never us who hang
# up while it sends the next request: it may not send a POST a second time, and would answer 502.
keepalive = 75
# An access log would hold the register-like addresses of the machine door. Our own log names routes.
accesslog = None
control_socket_disable = True


def on_starting(server: Any) -> None:
    """gunicorn calls it before it listens. With reuse_port a port that is taken would be shared, and nobody told."""
    if "GUNICORN_FD" in os.environ:
        return  # takes over the sockets of the one it follows
    try:
        server.fiksreg_port = claim("web", _HOST, _PORT)
    except PortTaken:
        sys.exit(f"fiksreg: port {_PORT} is taken; choose another with FIKSREG_PORT")
