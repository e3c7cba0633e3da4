"""The process that runs the tests of one tree, again and again: `python -m tests.mutation.trials`, in that tree.

Its services run as long as it does. Each trial is a fork of it, on a database and a broker as they were after the
migrations. A line in: the source that was changed, the test files, and the seconds that each test may take. A line out:
passed, failed or hung.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
import redis
from psycopg import sql

from fiksreg.embedded.databases import OWNER, SUPERUSER
from tests import services
from tests.mutation.rooms import PACKAGES, ROOT

#: What nearly every test needs: read once for all trials.
_READ: Final = ("celery", "django.test", "httpx", "openpyxl")
#: By pytest's exit status. 2 to 4: the run was cut short by an error, or by what breaks every import; 5: no test.
_OUTCOMES: Final = {0: "passed", 1: "failed", 2: "failed", 3: "failed", 4: "failed", 5: "passed"}
_MIGRATED: Final = sql.Identifier("migrated")
_DATABASE: Final = sql.Identifier("fiksreg")


class _Kept(services.Services):
    """Services that the next trial needs too."""

    def stop(self) -> None:
        """They go on."""


class _NearAndQuickFirst:
    """A pytest plugin. It also ends the process that a test hangs in, and lets no test look for a smaller example."""

    def __init__(self, tests: list[str], seconds: int) -> None:
        self._nearness = {ROOT / test: place for place, test in enumerate(tests, start=1)}
        self._seconds = seconds

    def pytest_configure(self) -> None:
        """The same examples each time. One that fails is enough: looking for the smallest takes too long."""
        from hypothesis import Phase, settings  # not before pytest has begun, which prepares it

        ours = settings.get_profile("fiksreg")
        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutation", ours, phases=phases, derandomize=True, database=None)
        settings.load_profile("mutation")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: _cost(item) * self._nearness[item.path])

    def pytest_runtest_logstart(self) -> None:
        signal.alarm(self._seconds)


def _cost(item: pytest.Item) -> int:
    if "simulator" in getattr(item, "fixturenames", ()):
        return 2
    return 1 if item.get_closest_marker("django_db") else 0


def main() -> None:
    """Until there are no more lines to read."""
    for name in _READ:
        import_module(name)
    running = services.start()
    taking_part = _migrated(running)
    for line in sys.stdin:
        source, tests, seconds = json.loads(line)
        _make_fresh(running, migrated=source not in taking_part)
        sys.stdout.write(f"{_outcome(_forked(partial(_run, running, tests, seconds)))}\n")
        sys.stdout.flush()
    running.stop()


def _run(running: services.Services, tests: list[str], seconds: int) -> int:
    signal.alarm(seconds)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    _forget_ours()
    vars(import_module("tests.services"))["start"] = lambda: _Kept(
        **{field.name: getattr(running, field.name) for field in fields(running)}
    )
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # pytest-django would read the settings before the conftest does
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not campaign", *tests]
    return int(pytest.main(arguments, plugins=[_NearAndQuickFirst(tests, seconds)]))


def _forget_ours() -> None:
    """So that the files are read as they are now."""
    for name in [name for name in sys.modules if name.partition(".")[0] in {*PACKAGES, "tests"}]:
        del sys.modules[name]


def _outcome(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "hung" if os.WTERMSIG(status) == signal.SIGALRM else "failed"
    return _OUTCOMES[os.WEXITSTATUS(status)]


def _forked(work: Callable[[], int]) -> int:
    """How it ended, as os.wait tells it. Nothing that it started is left."""
    child = os.fork()
    if not child:
        status = pytest.ExitCode.INTERNAL_ERROR.value
        try:
            os.setsid()
            status = work()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return status


def _migrated(running: services.Services) -> frozenset[str]:
    """The sources that do something in a migration: a change of one is tried on an empty database."""
    told = running.folder / "migrating.json"
    _forked(partial(_migrate, running, told))
    with running.postgres.connect(SUPERUSER, "postgres") as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(_MIGRATED, _DATABASE))
    return frozenset(json.loads(told.read_text()))


def _migrate(running: services.Services, told: Path) -> int:
    os.environ.update(running.environment)
    _forget_ours()
    import_module("django").setup()
    called: set[str] = set()

    def note(frame: FrameType, event: str, _value: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            called.add(frame.f_code.co_filename)

    sys.setprofile(note)
    import_module("django.core.management").call_command("migrate", database="owner", verbosity=0)
    sys.setprofile(None)
    told.write_text(json.dumps([name.removeprefix(f"{ROOT}/") for name in called if name.startswith(f"{ROOT}/")]))
    return 0


def _make_fresh(running: services.Services, *, migrated: bool) -> None:
    """The database, the broker and the files as no test has touched them."""
    with running.postgres.connect(SUPERUSER, "postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_DATABASE))
        template = _MIGRATED if migrated else sql.Identifier("template1")
        command = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        server.execute(command.format(_DATABASE, sql.Identifier(OWNER), template))
    with redis.Redis.from_url(running.environment["REDIS_URL"]) as broker:
        broker.flushall()
    files = Path(running.environment["FIKSREG_FILES_DIR"])
    shutil.rmtree(files)
    files.mkdir(mode=0o700)


if __name__ == "__main__":
    main()
