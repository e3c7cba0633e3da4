"""`python -m tests.namedpaths`: every path and module that the documents and the settings of tools name is there.

The CHANGELOG is left out: it tells of what was.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_READ: Final = ("*.md", "*.toml", "*.yml", "Makefile", "Procfile", "Dockerfile", "docs/**/*.md")
_LEFT_OUT: Final = frozenset({ROOT / "CHANGELOG.md"})
_PACKAGES: Final = "fiksreg|lookup|citizenlists|roles|integrations|oversight|tests"
_PATH: Final = re.compile(rf"(?<![\w./-])(?:{_PACKAGES}|templates|static|docs|locale)/[\w./*-]*[\w*](?![\w<{{])")
_MODULE: Final = re.compile(rf"(?<![\w./-])(?:{_PACKAGES})(?:\.[a-z]\w*)+(?![\w/])")
#: What looks like a module and is a file that somebody makes, or a dump of the database.
_FILES: Final = frozenset({"fiksreg.env", "fiksreg.dump"})


def missing(text: str) -> Iterator[str]:
    """What a text names and the project does not have."""
    for found in _PATH.finditer(text):
        if not any(ROOT.glob(found[0])):
            yield found[0]
    for found in _MODULE.finditer(text):
        if found[0] not in _FILES and not _is_there(found[0].split(".")):
            yield found[0]


def _is_there(parts: list[str]) -> bool:
    """A module or a package, or a name in one."""
    return any(_is_module(ROOT.joinpath(*end)) for end in (parts, parts[:-1]) if len(end) > 1)


def _is_module(path: Path) -> bool:
    return path.is_dir() or path.with_suffix(".py").exists()


def main() -> int:
    """The exit status."""
    files = {file for pattern in _READ for file in ROOT.glob(pattern)} - _LEFT_OUT
    faults = [
        f"{file.relative_to(ROOT)}: {name} does not exist\n"
        for file in sorted(files)
        for name in missing(file.read_text(encoding="utf-8"))
    ]
    sys.stderr.writelines(faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
