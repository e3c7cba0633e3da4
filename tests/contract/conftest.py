"""The facts about the register are read where they lie, at run time; nothing of them is stored with the product."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FIKSREG_SHARED") or Path(__file__).parents[3] / "shared") / "folkeregisteret"

#: Without the facts there is nothing to hold anything against: the modules are left alone, and the report says so.
collect_ignore_glob = [] if SHARED.is_dir() else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not SHARED.is_dir():
        terminalreporter.write_line(f"CONTRACT TESTS NOT RUN: {SHARED} does not exist", red=True, bold=True)
