"""Which files are changed, and which tests are run on a change of each.

Those that bear its name, or import it, or bear its package's name, or are of its room and speak of it or of what it
defines; then those that bear the name of what uses it, and the others of its room. A room is a package; its tests stand
in the folder of the same path, or of the package around it.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("roles", "lookup", "citizenlists", "integrations", "fiksreg")
#: What decides who may see what, and what says it in words: the gate, the right it asks for, the shared words, columns.
NEAR_THE_GATE: Final = ("roles/access", "roles/disclosure", "roles/vocabulary", "citizenlists/content")
#: What stands in for the world outside, what starts things on a developer's machine, and what only declares.
_OUTSIDE: Final = ("integrations/simulator/", "integrations/identityprovider/", "fiksreg/demo", "fiksreg/embedded/")
_DECLARES: Final = (
    "migrations/",
    "/apps.py",
    "/urls.py",
    "/wsgi.py",
    "fiksreg/settings.py",
    "fiksreg/celerysettings.py",
    "fiksreg/gunicorn.py",
)
#: They start processes of their own, and take too long to be asked about one change.
_ELSEWHERE: Final = ("faults", "browser", "long", "contract", "bench", "mutation", "translations")
_MOST: Final = 10
_FAR: Final = 9


def sources_in(rooms: tuple[str, ...]) -> tuple[str, ...]:
    """Those of sources() that are in one of these rooms. Raises ValueError for a room that has none."""
    for room in rooms:
        if not any(source.startswith(f"{room}/") for source in sources()):
            raise ValueError(f"There is no room {room}")
    return tuple(source for source in sources() if source.startswith(tuple(f"{room}/" for room in rooms)))


@cache
def sources() -> tuple[str, ...]:
    """The files that may be changed, by their paths from the root."""
    found = (path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(sorted(path for path in found if not _is_left_out(path)))


def _is_left_out(path: str) -> bool:
    return path.startswith(_OUTSIDE) or any(part in path for part in _DECLARES)


def tests_near(source: str) -> tuple[str, ...]:
    """The test files to run, the nearest first; () where none comes near it."""
    near = [(rank, test) for test in _tests() if (rank := _nearness(source, test)) < _FAR]
    near.sort(key=lambda ranked: (ranked[0], -_mentions(source, ranked[1]), ranked[1]))
    return tuple(test for _rank, test in near[:_MOST])


def _nearness(source: str, test: str) -> int:
    """From 0, the nearest, to _FAR."""
    room, stem, package = _room_of(source), _stem(source), Path(source).parent
    if test.startswith(room) and stem.removesuffix("s") in test.removeprefix(room):
        return 0
    if _module(source) in _imports(test):
        return 1 if test.startswith(room) else 2
    if test.startswith(f"tests/{package.parent}/test_{package.name}"):
        return 3
    if test.startswith(room) and _mentions(source, test):
        return 4
    return _nearness_by_use(source, test)


def _nearness_by_use(source: str, test: str) -> int:
    for distance, users in enumerate(_users(source), start=5):
        if any(_is_about(user, test) for user in users):
            return distance
    return 7 if test.startswith(_room_of(source)) else _FAR


@cache
def _mentions(source: str, test: str) -> int:
    """How often the test speaks of it or of what it defines, and it of what the test is about."""
    subject = Path(test).stem.removeprefix("test_").removesuffix("s")
    words = rf"\b(?:{'|'.join({_stem(source), *_names(source)})})\b"
    return len(re.findall(words, _text(test))) + len(re.findall(rf"\b_?{subject}", _text(source)))


def _users(source: str) -> tuple[frozenset[str], frozenset[str]]:
    direct = _importers(source)
    return direct, frozenset(user for one in direct for user in _importers(one))


def _is_about(user: str, test: str) -> bool:
    return Path(test).name.startswith(f"test_{_stem(user)}") and test.startswith(_room_of(user))


@cache
def _importers(source: str) -> frozenset[str]:
    return frozenset(other for other in sources() if _module(source) in _imports(other))


@cache
def _room_of(source: str) -> str:
    """The tests' folder of the same path, or of the package around it."""
    package = Path(source).parent
    while not (ROOT / "tests" / package).is_dir():
        package = package.parent
    return f"tests/{package.as_posix()}/"


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _stem(file: str) -> str:
    return _module(file).rpartition(".")[2]


@cache
def _text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def _imports(file: str) -> frozenset[str]:
    """The modules a file imports, and what it imports of them, by their full names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(_text(file))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


@cache
def _names(source: str) -> frozenset[str]:
    """What it defines for others, of two words or more: the rest are words of the language."""
    defined = re.findall(r"^(?:class |def )?([A-Za-z]\w+)", _text(source), re.MULTILINE)
    return frozenset(name for name in defined if re.search(r"[a-z][A-Z]|[A-Za-z]_[A-Za-z]", name))


@cache
def _tests() -> tuple[str, ...]:
    found = (path for path in (ROOT / "tests").rglob("test_*.py") if path.parent.name not in _ELSEWHERE)
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))
