"""`python -m tests.mutation rooms|near-the-gate|policy`: one thing changed at a time, and whether a test notices.

rooms: a seeded sample over all our rooms (SCALE, SEED). near-the-gate: the same over access, the gate, the shared words
and the columns of lists. policy: every change of the field policy. docs/mutants.md says which changes no test can
notice, and why.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.mutation import policy, sample
from tests.mutation.rooms import NEAR_THE_GATE, PACKAGES, sources_in
from tests.mutation.sample import Mutant
from tests.reporting import report


def try_sample(of: str, rooms: tuple[str, ...], *, bar: float, at_scale_one: int) -> bool:
    """Whether the tests notice enough of a sample. Those that live are named, and in the end once more together."""
    seed, scale = os.environ.get("SEED", "fiksreg"), float(os.environ.get("SCALE", "1"))
    mutants = sample.drawn(seed, max(int(at_scale_one * scale), 10), sources_in(rooms))
    alive = sample.survivors(mutants, at_once=os.cpu_count() or 1, told=_tell)
    killed = 100 * (1 - len(alive) / len(mutants))
    sys.stdout.writelines(f"alive: {mutant}\n" for mutant in alive)
    name = f"mutants of {of} (seed {seed})"
    report("campaign", name, "killed", value=killed, unit="%", bar=bar, n=len(mutants), ok=killed >= bar)
    return killed >= bar


def _tell(mutant: Mutant, outcome: str) -> None:
    if outcome != "failed":
        sys.stdout.write(f"{outcome}: {mutant}\n")
        sys.stdout.flush()


_VERBS: Final[dict[str, Callable[[], bool]]] = {
    "rooms": partial(try_sample, "all rooms", PACKAGES, bar=90.0, at_scale_one=400),
    "near-the-gate": partial(try_sample, "the rooms near the gate", NEAR_THE_GATE, bar=95.0, at_scale_one=200),
    "policy": policy.try_all,
}


def main(arguments: list[str]) -> int:
    """The exit status."""
    if len(arguments) != 1 or arguments[0] not in _VERBS:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0 if _VERBS[arguments[0]]() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
