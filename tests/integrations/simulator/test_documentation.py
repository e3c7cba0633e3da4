"""docs/simulator.md names what there is, and nothing else."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from integrations.simulator.doors.errorshapes import SHAPES
from integrations.simulator.doors.faults import KINDS, OPERATIONS
from integrations.simulator.settings import settings_from
from tests.integrations.simulator.door import Door

ROOT: Final = Path(__file__).parents[3]
TEXT: Final = (ROOT / "docs/simulator.md").read_text()
OWN: Final = "FIKSREG_SIMULATOR_"


class Noticing(Mapping[str, str]):
    """An empty environment that remembers what was looked for."""

    def __init__(self) -> None:
        self.wanted: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.wanted.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def quoted(text: str) -> set[str]:
    return set(re.findall(r"`([^` ]+)`", text))


def rows(heading: str) -> set[str]:
    """What stands in code in the rows of a table that begin so, and in those below without a beginning."""
    found = re.search(rf"^\| {heading} \|(.*\n(?:\| +\|.*\n)*)", TEXT, re.MULTILINE)
    assert found
    return quoted(found[1])


def test_every_setting_is_named() -> None:
    environment = Noticing()
    settings_from(environment)
    assert {name for name in quoted(TEXT) if re.fullmatch(f"{OWN}[A-Z_]+", name)} == {
        name for name in environment.wanted if name.startswith(OWN)
    }


def test_every_fault_is_named() -> None:
    assert rows("operation") == OPERATIONS
    assert rows("kind") - {"Retry-After", "ms"} == KINDS
    assert rows("shape") == SHAPES


def test_every_call_of_the_control_door_is_answered(door: Door) -> None:
    named = set(re.findall(r"/_control/[a-z.]+", TEXT))
    answers = {path: door.http.put(path).status_code for path in named}
    assert len(named) == 10
    assert set(answers.values()) == {405}


def test_the_paths_of_the_doors_are_there(door: Door) -> None:
    for path in ("/folkeregisteret/offentlig-med-hjemmel/api/v1/", "/folkeregisteret/api/offentligutenhjemmel/v1/"):
        assert f"`{path}…`" in TEXT
        assert door.http.get(f"{path}hendelser/siste/sekvensnummer", headers={"Accept": "*/*"}).status_code == 401
