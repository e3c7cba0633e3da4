"""Caseworkers of two organisations, and the simulated register."""

from collections.abc import Iterator

import pytest

from roles.models import Organisation
from tests.lookup.log import Log
from tests.lookup.people import EVERYTHING, OPEN, Caseworker, caseworker
from tests.lookup.register import Register
from tests.roles.onboarding.taken import in_use


@pytest.fixture
def register(simulator: str) -> Iterator[Register]:
    register = Register(simulator)
    register.forget()
    yield register
    register.close()


@pytest.fixture
def nordvaag(db: None) -> Organisation:
    return in_use(Organisation.objects.create(name="Nordvåg kommune", organisation_number="999000001", kind="KOMMUNE"))


@pytest.fixture
def soerdal(db: None) -> Organisation:
    return in_use(Organisation.objects.create(name="Sørdal kommune", organisation_number="999000002", kind="KOMMUNE"))


@pytest.fixture
def narrow(nordvaag: Organisation) -> Caseworker:
    """A caseworker who may see what is open to every public body."""
    return caseworker("Saksbehandler åpen", organisation=nordvaag, elements=OPEN)


@pytest.fixture
def wide(nordvaag: Organisation) -> Caseworker:
    """A caseworker who may see everything except confidential addresses."""
    return caseworker("Saksbehandler bred", organisation=nordvaag, elements=EVERYTHING)


@pytest.fixture
def trusted(nordvaag: Organisation) -> Caseworker:
    """A caseworker who may see everything; confidential addresses with a reason and a case."""
    return caseworker(
        "Saksbehandler betrodd",
        organisation=nordvaag,
        elements=EVERYTHING,
        case_reference_required=True,
        confidential_addresses=True,
    )


@pytest.fixture
def neighbour(soerdal: Organisation) -> Caseworker:
    """A caseworker of the other organisation who may see everything there."""
    return caseworker("Saksbehandler nabo", organisation=soerdal, elements=EVERYTHING)


@pytest.fixture
def log(db: None) -> Log:
    return Log()
