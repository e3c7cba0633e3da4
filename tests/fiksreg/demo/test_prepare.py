"""What the demo's preparation does with data of another version."""

import subprocess
import sys

import pytest

from fiksreg.embedded.databases import SUPERUSER
from tests import services
from tests.services import Services

pytestmark = pytest.mark.django_db


def test_data_of_an_older_version_end_the_demo_with_one_line_that_says_what_to_do(running: Services) -> None:
    with running.postgres.connect(SUPERUSER, "fiksreg") as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('roles', '0022_gone', now())")
    said = _prepared(running)
    assert said.returncode == 1
    assert said.stderr.strip().splitlines() == [
        "the demo's data were made by an older version and cannot be taken along; `make clean` removes them"
    ]


def _prepared(running: Services) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "fiksreg.demo.prepare"],
        env=services.process_environment(running),
        capture_output=True,
        text=True,
        check=False,
    )
