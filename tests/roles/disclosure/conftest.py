"""The fixture of the simulated register for the tests of the gate."""

from collections.abc import Iterator

import pytest

from tests.roles.disclosure.asking import Simulated


@pytest.fixture
def register(simulator: str, db: None) -> Iterator[Simulated]:
    register = Simulated(simulator)
    register.forget()
    yield register
    register.close()
