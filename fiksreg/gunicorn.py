"""How gunicorn serves the pages; the Procfile and docker-compose.yml both point here."""

import os

from fiksreg.entrance.limits import THREADS

bind = f"{os.environ.get('FIKSREG_BIND', '127.0.0.1')}:{os.environ.get('FIKSREG_PORT', '8000')}"
worker_class = "fiksreg.entrance.worker.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = THREADS
# Without it keep-alive connections pile up on one of the workers.
reuse_port = True
graceful_timeout = 10
# An access log would hold the register-like addresses of the machine door. Our own log names routes.
accesslog = None
control_socket_disable = True
