"""The check before the first page, in a process of its own: for it sets the timeouts of the whole process."""

import subprocess
import sys

import pytest

from fiksreg.demo.procfile import ROOT
from fiksreg.embedded import free_port
from fiksreg.embedded.databases import PROCESSES
from fiksreg.processes import Process
from tests.services import Services, process_environment

pytestmark = pytest.mark.django_db
CHECKED = """
import django
django.setup()
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from fiksreg.entrance.start import StartCheck
check = StartCheck()
try:
    print(check.passes(), check.passes())
except ImproperlyConfigured as wrong:
    print(str(wrong)[:15])
print([alias for alias in ("default", "audit") if connections[alias].connection])
"""


def checked(running: Services, database: str) -> list[str]:
    """What two looks at the database say, and which connections the thread still holds."""
    ended = subprocess.run(
        [sys.executable, "-c", CHECKED],
        env={**process_environment(running), "DATABASE_URL": database},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=True,
    )
    return [line for line in ended.stdout.splitlines() if not line.startswith("{")]


@pytest.mark.parametrize("process", Process)
def test_the_check_passes_for_the_web_process_alone_and_gives_its_connections_back(
    running: Services, process: Process
) -> None:
    said = "True True" if process is Process.WEB else "database.E001: "
    role = PROCESSES[list(Process).index(process)]
    assert checked(running, running.postgres.url(role)) == [said, "[]"]


def test_the_check_waits_for_a_database_that_does_not_answer(running: Services) -> None:
    nowhere = f"postgresql://fiksreg:x@127.0.0.1:{free_port()}/fiksreg"
    assert checked(running, nowhere) == ["False False", "[]"]
