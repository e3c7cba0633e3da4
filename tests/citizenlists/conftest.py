"""Two organisations, their caseworkers, and the simulated register."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from integrations.folkeregisteret.elements import ELEMENTS
from roles.models import Organisation
from tests.citizenlists.caseworkers import OPEN, Caseworker, caseworker
from tests.citizenlists.register import Register
from tests.roles.onboarding.taken import in_use


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    """Where list files lie in this test."""
    settings.FIKSREG_FILES_DIR = tmp_path / "lists"
    return tmp_path / "lists"


@pytest.fixture
def register(simulator: str) -> Iterator[Register]:
    register = Register(simulator)
    yield register
    register.restore()


@pytest.fixture
def havbris(db: None) -> Organisation:
    return in_use(
        Organisation.objects.create(
            name="Havbris kommune", organisation_number="310000019", kind="KOMMUNE", kommuner=["1870"]
        )
    )


@pytest.fixture
def fjellro(db: None) -> Organisation:
    return in_use(
        Organisation.objects.create(
            name="Fjellro kommune", organisation_number="310000027", kind="KOMMUNE", kommuner=["4640"]
        )
    )


@pytest.fixture
def school(havbris: Organisation) -> Caseworker:
    """A caseworker who may put every element on a list."""
    return caseworker("Saksbehandler skole", organisation=havbris, elements=ELEMENTS)


@pytest.fixture
def office(havbris: Organisation) -> Caseworker:
    """A caseworker of the same organisation with another role, without confidential elements."""
    return caseworker("Saksbehandler servicekontor", organisation=havbris, elements=OPEN)


@pytest.fixture
def neighbour(fjellro: Organisation) -> Caseworker:
    """A caseworker of the other organisation who may put every element on a list there."""
    return caseworker("Saksbehandler nabo", organisation=fjellro, elements=ELEMENTS)
