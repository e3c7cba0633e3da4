"""The environment of the running demo, for commands typed meanwhile (`manage.py demo_credentials`)."""

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from fiksreg.demo import secrets

_FILE = "demo.env"


def announce(folder: Path, environment: Mapping[str, str]) -> None:
    """Writes the environment to a file for adopt(), readable only by the owner."""
    secrets.write(folder / _FILE, environment)


def withdraw(folder: Path) -> None:
    (folder / _FILE).unlink(missing_ok=True)


def adopt(environ: MutableMapping[str, str], root: Path) -> None:
    """Adds the running demo's variables to `environ`, unless it has FIKSREG_ENVIRONMENT or DATABASE_URL."""
    path = root / environ.get("FIKSREG_DATA_DIR", ".demo") / _FILE
    if not _says(environ) and os.access(path, os.R_OK):
        environ.update(secrets.read(path))


def hint(environ: Mapping[str, str]) -> str:
    """A hint for missing settings; "" when the environment has FIKSREG_ENVIRONMENT or DATABASE_URL."""
    return "" if _says(environ) else "For the demo: no demo runs here, and `make demo` starts one."


def _says(environ: Mapping[str, str]) -> bool:
    return "FIKSREG_ENVIRONMENT" in environ or "DATABASE_URL" in environ
