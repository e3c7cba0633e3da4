"""How gunicorn serves the simulator: one process, since its persons and its faults are held in memory."""

import os

bind = f"{os.environ.get('FIKSREG_BIND', '127.0.0.1')}:{os.environ.get('FIKSREG_SIMULATOR_PORT', '8090')}"
worker_class = "gthread"
workers = 1
threads = 64
# A register that hangs on purpose must not look like a hung server.
timeout = 120
graceful_timeout = 1
accesslog = None
control_socket_disable = True
