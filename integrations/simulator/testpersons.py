"""Writes docs/testpersoner.md: python -m integrations.simulator.testpersons > docs/testpersoner.md."""

import sys
from collections.abc import Iterable
from typing import Final

from integrations.simulator.population.casebook import Case
from integrations.simulator.population.population import populate
from integrations.simulator.settings import Settings

_HEAD: Final = """# Testpersoner

Personer i det syntetiske folkeregisteret som er laget for å vise ett tilfelle hver. Numrene er de samme hver gang,
uansett hvor stort registeret er, så lenge `FIKSREG_SIMULATOR_SEED` ikke er endret. Simulatoren viser den samme lista
på `/testpersoner.json`. Ingen av personene finnes: alle numre har måneden pluss 80.

Fila lages med `python -m integrations.simulator.testpersons > docs/testpersoner.md`.

| tilfelle | nummer | navn | hva et svar viser |
|---|---|---|---|
"""


def table_of(cases: Iterable[Case]) -> str:
    """The whole file, in Markdown."""
    rows = (f"| {case.case} | {case.number} | {case.name} | {case.expect} |\n" for case in cases)
    return _HEAD + "".join(rows)


def main() -> None:
    settings = Settings()
    cases = populate(settings.seed, size=settings.size, kommuner=settings.kommuner).cases
    sys.stdout.write(table_of(cases))


if __name__ == "__main__":
    main()
