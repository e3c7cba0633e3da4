"""The facts about the register are read where they lie, at run time; nothing of them is stored with the product."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fiksreg.embedded import free_port
from tests import processes
from tests.contract.asking import DOORS, WITH, Client, Door, doors, numbers_of_everyone
from tests.services import Services

SHARED = Path(os.environ.get("FIKSREG_SHARED") or Path(__file__).parents[3] / "shared") / "folkeregisteret"
#: With the special cases, and two kommuner of these, more than a thousand.
PERSONS_PER_KOMMUNE = 700

#: Without the facts there is nothing to hold anything against: the modules are left alone, and the report says so.
collect_ignore_glob = [] if SHARED.is_dir() else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not SHARED.is_dir():
        terminalreporter.write_line(f"CONTRACT TESTS NOT RUN: {SHARED} does not exist", red=True, bold=True)


@pytest.fixture(scope="session")
def simulator(running: Services) -> Iterator[str]:
    """A simulated register of this suite's own, with more persons than others need."""
    port = str(free_port())
    # The doors are opened once, and their tokens must last for all of it.
    settings = {"SIZE": str(PERSONS_PER_KOMMUNE), "PORT": port, "TOKEN_SECONDS": "3600"}
    environment = {f"FIKSREG_SIMULATOR_{name}": value for name, value in settings.items()}
    child = processes.start(running, "simulator", **environment)
    address = f"http://127.0.0.1:{port}"
    child.wait_until(lambda: processes.answers(f"{address}/testpersoner.json"), seconds=30)
    httpx.delete(f"{address}/_control/requests").raise_for_status()
    yield address
    child.kill()


@pytest.fixture(scope="session")
def client(running: Services) -> Client:
    """The one the environment has."""
    settings = running.environment
    return Client(
        client_id=settings["MASKINPORTEN_CLIENT_ID"],
        key_id=settings["MASKINPORTEN_KEY_ID"],
        private_key=settings["MASKINPORTEN_PRIVATE_KEY"].replace("\\n", "\n"),
    )


@pytest.fixture(scope="session")
def ways(simulator: str, client: Client) -> Iterator[dict[str, Door]]:
    """Every door by its name."""
    with doors(simulator, client) as opened:
        yield opened


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, ways: dict[str, Door]) -> Door:
    """One after the other."""
    return ways[request.param]


@pytest.fixture(params=[name for name in DOORS if str(WITH) in name])
def door_with_legal_basis(request: pytest.FixtureRequest, ways: dict[str, Door]) -> Door:
    return ways[request.param]


@pytest.fixture(scope="session")
def everyone(ways: dict[str, Door]) -> list[str]:
    """More than a thousand persons by their current numbers, every special case among them."""
    found = numbers_of_everyone(ways[DOORS[0]])
    assert len(found) > 1000, "too few persons to say anything"
    return found


@pytest.fixture(scope="session")
def cases(simulator: str) -> dict[str, str]:
    """The number of each named test person."""
    found = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    return {case["case"]: case["number"] for case in found}
