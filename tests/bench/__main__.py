"""`python -m tests.bench [lookups|lists]`: everything when nothing is named."""

import subprocess
import sys

from tests.bench import lists, lookups
from tests.bench.house import house

_BENCHES = {"lookups": (lookups.run, 2_000), "lists": (lists.run, 21_500)}


def main(names: list[str]) -> int:
    """A figure below its bar is told, not raised. Each bench has a process and a house of its own."""
    if len(names) == 1:
        run, persons = _BENCHES[names[0]]
        with house(persons_per_kommune=persons) as site:
            run(site)
        return 0
    command = [sys.executable, "-m", "tests.bench"]
    return max(subprocess.run([*command, name], check=False).returncode for name in names or _BENCHES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
