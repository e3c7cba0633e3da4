"""The Procfile: which processes Fiksreg is made of, and their command lines."""

import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def command_lines(path: Path = ROOT / "Procfile") -> dict[str, tuple[str, ...]]:
    """Process name -> its command line in words, in the order of the file."""
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {name.strip(): tuple(shlex.split(command)) for name, _, command in lines}
