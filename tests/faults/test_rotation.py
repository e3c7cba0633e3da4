"""A master key is changed in the two documented steps, process by process: in between, web and worker differ."""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.faults.house import Caseworker, House
from tests.waiting import until

#: With addresses, so that a download asks again about everybody's household.
ORDER: dict[str, str | list[str]] = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "1900",
    "born_to": "2026",
    "elements": ["identifikasjonsnummer", "navn", "bostedsadresse"],
    "purpose": "Sak 2026/17",
}


@dataclass(frozen=True, slots=True)
class Rotation:
    """A house whose processes are given the keys one by one."""

    house: House
    keys: dict[str, str]

    def give(self, process: str, *names: str) -> None:
        """Starts the process anew with these keys, the current one first."""
        if process in self.house.children:
            self.house.children[process].kill()
        self.house.start(process, FIKSREG_MASTER_KEYS=",".join(self.keys[name] for name in names))
        if process == "web":
            self.house.wait_for("web")


@pytest.fixture
def rotation(small_house: House) -> Iterator[Rotation]:
    old, new = small_house.running.environment["FIKSREG_MASTER_KEYS"], base64.b64encode(os.urandom(32)).decode()
    rotation = Rotation(small_house, {"old": old, "new": new})
    yield rotation
    small_house.children["worker"].kill()
    rotation.give("clock", "old")
    rotation.give("web", "old")


def ordered(caseworker: Caseworker) -> str:
    """A list that a worker has made."""
    order = caseworker.order(**ORDER)
    until(lambda: caseworker.state(order) == "ready", seconds=60)
    return order


def downloaded(caseworker: Caseworker, order: str) -> list[tuple[object, ...]]:
    """Every row of the file; the order is as ready after it as before."""
    content = caseworker.download(order)
    assert caseworker.state(order) == "ready"
    return [*load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)]


def test_a_key_is_changed_while_lists_are_ordered_made_and_handed_over(
    rotation: Rotation, caseworker: Caseworker
) -> None:
    # Step 1: the new key last, in one process after the other; first the worker has it alone, then web.
    rotation.give("worker", "old", "new")
    before = ordered(caseworker)
    rows = downloaded(caseworker, before)
    assert len(rows) > 10

    def nobody_notices() -> None:
        assert downloaded(caseworker, ordered(caseworker)) == rows
        assert downloaded(caseworker, before) == rows

    rotation.give("worker", "old")
    rotation.give("web", "old", "new")
    nobody_notices()
    # Step 2, when all have it: the new key first, again in the one alone and then in the other.
    rotation.give("clock", "old", "new")
    rotation.give("worker", "new", "old")
    nobody_notices()
    rotation.give("worker", "old", "new")
    rotation.give("web", "new", "old")
    nobody_notices()
