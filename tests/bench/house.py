"""The running product under measurement: every process as in the demo, with a database that keeps what it is told."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from fiksreg.demo.procfile import ROOT, command_lines
from fiksreg.embedded import Child, Program, free_port
from tests import processes, services
from tests.services import Services, process_environment


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where things answer, and the services behind them."""

    running: Services
    web: str
    simulator: str
    web_process: Child

    @property
    def postgres(self) -> Child:
        return self.running.children[0]

    def start(self, name: str, replacing: Mapping[str, str] | None = None, /, **environment: str) -> Child:
        """replacing: words of the command line, and what stands in their place."""
        return processes.start(self.running, name, replacing, **environment)

    def start_bare(self, **environment: str) -> tuple[Child, str]:
        """The bare view under the same gunicorn, on a port of its own: the process, and its address."""
        port = str(free_port())
        command = tuple("tests.bench.bare_wsgi" if word == "fiksreg.wsgi" else word for word in command_lines()["web"])
        program = Program(
            name="bare",
            command=command,
            folder=ROOT,
            log=self.running.folder / "logs/bare.log",
            environment={**process_environment(self.running), **environment, "FIKSREG_PORT": port},
        )
        return Child(program), f"http://127.0.0.1:{port}"

    def delay(self, milliseconds: int, *operations: str) -> None:
        """From now on the simulated register takes so much longer over each call of these operations, and no others."""
        control = f"{self.simulator}/_control/faults"
        httpx.delete(control, timeout=5).raise_for_status()
        for operation in operations if milliseconds else ():
            fault = {"operation": operation, "kind": "latency", "ms": milliseconds}
            httpx.post(control, json=fault, timeout=5).raise_for_status()


@contextmanager
def house(*, persons_per_kommune: int) -> Iterator[House]:
    """Started and migrated, with the catalogue and the demo loaded; gone afterwards."""
    running = services.start(durable=True)
    os.environ.update({**running.environment, "FIKSREG_SIMULATOR_SIZE": str(persons_per_kommune)})
    children: list[Child] = []
    try:
        _load()
        size = {"FIKSREG_SIMULATOR_SIZE": str(persons_per_kommune)}
        children += [processes.start(running, name, **size) for name in ("simulator", "identity", "web")]
        site = House(
            running=running,
            web=running.environment["FIKSREG_BASE_URL"],
            simulator=running.environment["FOLKEREGISTER_URL"],
            web_process=children[-1],
        )
        for child, address in zip(children, _alive(site), strict=True):
            child.wait_until(lambda address=address: processes.answers(address), seconds=60)
        yield site
    finally:
        for child in reversed(children):
            child.kill()
        running.stop()


def _alive(site: House) -> list[str]:
    keys = site.running.environment["OIDC_JWKS_ENDPOINT"]
    return [f"{site.simulator}/testpersoner.json", keys, f"{site.web}/healthz"]


def _load() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    call_command("load_demo", verbosity=0)
