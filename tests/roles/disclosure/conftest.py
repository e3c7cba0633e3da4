"""The simulated register, as the gate's tests find it."""

from collections.abc import Iterator

import pytest

from tests.roles.disclosure.asking import Simulated


@pytest.fixture
def register(simulator: str, db: None) -> Iterator[Simulated]:
    register = Simulated(simulator)
    register.forget()
    yield register
    register.close()
