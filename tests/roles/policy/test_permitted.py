"""The two types: a view that lets a raw record out does not pass mypy."""

import subprocess
import sys
from pathlib import Path

import pytest

SHOW = """
from integrations.folkeregisteret.documents import PersonRecord
from roles.policy.permitted import PermittedRecord

def show(record: PermittedRecord) -> str:
    return repr(record)

def view(raw: PersonRecord, permitted: PermittedRecord) -> str:
    return show({argument})
"""
PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of mypy's cache, shared by the snippets."""
    return tmp_path_factory.mktemp("mypy")


def checked(tmp_path: Path, cache: Path, argument: str) -> subprocess.CompletedProcess[str]:
    """The result of mypy on a view that shows its argument; without the Django plugin, since it uses no model."""
    snippet = tmp_path / "leaking_view.py"
    snippet.write_text(SHOW.format(argument=argument))
    options = ["--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={cache}"]
    command = [sys.executable, "-m", "mypy", *options, str(snippet)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_a_view_that_shows_a_permitted_record_passes(tmp_path: Path, cache: Path) -> None:
    answer = checked(tmp_path, cache, "permitted")
    assert answer.returncode == 0, answer.stdout


def test_a_view_that_leaks_a_raw_record_does_not_pass(tmp_path: Path, cache: Path) -> None:
    answer = checked(tmp_path, cache, "raw")
    assert answer.returncode == 1
    assert 'incompatible type "PersonRecord"; expected "PermittedRecord"' in answer.stdout


def test_a_permitted_record_made_by_hand_from_a_raw_one_does_not_pass(tmp_path: Path, cache: Path) -> None:
    answer = checked(tmp_path, cache, "PermittedRecord(raw)")
    assert answer.returncode == 1
    assert "Too many arguments" in answer.stdout
