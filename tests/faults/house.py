"""A Fiksreg of its own for tests that kill its processes, and somebody at a browser who sees only its pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import httpx

from fiksreg.demo.procfile import ROOT
from fiksreg.embedded import Child, Program
from fiksreg.embedded.databases import SUPERUSER
from tests import processes, services
from tests.services import Services, process_environment

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_STATE = re.compile(r'id="progress" data-state="(\w+)"')
_PERCENT = re.compile(r'<progress [^>]*value="(\d+)"')


@dataclass(frozen=True, slots=True)
class House:
    """The services, and the processes that run on them by name."""

    running: Services
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def web(self) -> str:
        return self.running.environment["FIKSREG_BASE_URL"]

    @property
    def simulator(self) -> str:
        return self.running.environment["FOLKEREGISTER_URL"]

    def start(self, name: str, **environment: str) -> Child:
        self.children[name] = processes.start(self.running, name, **environment)
        return self.children[name]

    def slow_down(self, operation: str, milliseconds: int) -> None:
        """From now on the register takes so much longer over each call of this operation."""
        fault = {"operation": operation, "kind": "latency", "ms": milliseconds}
        httpx.delete(f"{self.simulator}/_control/faults").raise_for_status()
        httpx.post(f"{self.simulator}/_control/faults", json=fault).raise_for_status()

    def calls(self, operation: str) -> int:
        """How often the register was asked this, since forget_calls()."""
        asked = httpx.get(f"{self.simulator}/_control/requests").raise_for_status().json()
        return sum(call["operation"] == operation for call in asked)

    def forget_calls(self) -> None:
        httpx.delete(f"{self.simulator}/_control/requests").raise_for_status()

    def logged(self, event: str) -> int:
        """How many entries of this event the log holds."""
        with self.running.postgres.connect(SUPERUSER, "fiksreg") as connection:
            row = connection.execute("SELECT count(*) FROM audit_entry WHERE event = %s", [event]).fetchone()
        assert row is not None
        return int(str(row[0]))


@contextmanager
def house(*, persons_per_kommune: int) -> Iterator[House]:
    """Web, clock, simulator and identity provider, with the demo loaded; workers are the test's to start."""
    house = House(services.start())
    size = {"FIKSREG_SIMULATOR_SIZE": str(persons_per_kommune)}
    try:
        for command in (("migrate", "--database", "owner"), ("load_catalogue",), ("load_demo",)):
            _manage(house.running, *command)
        for name in ("simulator", "identity", "web", "clock"):
            house.start(name, **size)
        for name, address in _alive(house).items():
            house.children[name].wait_until(partial(processes.answers, address), seconds=60)
        yield house
    finally:
        for child in house.children.values():
            child.kill()
        house.running.stop()


def _alive(house: House) -> dict[str, str]:
    return {
        "simulator": f"{house.simulator}/testpersoner.json",
        "identity": house.running.environment["OIDC_JWKS_ENDPOINT"],
        "web": f"{house.web}/healthz",
    }


def _manage(running: Services, *command: str) -> None:
    environment = process_environment(running)
    log = running.folder / "logs/manage.log"
    program = Program(
        name="manage", command=("python", "manage.py", *command), folder=ROOT, log=log, environment=environment
    )
    Child(program).finish(seconds=120)


class Caseworker:
    """Somebody at a browser, logged in through the identity provider."""

    def __init__(self, web: str, account: str) -> None:
        self._browser = httpx.Client(base_url=web, follow_redirects=True, timeout=30, headers={"Referer": f"{web}/"})
        provider = self._browser.get("/logg-inn/")
        self._browser.post(str(provider.url), data={"sub": account}).raise_for_status()

    def leave(self) -> None:
        self._browser.close()

    def order(self, **form: str | list[str]) -> str:
        """Sends the order form. Returns where the order's page is."""
        token = _TOKEN.search(self._browser.get("/innbyggerlister/bestill/").text)
        assert token is not None
        sent = self._browser.post("/innbyggerlister/bestill/", data={"csrfmiddlewaretoken": token[1], **form})
        sent.raise_for_status()
        return sent.url.path

    def state(self, order: str) -> str:
        found = _STATE.search(self._page(order))
        assert found is not None
        return found[1]

    def percent(self, order: str) -> int:
        found = _PERCENT.search(self._page(order))
        return int(found[1]) if found else 0

    def download(self, order: str) -> bytes:
        return self._browser.get(f"{order}last-ned/").raise_for_status().content

    def _page(self, order: str) -> str:
        return self._browser.get(order).raise_for_status().text
