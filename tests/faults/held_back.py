"""The web process with a pause point: an answer that is ready, and logged, is held back in front of its first byte.

The pause point lies around the product, not in it: there is none to switch on where the product runs.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import Any

from fiksreg.wsgi import application as fiksreg

PATHS = re.compile(os.environ["HELD_BACK_PATHS"])
HELD = Path(os.environ["HELD_BACK_FILE"])


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Fiksreg's own answer; to a path of PATHS, its answer and then silence."""
    answer = fiksreg(environ, start_response)
    if PATHS.fullmatch(environ["PATH_INFO"]):
        HELD.touch()
        Event().wait()
    return answer
