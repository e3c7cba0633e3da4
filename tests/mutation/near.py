"""Finds out which test files run which source files, and how long each takes: writes near.json.

Runs every everyday test once under coverage, in one process; takes as long as they do, and half as long again.
"""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from coverage import CoverageData

from tests.mutation.rooms import NEAR, ROOT, sources

#: These start processes of their own: coverage does not see what runs in them.
_IGNORED: Final = ("tests/faults", "tests/browser", "tests/contract", "tests/mutation")
_MOST: Final = 25


def write() -> None:
    """Makes near.json anew."""
    with TemporaryDirectory() as folder:
        data, times = Path(folder, "data"), Path(folder, "times.xml")
        _run(data, times)
        seconds = _seconds(times)
        found = {source: _row(tests, source, seconds) for source, tests in _tests_of(data).items()}
    NEAR.write_text(json.dumps(found, indent=0, sort_keys=True) + "\n")


def _run(data: Path, times: Path) -> None:
    ignored = [f"--ignore={path}" for path in _IGNORED]
    settings = data.with_suffix(".ini")
    settings.write_text(
        "[run]\ndynamic_context = test_function\nsource = roles,lookup,citizenlists,integrations,fiksreg\n"
    )
    command = ["-m", "coverage", "run", f"--rcfile={settings}", f"--data-file={data}", "-m", "pytest", "-q"]
    selected = ["-m", "not campaign and not contract", *ignored, f"--junit-xml={times}", "tests"]
    subprocess.run([sys.executable, *command, *selected], cwd=ROOT, check=False)


def _tests_of(file: Path) -> Mapping[str, dict[str, int]]:
    """Source file -> test file -> how many of its lines that test file runs."""
    data, found = CoverageData(str(file)), dict[str, dict[str, int]]()
    data.read()
    for source in sources():
        lines: dict[str, int] = defaultdict(int)
        for contexts in data.contexts_by_lineno(str(ROOT / source)).values():
            for test in {_file_of(context) for context in contexts if context}:
                lines[test] += 1
        if lines:
            found[source] = lines
    return found


def _file_of(context: str) -> str:
    """tests.roles.test_keyring.test_... -> tests/roles/test_keyring.py"""
    parts = context.split(".")
    place = next(number for number, part in enumerate(parts) if part.startswith("test_"))
    return "/".join(parts[: place + 1]) + ".py"


def _seconds(times: Path) -> dict[str, float]:
    taken: dict[str, float] = defaultdict(float)
    for case in ET.parse(times).getroot().iter("testcase"):  # noqa: S314 - pytest wrote it a moment ago
        taken[_file_of(case.get("classname", "") + ".x")] += float(case.get("time", "0"))
    return taken


def _row(tests: Mapping[str, int], source: str, seconds: Mapping[str, float]) -> list[tuple[str, float]]:
    """Those that bear its name first, then those that run most of it for the time they take."""
    stem = Path(source).stem

    def fitting(test: str) -> tuple[bool, float]:
        return stem not in Path(test).stem, -tests[test] / (seconds.get(test, 0) + 2)

    return [(test, round(seconds.get(test, 0), 1)) for test in sorted(tests, key=fitting)[:_MOST]]
