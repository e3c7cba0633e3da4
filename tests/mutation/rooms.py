"""Which files are changed, and which tests are run on a change of each.

near.json is made by `python -m tests.mutation near`: for every source file the test files that run any of it, the most
fitting first. A file that is newer than it has the tests that bear its name.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
NEAR: Final = Path(__file__).with_name("near.json")
PACKAGES: Final = ("roles", "lookup", "citizenlists", "integrations", "fiksreg")
#: What stands in for the world outside, what starts things on a developer's machine, and what only declares.
_OUTSIDE: Final = ("integrations/simulator/", "integrations/identityprovider/", "fiksreg/demo", "fiksreg/embedded/")
_DECLARES: Final = ("migrations/", "/apps.py", "/urls.py", "/wsgi.py", "fiksreg/settings.py", "fiksreg/gunicorn.py")
#: Seconds of tests that are run on one change, at most: those behind it in the row are too far away to tell.
MOST_SECONDS: Final = 45.0


def sources() -> list[str]:
    """The files that may be changed, by their paths from the root."""
    found = (path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if not _is_left_out(path))


def _is_left_out(path: str) -> bool:
    return path.startswith(_OUTSIDE) or any(part in path for part in _DECLARES)


def tests_near(source: str) -> list[str]:
    """The test files to run, in that order; [] where none comes near it."""
    chosen: list[str] = []
    seconds = 0.0
    for test, takes in _near().get(source, []) or [(test, 1.0) for test in _by_name(source)]:
        if chosen and seconds + takes > MOST_SECONDS:
            continue
        chosen.append(test)
        seconds += takes
    return [test for test in chosen if (ROOT / test).exists()]


@lru_cache(maxsize=1)
def _near() -> Mapping[str, list[tuple[str, float]]]:
    return dict(json.loads(NEAR.read_text())) if NEAR.exists() else {}


def _by_name(source: str) -> Iterable[str]:
    path = Path(source)
    here = ROOT / "tests" / path.parent
    named = sorted(here.rglob(f"test_*{path.stem}*.py")) or sorted(here.glob("test_*.py"))
    return [test.relative_to(ROOT).as_posix() for test in named]
