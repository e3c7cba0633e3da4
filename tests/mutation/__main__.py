"""`python -m tests.mutation rooms|policy`: one thing changed at a time, and whether a test notices.

rooms: a seeded sample over all our rooms (SCALE, SEED). policy: every change of the field policy. docs/mutants.md says
which changes no test can notice, and why.
"""

import os
import sys
from collections.abc import Callable
from typing import Final

from tests.mutation import policy, sample
from tests.mutation.sample import Mutant
from tests.reporting import report

_ASKED: Final = 90.0
_AT_SCALE_ONE: Final = 400


def try_rooms() -> bool:
    """Whether the tests notice enough of a sample. Those that live are named, and in the end once more together."""
    seed, scale = os.environ.get("SEED", "fiksreg"), float(os.environ.get("SCALE", "1"))
    mutants = sample.drawn(seed, max(int(_AT_SCALE_ONE * scale), 10))
    alive = sample.survivors(mutants, at_once=os.cpu_count() or 1, told=_tell)
    killed = 100 * (1 - len(alive) / len(mutants))
    sys.stdout.writelines(f"alive: {mutant}\n" for mutant in alive)
    name = f"mutants of all rooms (seed {seed})"
    report("campaign", name, "killed", value=killed, unit="%", bar=_ASKED, n=len(mutants), ok=killed >= _ASKED)
    return killed >= _ASKED


def _tell(mutant: Mutant, outcome: str) -> None:
    if outcome != "failed":
        sys.stdout.write(f"{outcome}: {mutant}\n")
        sys.stdout.flush()


_VERBS: Final[dict[str, Callable[[], bool]]] = {"rooms": try_rooms, "policy": policy.try_all}


def main(arguments: list[str]) -> int:
    """The exit status."""
    if len(arguments) != 1 or arguments[0] not in _VERBS:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0 if _VERBS[arguments[0]]() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
