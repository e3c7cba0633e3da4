"""The environment of the demo that runs now, for commands typed beside it (`manage.py demo_credentials`)."""

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from fiksreg.demo import secrets

_FILE = "demo.env"


def announce(folder: Path, environment: Mapping[str, str]) -> None:
    """Leaves it where `adopt` finds it, readable for nobody else."""
    secrets.write(folder / _FILE, environment)


def withdraw(folder: Path) -> None:
    (folder / _FILE).unlink(missing_ok=True)


def adopt(environ: MutableMapping[str, str], root: Path) -> None:
    """Fills in what the running demo uses, where the environment does not say at all what to run on."""
    path = root / environ.get("FIKSREG_DATA_DIR", ".demo") / _FILE
    if not _says(environ) and os.access(path, os.R_OK):
        environ.update(secrets.read(path))


def hint(environ: Mapping[str, str]) -> str:
    """What else to do where settings are missing: "" where the environment says what to run on."""
    return "" if _says(environ) else "For the demo: no demo runs here, and `make demo` starts one."


def _says(environ: Mapping[str, str]) -> bool:
    return "FIKSREG_ENVIRONMENT" in environ or "DATABASE_URL" in environ
