"""Organisations with a log each, and a superuser whom only verification can catch."""

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
    """A superuser's connection for which triggers do not fire: only verification can find what it does."""
    with closing(running.postgres.connect(SUPERUSER, "fiksreg")) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def busy(organisation: UUID, neighbour: UUID, db: None) -> UUID:
    """An organisation's chain after five lookups and a batch of three (entry 6); a second organisation did the same."""
    for whose in (organisation, neighbour):
        for number in numbers(5):
            append(lookup(whose, number), on="audit")
        batch(whose, numbers(3))
    return organisation
