"""A seeded sample of single changes over all our rooms, and whether the tests near each of them notice."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from tests.mutation.candidates import Change, Changes
from tests.mutation.rooms import ROOT, sources, tests_near

#: Far more than the tests of one change may take: what is not over then hangs.
_SECONDS: Final = 90
_COPIED: Final = (
    "roles",
    "lookup",
    "citizenlists",
    "integrations",
    "fiksreg",
    "tests",
    "templates",
    "static",
    "locale",
)
_COPIED_FILES: Final = ("manage.py", "pyproject.toml", "Procfile", "README.md", "CHANGELOG.md", "docker-compose.yml")
#: pytest's exit statuses: tests failed, the run was cut short by an error, and what breaks every import.
_NOTICED: Final = frozenset({1, 2, 3, 4})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file, and the tests that should notice."""

    source: str
    change: Change
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.source}:{self.change.line}: {self.change.before}  ->  {self.change.after}"


def drawn(seed: str, number: int) -> list[Mutant]:
    """As many as asked for: each file as likely as it is long, each line that can be changed as likely as others."""
    random, files = Random(seed), sources()
    weights = [len((ROOT / file).read_text().splitlines()) for file in files]
    read: dict[str, Changes] = {}
    mutants: list[Mutant] = []
    while len(mutants) < number:
        (file,) = random.choices(files, weights)
        if file not in read:
            read[file] = Changes((ROOT / file).read_text())
        change = read[file].drawn(random) if read[file].lines else None
        if change:
            mutants.append(Mutant(file, change, tests_near(file)))
    return mutants


def survivors(mutants: list[Mutant], *, at_once: int, told: Callable[[Mutant, bool], None]) -> list[Mutant]:
    """Those that no test noticed."""
    with TemporaryDirectory(prefix="fiksreg-mutants-") as folder:
        trees: Queue[Path] = Queue()
        for number in range(at_once):
            trees.put(_copy(Path(folder, str(number))))
        with ThreadPoolExecutor(at_once) as pool:
            noticed = list(pool.map(lambda mutant: _tried(mutant, trees, told), mutants))
    return [mutant for mutant, was_noticed in zip(mutants, noticed, strict=True) if not was_noticed]


def _tried(mutant: Mutant, trees: "Queue[Path]", told: Callable[[Mutant, bool], None]) -> bool:
    with _borrowed(trees) as tree, _changed(tree / mutant.source, mutant.change.source):
        noticed = bool(mutant.tests) and _is_noticed(tree, mutant.tests)
    told(mutant, noticed)
    return noticed


def _is_noticed(tree: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not campaign", *tests]
    try:
        done = subprocess.run(
            command, cwd=tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in _NOTICED


@contextmanager
def _borrowed(trees: "Queue[Path]") -> Iterator[Path]:
    tree = trees.get()
    try:
        yield tree
    finally:
        trees.put(tree)


@contextmanager
def _changed(file: Path, source: str) -> Iterator[None]:
    original = file.read_text()
    file.write_text(source)
    try:
        yield
    finally:
        file.write_text(original)


def _copy(tree: Path) -> Path:
    tree.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in (*_COPIED, "docs"):
        shutil.copytree(ROOT / name, tree / name, ignore=ignored)
    for name in _COPIED_FILES:
        shutil.copy2(ROOT / name, tree / name)
    return tree
