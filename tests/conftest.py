"""Every run of tests has a PostgreSQL and a Valkey of its own; the simulated register starts when a test asks for it.

Tests that touch the database run with real transactions on both connections ("default" and "audit"): mark them with
`pytest.mark.django_db`, or ask for the fixture `db`.
"""

import os
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import django
import httpx
import pytest
import redis
from django.core.management import call_command
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests import processes, services
from tests.database import PristineDatabase

# Before anything imports the settings, which read the environment once.
_SERVICES = services.start()
# Threads of a test that ends badly keep their connections; a process of the product keeps to its own number.
_OF_THE_TESTS = {"NO_PROXY": "127.0.0.1,localhost", "FIKSREG_DATABASE_CONNECTIONS": "100"}
os.environ.update(_SERVICES.environment | _OF_THE_TESTS)
django.setup()

# How long a machine takes to make up an example says nothing about the product.
settings.register_profile("fiksreg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fiksreg")

_REAL_TRANSACTIONS = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
_DATABASE_FIXTURES = {"db", "transactional_db"}
_CONTRACT = Path(__file__).parent / "contract"


def pytest_unconfigure() -> None:
    _SERVICES.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(_REAL_TRANSACTIONS, append=False)
        if _CONTRACT in item.path.parents:
            item.add_marker(pytest.mark.contract)


@pytest.fixture(scope="session")
def running() -> services.Services:
    """The throw-away services of this run."""
    return _SERVICES


@pytest.fixture(scope="session")
def pristine(running: services.Services, django_db_blocker: DjangoDbBlocker) -> Iterator[PristineDatabase]:
    """Migrated once through the owner's connection."""
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0)
    pristine = PristineDatabase(running.postgres)
    yield pristine
    pristine.close()


@pytest.fixture
def catalogue(db: None, pristine: PristineDatabase) -> None:
    """The service areas and legal bases of the files, and nothing else."""
    pristine.bring_to("catalogue", _load_catalogue)


@pytest.fixture
def demo(db: None, pristine: PristineDatabase) -> None:
    """The catalogue, and the demo's organisations, accounts and roles."""
    pristine.bring_to("demo", lambda: (_load_catalogue(), call_command("load_demo", stdout=StringIO())))


def _load_catalogue() -> None:
    call_command("load_catalogue", stdout=StringIO())


@pytest.fixture(scope="session")
def django_db_setup(running: services.Services, pristine: PristineDatabase) -> Iterator[None]:
    """After each test back to the migrated state."""
    broker = redis.Redis.from_url(running.environment["REDIS_URL"])
    with pytest.MonkeyPatch.context() as patch, broker:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: _reset(pristine, broker))
        yield


def _reset(pristine: PristineDatabase, broker: "redis.Redis[bytes]") -> None:
    pristine.restore()
    for pattern in ("fiksreg:1:*", "fiksreg:count:*"):  # the cache and the counts; a worker's queue stays
        for key in broker.scan_iter(pattern):
            broker.delete(key)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that the database server's account can pass through; pytest closes its own to all others."""
    with tempfile.TemporaryDirectory(prefix="fiksreg-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="session")
def simulator(running: services.Services) -> Iterator[str]:
    """The address of the simulated register, running in a process of its own."""
    child = processes.start(running, "simulator")
    address = running.environment["FOLKEREGISTER_URL"]
    child.wait_until(lambda: processes.answers(f"{address}/testpersoner.json"), seconds=30)
    yield address
    child.kill()


@pytest.fixture(scope="session")
def _http() -> Iterator[httpx.Client]:
    """One for all: making one costs more than what it is used for here.

    No connection is kept: the simulator may close one it has kept in the moment the next test uses it.
    """
    with httpx.Client(timeout=10, limits=httpx.Limits(max_keepalive_connections=0)) as http:
        yield http


@pytest.fixture(autouse=True)
def _untouched_simulator(request: pytest.FixtureRequest, _http: httpx.Client) -> Iterator[None]:
    """Whom a test put into the simulated register, and the faults it ordered, are gone after it."""
    yield
    if "simulator" in request.fixturenames:
        for what in ("persons", "faults"):
            _http.delete(f"{request.getfixturevalue('simulator')}/_control/{what}").raise_for_status()
