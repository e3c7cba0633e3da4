"""The processes of the Procfile, run on the services of this run of tests."""

from collections.abc import Mapping

import httpx

from fiksreg.demo.procfile import ROOT, command_lines
from fiksreg.embedded import Child, Program
from fiksreg.embedded.databases import CLOCK, WEB, WORKER
from tests.services import Services, process_environment


def start(services: Services, name: str, replacing: Mapping[str, str] | None = None, /, **environment: str) -> Child:
    """Starts a process of the Procfile by its name; ends with this process if nobody stops it before.

    replacing: words of its command line, and what stands in their place.
    """
    replaced = replacing or {}
    return Child(
        Program(
            name=name,
            command=tuple(replaced.get(word, word) for word in command_lines()[name]),
            folder=ROOT,
            log=services.folder / f"logs/{name}.log",
            environment={**process_environment(services), **_database(services, name), **environment},
        )
    )


def _database(services: Services, name: str) -> dict[str, str]:
    """Each process goes to the database as its own role."""
    role = {"web": WEB, "worker": WORKER, "clock": CLOCK}.get(name)
    return {"DATABASE_URL": services.postgres.url(role)} if role else {}


def answers(address: str) -> bool:
    """Whether a GET is answered with a success."""
    try:
        return httpx.get(address, timeout=2).is_success
    except httpx.TransportError:
        return False
