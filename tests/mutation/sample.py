"""A seeded sample of single changes of some files, and whether the tests near each of them notice."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from tests.mutation.candidates import Change, Changes
from tests.mutation.rooms import ROOT, tests_near

#: Ten times what the slowest test takes, with what is set up for it: a test that is not over then hangs.
_SECONDS: Final = 40
#: What is made here, and no part of the product.
_LEFT_OUT: Final = shutil.ignore_patterns(
    ".git", ".venv", ".demo", ".*_cache", ".hypothesis", ".coverage*", "__pycache__", "mutants", "staticfiles"
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file, and the tests that should notice."""

    source: str
    change: Change
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.source}:{self.change.line}: {self.change.before}  ->  {self.change.after}"


def drawn(seed: str, number: int, files: Sequence[str]) -> list[Mutant]:
    """As many as asked for: each file as likely as it is long, each line that can be changed as likely as others."""
    random = Random(seed)
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


def survivors(mutants: list[Mutant], *, at_once: int, told: Callable[[Mutant, str], None]) -> list[Mutant]:
    """Those that no test noticed. told is given each mutant when it was tried: passed, failed or hung."""
    with TemporaryDirectory(prefix="fiksreg-mutants-") as folder, ExitStack() as stack:
        trees: Queue[Tree] = Queue()
        for number in range(at_once):
            trees.put(stack.enter_context(Tree.made(Path(folder, str(number)))))
        _refuse_what_fails_anyway(min(filter(None, (mutant.tests for mutant in mutants)), key=len), trees)
        with ThreadPoolExecutor(at_once) as pool:
            outcomes = list(pool.map(lambda mutant: _tried(mutant, trees, told), mutants))
    return [mutant for mutant, outcome in zip(mutants, outcomes, strict=True) if outcome == "passed"]


def _refuse_what_fails_anyway(tests: tuple[str, ...], trees: "Queue[Tree]") -> None:
    """Where nothing passes, everything would count as noticed."""
    for tree in list(trees.queue):
        if not tree.passes_unchanged(tests):
            raise RuntimeError(f"Without any change, not all of {tests} pass")


def _tried(mutant: Mutant, trees: "Queue[Tree]", told: Callable[[Mutant, str], None]) -> str:
    tree = trees.get()
    try:
        with tree.changed(mutant.source, mutant.change.source):
            outcome = tree.outcome(mutant.source, mutant.tests)
        if outcome == "hung" and not tree.passes_unchanged(mutant.tests):
            outcome = "passed"  # tests that are slow in any case say nothing
    finally:
        trees.put(tree)
    told(mutant, outcome)
    return outcome


class Tree:
    """A copy of ours in which something is changed, and the process that runs its tests (tests/mutation/trials.py)."""

    def __init__(self, folder: Path, process: "subprocess.Popen[str]") -> None:
        self._folder, self._process = folder, process

    @classmethod
    @contextmanager
    def made(cls, folder: Path) -> Iterator["Tree"]:
        """Copied to this folder; its process ends with the context."""
        shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
        command = [sys.executable, "-m", "tests.mutation.trials"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True) as process:
            yield cls(folder, process)

    def passes_unchanged(self, tests: tuple[str, ...]) -> bool:
        """Whether each of these tests passes, well within the time after which one counts as hanging."""
        return self.outcome("", tests, seconds=_SECONDS // 2) == "passed"

    def outcome(self, source: str, tests: tuple[str, ...], *, seconds: int = _SECONDS) -> str:
        """Of these tests, where this source may have been changed: passed, failed or hung."""
        if not tests:
            return "passed"
        asked, answers = self._process.stdin, self._process.stdout
        if asked and answers:
            asked.write(json.dumps([source, tests, seconds]) + "\n")
            asked.flush()
            if answer := answers.readline().strip():
                return answer
        raise RuntimeError("The process that runs the tests has ended")

    @contextmanager
    def changed(self, source: str, text: str) -> Iterator[None]:
        """This file, until the context ends."""
        file = self._folder / source
        original = file.read_text()
        _write(file, text)
        try:
            yield
        finally:
            _write(file, original)


def _write(file: Path, text: str) -> None:
    """What Python kept of the former text would count as that of the new one, if written in the same second."""
    file.write_text(text)
    for compiled in file.parent.glob(f"__pycache__/{file.stem}.*"):
        compiled.unlink()
