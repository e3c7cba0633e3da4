"""`python -m tests.bench [NAME...]`: everything when nothing is named."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.bench import adapter, administration, documents, lists, lookups, simulator, tenor, writers
from tests.bench.house import House, house


def _in_a_house(run: Callable[[House], None], *, persons: int) -> None:
    with house(persons_per_kommune=persons) as site:
        run(site)


_BENCHES: Final[dict[str, Callable[[], None]]] = {
    "documents": documents.run,
    "adapter": adapter.run,
    "simulator": simulator.run,
    "tenor": tenor.run,
    "administration": administration.run,
    "writers": writers.run,
    "lookups": partial(_in_a_house, lookups.run, persons=2_000),
    "lists": partial(_in_a_house, lists.run, persons=lists.MIDDLE),
    "large-lists": partial(_in_a_house, lists.run_large, persons=lists.LARGE),
}


def main(names: list[str]) -> int:
    """A figure below its bar is told, not raised. Each bench has a process, and what it needs, of its own."""
    if len(names) == 1:
        _BENCHES[names[0]]()
        return 0
    command = [sys.executable, "-m", "tests.bench"]
    return max(subprocess.run([*command, name], check=False).returncode for name in names or _BENCHES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
