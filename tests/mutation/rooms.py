"""Which files are changed, and which tests are run on a change of each.

Those that bear its name, or import it, or are of its room and speak of it. A room is a package; its tests stand in the
folder of the same path, or of the package around it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("roles", "lookup", "citizenlists", "integrations", "fiksreg")
#: What stands in for the world outside, what starts things on a developer's machine, and what only declares.
_OUTSIDE: Final = ("integrations/simulator/", "integrations/identityprovider/", "fiksreg/demo", "fiksreg/embedded/")
_DECLARES: Final = ("migrations/", "/apps.py", "/urls.py", "/wsgi.py", "fiksreg/settings.py", "fiksreg/gunicorn.py")
#: They start processes of their own, and take too long to be asked about one change.
_ELSEWHERE: Final = ("faults", "browser", "long", "contract", "bench", "mutation", "translations")
_MOST: Final = 6
_FAR: Final = 9
#: Rooms whose tests go by the pages and services that use them.
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "roles/admin/": tuple(
        f"tests/roles/test_{name}.py" for name in ("admin", "admin_people", "giving", "role_endings", "admin_table")
    ),
    "roles/limits/counters.py": ("tests/roles/disclosure/test_employeelimits.py",),
    "roles/models/": tuple(f"tests/roles/test_{name}.py" for name in ("access", "services", "people", "admin_table")),
    "integrations/folkeregisteret/documents/": (
        "tests/integrations/folkeregisteret/documents/test_documents.py",
        "tests/integrations/folkeregisteret/documents/test_holes.py",
    ),
    "integrations/folkeregisteret/client/": (
        "tests/integrations/folkeregisteret/client/test_client.py",
        "tests/integrations/folkeregisteret/test_against_simulator.py",
        "tests/integrations/folkeregisteret/test_extracts.py",
    ),
    "roles/catalogue/": tuple(
        f"tests/roles/{name}.py"
        for name in ("catalogue/test_reading_files", "catalogue/test_importing", "test_catalogue")
    ),
    "roles/disclosure/": ("tests/roles/disclosure/test_one.py", "tests/roles/disclosure/test_many.py"),
    "citizenlists/": ("tests/citizenlists/building/test_build.py", "tests/citizenlists/test_views.py"),
    "lookup/": ("tests/lookup/test_views.py", "tests/lookup/personpage/test_presenters.py"),
}


def sources() -> list[str]:
    """The files that may be changed, by their paths from the root."""
    found = (path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if not _is_left_out(path))


def _is_left_out(path: str) -> bool:
    return path.startswith(_OUTSIDE) or any(part in path for part in _DECLARES)


def tests_near(source: str) -> tuple[str, ...]:
    """The test files to run, the nearest first; () where none comes near it."""
    module = source.removesuffix(".py").removesuffix("/__init__")
    folder = _folder_of(Path(source).parent)
    ranked = ((_nearness(module, folder, test, text), test) for test, text in _texts().items())
    near = [test for rank, test in sorted(ranked) if rank < _FAR] or sorted(t for t in _texts() if t.startswith(folder))
    beside = next((tests for room, tests in _BESIDE.items() if source.startswith(room)), ())
    return tuple(dict.fromkeys([*near[:_MOST], *(test for test in beside if (ROOT / test).exists())]))


def _folder_of(package: Path) -> str:
    while not (ROOT / "tests" / package).is_dir():
        package = package.parent
    return f"tests/{package.as_posix()}/"


def _nearness(module: str, folder: str, test: str, text: str) -> int:
    """From 0, the nearest, to _FAR."""
    stem, is_of_room = module.rpartition("/")[2], test.startswith(folder)
    if is_of_room and stem.removesuffix("s") in test.removeprefix(folder):
        return 0
    if _imports(module, text):
        return 1 if is_of_room else 2
    return 3 if is_of_room and re.search(rf"\b{re.escape(stem)}\b", text) else _FAR


def _imports(module: str, text: str) -> bool:
    dotted = module.replace("/", ".")
    package, _, name = dotted.rpartition(".")
    return bool(
        re.search(rf"^(?:from|import) {re.escape(dotted)}\b", text, re.MULTILINE)
        or re.search(rf"^from {re.escape(package)} import [^\n]*\b{re.escape(name)}\b", text, re.MULTILINE)
    )


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, str]:
    found = (path for path in (ROOT / "tests").rglob("test_*.py") if path.parent.name not in _ELSEWHERE)
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in found}
