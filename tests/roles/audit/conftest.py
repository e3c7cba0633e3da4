"""Organisations with a log each, and the superuser who gets past every guard but not past verification."""

from collections.abc import Iterator
from contextlib import closing
from uuid import UUID, uuid4

import psycopg
import pytest

from fiksreg.embedded.databases import SUPERUSER
from roles.audit import append
from tests.roles.audit.acts import batch, lookup, numbers
from tests.services import Services


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


@pytest.fixture
def neighbour() -> UUID:
    return uuid4()


@pytest.fixture
def superuser(running: Services, db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Triggers do not fire for this connection: what it does, only verification can find."""
    with closing(running.postgres.connect(SUPERUSER, "fiksreg")) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def busy(organisation: UUID, neighbour: UUID, db: None) -> UUID:
    """The organisation after five lookups and a batch (entry 6) of three; its neighbour has done the same."""
    for whose in (organisation, neighbour):
        for number in numbers(5):
            append(lookup(whose, number), on="audit")
        batch(whose, numbers(3))
    return organisation
