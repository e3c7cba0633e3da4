"""`python -m tests.unused`: names in our rooms that nothing uses. vulture finds them; unused.toml says which may stand.

What templates, settings and lists of names (a Django admin's, a dotted path) call by name is used. What tests alone use
is not: it is theirs to have.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from vulture import Vulture

ROOT: Final = Path(__file__).resolve().parents[1]
_ROOMS: Final = ("fiksreg", "lookup", "citizenlists", "roles", "integrations", "manage.py")
_WORD: Final = re.compile(r"[^\W\d]\w*")
#: A name, a dotted path, or fields of related rows: no sentence.
_NAMING: Final = re.compile(r"-?\w+(?:\.\w+)*")
_PARTS: Final = re.compile(r"\.|__")
_ALLOWED: Final = Path(__file__).with_suffix(".toml")


def in_templates() -> Iterator[str]:
    """Every word of every template."""
    for template in ROOT.glob("templates/**/*.*"):
        yield from _WORD.findall(template.read_text(encoding="utf-8"))


def in_strings(source: str) -> Iterator[str]:
    """The names that a source file's strings consist of."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAMING.fullmatch(node.value):
            yield from _PARTS.split(node.value.lstrip("-"))


def unused() -> Iterator[tuple[str, str]]:
    """File and name of what nothing uses."""
    sources = [path for room in _ROOMS for path in _sources(ROOT / room)]
    finder = Vulture()
    finder.scavenge(list(map(str, sources)))
    finder.used_names.update(in_templates())
    for source in sources:
        finder.used_names.update(in_strings(source.read_text(encoding="utf-8")))
    for item in finder.get_unused_code(min_confidence=60):
        yield str(item.filename.relative_to(ROOT)), item.name


def _sources(room: Path) -> list[Path]:
    return [room] if room.is_file() else [path for path in room.rglob("*.py") if "migrations" not in path.parts]


def faults(found: Iterable[tuple[str, str]], allowed: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What is unused and not allowed, then what is allowed and not unused: it is used by now, or gone."""
    files, names = allowed["files"], {name for listed in allowed["names"].values() for name in listed}
    left = [(file, name) for file, name in found if file not in files]
    yield from (f"{file}: nothing uses {name}" for file, name in left if name not in names)
    stale = names - {name for _, name in left}
    yield from (f"{_ALLOWED.name}: {name} need not be allowed" for name in sorted(stale))


def main() -> int:
    """The exit status."""
    said = list(faults(unused(), tomllib.loads(_ALLOWED.read_text(encoding="utf-8"))))
    sys.stderr.writelines(f"{fault}\n" for fault in said)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
