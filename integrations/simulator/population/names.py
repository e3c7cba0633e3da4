"""Invented names: an adjective and a noun, as in the register's own test data. No real person has such a name."""

from importlib import resources
from random import Random
from typing import Final


def _words(file: str) -> tuple[str, ...]:
    return tuple(resources.files(__package__).joinpath(file).read_text(encoding="utf-8").split())


GIVEN: Final = _words("given_names.txt")

FAMILY: Final = _words("family_names.txt")

#: Names with letters that cause faults in registers, labels and sorting.
UNUSUAL_GIVEN: Final = (
    "BJØRN-ÅGE",
    "ČUODJI",
    "ŠEARRA",
    "MÜDE",
    "RENÉLUR",
    "LÉA-SNILL",
    "D'ARTIG",
    "ÆRLIG-ØM",
    "ŽIVAHEN",
)
UNUSUAL_FAMILY: Final = (
    "ÁHKKAJÁVRI",
    "O'MÅKE",
    "GRÜNSPECHT",
    "VAN DER VIPE",
    "ĐUOTTAR",
    "SØR-ÆRFUGL",
    "ŊIŊŊE",
    "ÅSEN LYNG",
)


def given_name(random: Random) -> str:
    chance = random.random()
    if chance < 0.01:
        return random.choice(UNUSUAL_GIVEN)
    first = GIVEN[int(random.random() * len(GIVEN))]
    return first if chance < 0.9 else f"{first} {GIVEN[int(random.random() * len(GIVEN))]}"


def family_name(random: Random) -> str:
    chance = random.random()
    return random.choice(UNUSUAL_FAMILY) if chance < 0.01 else FAMILY[int(random.random() * len(FAMILY))]
