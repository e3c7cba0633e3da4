"""The application that gunicorn serves.

Serve it with one process and many threads: the register, jobs, tokens and faults are in the memory of the process.
"""

import os
from typing import Final

from integrations.simulator.settings import settings_from
from integrations.simulator.simulator import Simulator

application: Final = Simulator(settings_from(os.environ))
