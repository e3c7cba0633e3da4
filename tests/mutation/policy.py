"""The field policy with each single thing in it changed, by mutmut, and whether its own tests notice.

What mutmut made stays in mutants/, for a closer look: `.venv/bin/mutmut show NAME`.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.reporting import report

_FOLDER: Final = Path("mutants")
_ASKED: Final = 95.0
_SPINNER: Final = tuple("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")


def try_all() -> bool:
    """Whether enough are killed. Only a failing test kills: one that times out, or that no test reaches, is alive."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _mutmut("run")
    _mutmut("export-cicd-stats")
    counted = json.loads((_FOLDER / "mutmut-cicd-stats.json").read_text())
    killed, total = counted["killed"], counted["total"]
    share = 100 * killed / total
    sys.stdout.write(_mutmut("results"))
    report(
        "campaign", "mutants of the policy", "killed", value=share, unit="%", bar=_ASKED, n=total, ok=share >= _ASKED
    )
    return share >= _ASKED


def _mutmut(*arguments: str) -> str:
    """What it says. Ends the run with that when it fails, but for the spinner."""
    program = Path(sys.executable).with_name("mutmut")
    done = subprocess.run(
        [program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.exit("\n".join(line for line in done.stdout.splitlines() if not line.startswith(_SPINNER)))
    return done.stdout
