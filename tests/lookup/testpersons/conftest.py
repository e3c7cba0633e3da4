"""Ends what the page caches in the process, so that other tests do not get it."""

from collections.abc import Iterator

import pytest

from lookup.testpersons import asking


@pytest.fixture(scope="session", autouse=True)
def _connections() -> Iterator[None]:
    yield
    asking._http().close()
