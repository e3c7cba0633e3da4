"""What the page keeps for as long as the process lives ends with the tests of it."""

from collections.abc import Iterator

import pytest

from lookup.testpersons import asking


@pytest.fixture(scope="session", autouse=True)
def _connections() -> Iterator[None]:
    yield
    asking._http().close()
