"""A Fiksreg of its own for tests that kill its processes, and somebody at a browser who sees only its pages."""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit

import httpx
import redis

from fiksreg.demo.procfile import ROOT
from fiksreg.embedded import Child, Program, Valkey
from fiksreg.embedded.databases import SUPERUSER
from tests import processes, services
from tests.services import Services, process_environment

#: What a form is filled in with; a list where several boxes are ticked.
Typed = Mapping[str, str] | Mapping[str, str | list[str]]
#: The form of a list with every inhabitant of one of the simulator's two kommuner.
EVERYBODY: Mapping[str, str | list[str]] = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "1900",
    "born_to": "2026",
    "elements": ["identifikasjonsnummer", "navn"],
    "purpose": "Sak 2026/17",
}

_LOGGED = "SELECT count(*) FROM audit_entry WHERE event = %s AND %s IN ('', body::json ->> 'outcome')"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_STATE = re.compile(r'id="progress"\s+data-state="(\w+)"')
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
        """name: of the process, and a second word where there are several of it, such as "worker 2"."""
        self.children[name] = processes.start(self.running, name.split(maxsplit=1)[0], **environment)
        return self.children[name]

    def start_again_what_ended(self) -> list[str]:
        """Does what the supervisor of every deployment does. Returns the names of the processes that had ended."""
        ended = [name for name, child in self.children.items() if not child.is_running()]
        for name in ended:
            self.children[name].kill()  # what is left of its group
            self.start(name)
        return ended

    def manage(self, *command: str) -> None:
        """Runs a command of manage.py. Raises ChildFailed when it fails."""
        self.run("manage.py", *command)

    def run(self, *command: str) -> None:
        """Runs Python to its end. Raises ChildFailed when it fails."""
        log = self.running.folder / "logs/manage.log"
        program = Program(
            name="manage",
            command=("python", *command),
            folder=ROOT,
            log=log,
            environment=process_environment(self.running),
        )
        Child(program).finish(seconds=120)

    def start_holding_back(self, paths: str, held: Path) -> Child:
        """Web with a pause point in front of the first byte of every answer to these paths (a regular expression).

        The file `held` is there as soon as an answer is held back.
        """
        pause = {"HELD_BACK_PATHS": paths, "HELD_BACK_FILE": str(held)}
        held_back = {"fiksreg.wsgi": "tests.faults.held_back"}
        self.children["web"] = processes.start(self.running, "web", held_back, **pause)
        self.wait_for("web")
        return self.children["web"]

    def wait_for(self, name: str) -> None:
        """Returns when the process answers."""
        self.children[name].wait_until(partial(processes.answers, _alive(self)[name]), seconds=60)

    def number_of(self, case: str) -> str:
        """The number of a test person."""
        persons = httpx.get(f"{self.simulator}/testpersoner.json").raise_for_status().json()
        return next(str(person["number"]) for person in persons if person["case"] == case)

    @contextmanager
    def failing(self, kind: str, *, operation: str, milliseconds: int = 0) -> Iterator[None]:
        """Every answer of the operation fails in this way."""
        fault = {"operation": operation, "kind": kind, "ms": milliseconds}
        httpx.post(f"{self.simulator}/_control/faults", json=fault).raise_for_status()
        try:
            yield
        finally:
            httpx.delete(f"{self.simulator}/_control/faults").raise_for_status()

    def slow_down(self, operation: str, milliseconds: int) -> None:
        """From now on the register takes so much longer over each call of this operation."""
        fault = {"operation": operation, "kind": "latency", "ms": milliseconds}
        httpx.delete(f"{self.simulator}/_control/faults").raise_for_status()
        httpx.post(f"{self.simulator}/_control/faults", json=fault).raise_for_status()

    def calls(self, operation: str) -> int:
        """How often the register was asked this, since forget_calls()."""
        asked = httpx.get(f"{self.simulator}/_control/requests").raise_for_status().json()
        return sum(call["operation"] == operation for call in asked)

    def asked_about_persons(self) -> int:
        """How often the register was asked anything about anybody, since forget_calls()."""
        return sum(self.calls(operation) for operation in ("person", "search", "bulk"))

    def change(self, statement: LiteralString) -> None:
        """Changes the database behind everybody's back."""
        with self.running.postgres.connect(SUPERUSER, "fiksreg") as connection:
            connection.execute(statement)

    def count(self, question: LiteralString, *values: str) -> int:
        """The one figure that a query gives."""
        with self.running.postgres.connect(SUPERUSER, "fiksreg") as connection:
            row = connection.execute(question, values).fetchone()
        assert row is not None
        return int(str(row[0]))

    def forget_calls(self) -> None:
        httpx.delete(f"{self.simulator}/_control/requests").raise_for_status()

    def logged(self, event: str, *, outcome: str = "") -> int:
        """How many entries of this event, and with this outcome if one is named, the log holds."""
        return self.count(_LOGGED, event, outcome)

    def kill_postgres(self) -> None:
        self._store("postgres").kill()

    def start_postgres_again(self) -> None:
        self.children["postgres"] = self.running.postgres.start_again()

    def kill_valkey(self) -> Valkey:
        """Returns the server to be started again, on the same port."""
        self._store("valkey").kill()
        address = urlsplit(self.running.environment["REDIS_URL"])
        folder = self.running.folder
        valkey = Valkey(folder / "valkey", str(address.password), log=folder / "logs/valkey.log")
        valkey.port = int(address.port or 0)
        return valkey

    def start_valkey_again(self, valkey: Valkey) -> None:
        self.children["valkey"] = valkey.start_again()

    def _store(self, name: str) -> Child:
        """The one that runs now: what a test has started again, else the one this run began with."""
        return self.children.get(name) or self.running.children[("postgres", "valkey").index(name)]

    def forget_tokens(self) -> None:
        """The processes start over, and what they share of access tokens is gone: the next call fetches one."""
        self.children["web"].kill()
        with redis.Redis.from_url(self.running.environment["REDIS_URL"]) as cache:
            for key in cache.scan_iter("fiksreg:1:*"):
                cache.delete(key)
        self.start("web")
        self.wait_for("web")


