"""`python -m tests.mutation`: the field policy with one thing changed at a time, and whether its tests notice.

Those that no test can notice, and why, stand in docs/mutants.md. What mutmut made stays in mutants/, for a closer look:
`.venv/bin/mutmut show NAME`.
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


def mutmut(*arguments: str) -> str:
    """What it says. Ends the run with that when it fails, but for the spinner."""
    program = Path(sys.executable).with_name("mutmut")
    done = subprocess.run(
        [program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.exit("\n".join(line for line in done.stdout.splitlines() if not line.startswith(_SPINNER)))
    return done.stdout


def main() -> int:
    """Only a failing test kills: a mutant that times out, or that no test reaches, counts as alive."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    mutmut("run")
    mutmut("export-cicd-stats")
    counted = json.loads((_FOLDER / "mutmut-cicd-stats.json").read_text())
    killed, total = counted["killed"], counted["total"]
    share = 100 * killed / total
    sys.stdout.write(mutmut("results"))
    report("campaign", "mutants", "killed", value=share, unit="%", bar=_ASKED, n=total, ok=share >= _ASKED)
    return 0 if share >= _ASKED else 1


if __name__ == "__main__":
    sys.exit(main())
