"""gunicorn's settings for the simulator: one process, since the register is in its memory."""

import os

bind = f"{os.environ.get('FIKSREG_BIND', '127.0.0.1')}:{os.environ.get('FIKSREG_SIMULATOR_PORT', '8090')}"
worker_class = "gthread"
workers = 1
# Each call that a fault holds back keeps a thread, and control calls must still be served.
threads = 128
# A long silence may be a fault that a test ordered.
timeout = 600
graceful_timeout = 1
accesslog = None
control_socket_disable = True
