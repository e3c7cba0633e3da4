"""A worker that starts while PostgreSQL does not answer waits for it, and its role is checked before it takes an
order."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fiksreg.embedded import Child, Program, free_port
from fiksreg.embedded.databases import OWNER, WORKER
from tests import processes
from tests.services import Services
from tests.waiting import until

pytestmark = pytest.mark.django_db


#: A process that carries every connection to its port on to another one.
CARRY = """
import asyncio, sys

async def carry(source, sink):
    while content := await source.read(65536):
        sink.write(content)
        await sink.drain()
    sink.close()

async def serve(reader, writer):
    other = await asyncio.open_connection("127.0.0.1", int(sys.argv[2]))
    await asyncio.gather(carry(reader, other[1]), carry(other[0], writer), return_exceptions=True)

async def main():
    await (await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]))).serve_forever()

asyncio.run(main())
"""


class Line:
    """A way to PostgreSQL that is cut until somebody opens it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = free_port()
        command = (sys.executable, "-c", CARRY, str(self.port), str(port))
        self._program = Program(name="line", command=command, folder=folder, log=folder / "line.log", environment={})
        self._child: Child | None = None

    def open(self) -> None:
        self._child = Child(self._program)

    def close(self) -> None:
        if self._child:
            self._child.kill()


@pytest.fixture
def line(running: Services, tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path, running.postgres.port)
    yield line
    line.close()


def worker_by(line: Line, running: Services, role: str) -> Child:
    own = running.postgres.url(role)
    return processes.start(running, "worker", DATABASE_URL=own.replace(f":{urlsplit(own).port}/", f":{line.port}/"))


def said(child: Child) -> str:
    return child.program.log.read_text()


def test_a_worker_whose_role_may_too_much_waits_for_the_database_and_then_ends(running: Services, line: Line) -> None:
    child = worker_by(line, running, OWNER)
    try:
        until(lambda: "the worker waits for the database" in said(child), seconds=30)
        assert child.is_running()
        line.open()
        until(lambda: not child.is_running(), seconds=30)
        assert "audit.E003" in said(child)
    finally:
        child.kill()


def test_a_worker_with_its_own_role_takes_orders_once_the_database_is_there(running: Services, line: Line) -> None:
    running_before = len(said_before(running))
    child = worker_by(line, running, WORKER)
    try:
        until(lambda: "the worker waits for the database" in said(child)[running_before:], seconds=30)
        line.open()
        until(lambda: "ready." in said(child)[running_before:], seconds=30)
        (line,) = (line for line in said(child)[running_before:].splitlines() if "ready." in line)
        assert json.loads(line)["level"] == "info"
    finally:
        child.kill()


def said_before(running: Services) -> str:
    log = running.folder / "logs/worker.log"
    return log.read_text() if log.exists() else ""