@contextmanager
def house(*, persons_per_kommune: int, **environment: str) -> Iterator[House]:
    """Web, clock, simulator and identity provider, with the demo loaded; workers are the test's to start."""
    house = House(services.start())
    size = {"FIKSREG_SIMULATOR_SIZE": str(persons_per_kommune), **environment}
    try:
        house.run("-m", "fiksreg.demo.prepare")
        for name in ("simulator", "identity", "web", "clock"):
            house.start(name, **size)
        for name in _alive(house):
            house.wait_for(name)
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


class Caseworker:
    """Somebody at a browser, logged in through the identity provider."""

    def __init__(self, web: str, account: str) -> None:
        self._browser = httpx.Client(base_url=web, follow_redirects=True, timeout=30, headers={"Referer": f"{web}/"})
        provider = self._browser.get("/logg-inn/")
        self._browser.post(str(provider.url), data={"sub": account}).raise_for_status()

    def leave(self) -> None:
        self._browser.close()

    def search(self, **typed: str) -> str:
        """Sends the search form. Returns where it leads, which nobody has followed yet."""
        sent = self.send("/oppslag/", typed, from_page="/oppslag/", follow=False)
        assert sent.status_code == 302
        return sent.headers["Location"]

    def open(self, path: str) -> httpx.Response:
        return self._browser.get(path)

    def leave_at_once(self, path: str) -> None:
        """Asks for a page, and closes the window before it comes."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._browser.cookies.items())
        web = self._browser.base_url
        with socket.create_connection((web.host, web.port or 80)) as client:
            request = f"GET {path} HTTP/1.1\r\nHost: {web.netloc.decode()}\r\nCookie: {cookies}\r\n\r\n"
            client.sendall(request.encode())

    def send(self, path: str, form: Typed, *, from_page: str, follow: bool = True) -> httpx.Response:
        """Sends a form to a path, with the token that stands on the page it is on."""
        return self.send_with(self.token_on(from_page), path, form, follow=follow)

    def token_on(self, page: str) -> str:
        """What a form on this page needs to be taken for this browser's."""
        token = _TOKEN.search(self._browser.get(page).text)
        assert token is not None
        return token[1]

    def send_with(self, token: str, path: str, form: Typed, *, follow: bool = True) -> httpx.Response:
        """Sends a form that has been open for a while."""
        return self._browser.post(path, data={"csrfmiddlewaretoken": token, **form}, follow_redirects=follow)

    def order(self, **form: str | list[str]) -> str:
        """Sends the order form. Returns where the order's page is."""
        address = "/innbyggerlister/bestill/"
        return self.send(address, form, from_page=address).raise_for_status().url.path

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
