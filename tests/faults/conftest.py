"""One small house for the tests that leave it as they found it."""

from collections.abc import Iterator

import pytest

from tests.faults.house import Caseworker, House, house


@pytest.fixture(scope="package")
def small_house() -> Iterator[House]:
    with house(persons_per_kommune=20) as small:
        yield small


@pytest.fixture
def caseworker(small_house: House) -> Iterator[Caseworker]:
    """May see relations, and order lists."""
    caseworker = Caseworker(small_house.web, "Saksbehandler barnehage")
    yield caseworker
    caseworker.leave()
