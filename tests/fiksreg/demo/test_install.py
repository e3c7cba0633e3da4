"""What `make` does first: a virtual environment, or one line that says why there cannot be one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fiksreg.demo.procfile import ROOT

PRETEND = "import runpy, sys; {pretence}; sys.argv[1:] = ['{file}']; runpy.run_path('{script}', run_name='__main__')"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return bare_checkout(tmp_path)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose virtual environment is there: making one takes seconds."""
    made = bare_checkout(tmp_path_factory.mktemp("installed"))
    assert "Making .venv" in install(made).stdout
    return made


def bare_checkout(folder: Path) -> Path:
    """As much of a checkout as installing needs; its requirements are empty, so that nothing is fetched."""
    script = folder / "fiksreg" / "demo" / "install.py"
    script.parent.mkdir(parents=True)
    shutil.copy(ROOT / "fiksreg/demo/install.py", script)
    (folder / "requirements-demo.txt").touch()
    return folder


def install(
    checkout: Path, pretence: str = "pass", *, file: str = "requirements-demo.txt"
) -> "subprocess.CompletedProcess[str]":
    script = checkout / "fiksreg" / "demo" / "install.py"
    code = PRETEND.format(pretence=pretence, script=script, file=file)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 15)])
def test_a_python_that_is_too_old_or_too_new_is_told_which_ones_are_not(
    checkout: Path, version: tuple[int, int]
) -> None:
    refused = install(checkout, f"sys.version_info = {version}")
    found = ".".join(map(str, version))
    assert refused.returncode != 0
    assert refused.stderr == (
        f"fiksreg: needs Python 3.11 to 3.14, and this is {found}; choose another: make PYTHON=python3.12 ...\n"
    )


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_which_package_brings_it(checkout: Path, module: str) -> None:
    refused = install(checkout, f"sys.modules['{module}'] = None")
    assert refused.returncode != 0
    assert refused.stderr == "fiksreg: this Python has no venv; on Debian: apt install python3-venv\n"


def test_installing_twice_does_it_once(installed: Path) -> None:
    assert install(installed).stdout == ""


def test_changed_requirements_are_installed_anew(installed: Path) -> None:
    requirements = installed / "requirements-changing.txt"
    for text in ("", "# changed\n"):
        requirements.write_text(text)
        assert install(installed, file=requirements.name).stdout == "Installing requirements-changing.txt\n"


def test_requirements_that_cannot_be_installed_are_one_clear_line_and_tried_again(installed: Path) -> None:
    (installed / "requirements-wrong.txt").write_text("not a requirement\n")
    for _ in range(2):
        refused = install(installed, file="requirements-wrong.txt")
        assert refused.returncode != 0
        assert refused.stderr.endswith("fiksreg: cannot install requirements-wrong.txt; pip says why above\n")


def test_a_virtual_environment_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python3")
    assert "Making .venv" in install(checkout).stdout


def test_a_checkout_that_was_moved_gets_a_virtual_environment_of_its_own(checkout: Path) -> None:
    """The programs in it name the folder they were made in: each would fail at its start, again and again."""
    install(checkout)
    moved = checkout.rename(checkout.with_name(f"{checkout.name} moved elsewhere"))
    assert "Making .venv" in install(moved).stdout
    assert "Making .venv" not in install(moved).stdout
