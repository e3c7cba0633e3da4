"""Every command of README.md and docs/operations.md: it runs as it stands there, or it stands here with why not."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from fiksreg.demo.procfile import ROOT
from tests.services import Services, process_environment

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = {"", "sh", "bash", "console"}
_INLINE = re.compile(r"`([^`\n]+)`")
_COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(make|python|docker|pg_\w+|psql|celery|gunicorn) ")
#: Of make, what a target would do: doing it would install things, or run these very tests.
_DRY = {"make": ("make", "--dry-run")}
NOT_RUN = {
    "docker compose up": "needs Docker; tests/fiksreg/demo/test_compose.py holds its file to the processes",
    "docker compose --profile demo up": "the same",
    'pg_dump --format=custom --file=fiksreg.dump --dbname="$DATABASE_OWNER_URL"': "tests/fiksreg/test_restore.py",
    'pg_basebackup --dbname="$SUPERUSER_URL" --pgdata=/backup/base --wal-method=stream': "the same",
    "pg_verifybackup /backup/base": "does not run in the Python wheel the tests take PostgreSQL from",
    "pg_verifybackup": "the same",
    "python manage.py clock": "runs until it is told to stop; tests/faults starts it",
}


def commands(path: Path) -> list[str]:
    """In the order of the document, each as somebody would type it: without a comment, and of a choice one."""
    text = path.read_text(encoding="utf-8")
    lines = [line.strip() for kind, block in _FENCED.findall(text) if kind in _SHELL for line in block.splitlines()]
    found = [re.split(r"\s{2,}#", line)[0] for line in [*lines, *_INLINE.findall(_FENCED.sub("", text))]]
    return list(dict.fromkeys(command for command in found if _COMMAND.match(f"{command} ")))


EVERY = list(
    dict.fromkeys(command for name in ("README.md", "docs/operations.md") for command in commands(ROOT / name))
)


def test_commands_are_found_in_both() -> None:
    assert {"make demo", "make compose", "python manage.py load_catalogue"} <= {*EVERY}
    assert any("break_glass open" in command for command in EVERY)


def test_what_is_not_run_still_stands_in_the_documents() -> None:
    assert {command for command in NOT_RUN if command.startswith("docker")} <= {*EVERY}


@pytest.mark.django_db
@pytest.mark.parametrize("command", [command for command in EVERY if command not in NOT_RUN])
def test_a_command_runs_as_it_is_written(command: str, running: Services) -> None:
    words = shlex.split(command)
    given = dict(word.split("=", 1) for word in words if re.fullmatch(r"[A-Z_]+=\S*", word) and words[0] != "make")
    program, *arguments = words[len(given) :]
    environment = process_environment(running) | {name: value for name, value in given.items() if value != "…"}
    start = _DRY.get(program, (sys.executable,) if program == "python" else (program,))
    ran = subprocess.run(
        [*start, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr[-500:]


def test_make_compose_writes_two_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fiksreg.demo.compose"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {
        ".env": 0o600,
        "fiksreg.env": 0o600,
    }
    again = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert again.returncode == 1
    assert "is there already" in again.stderr
