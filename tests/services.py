"""Throw-away PostgreSQL and Valkey for one run of tests, and the environment of a Fiksreg that uses them."""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fiksreg.demo import secrets
from fiksreg.demo.environment import Ports, Stores, environment
from fiksreg.embedded import Child, Postgres, PostgresPasswords, Valkey, free_port
from fiksreg.embedded.databases import OWNER, RUNTIME

SIMULATED_PERSONS_PER_KOMMUNE = 300
#: A test of limits gives its organisation limits; the others ask as much as they need.
LIMITS = (
    "FIKSREG_LOOKUPS_PER_MINUTE",
    "FIKSREG_LOOKUPS_PER_DAY",
    "FIKSREG_MISSES_IN_A_ROW",
    "FIKSREG_MISSES_PER_DAY",
    "FIKSREG_OPEN_ORDERS",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What runs, and where its files are. children: the database and the broker, as they run now."""

    folder: Path
    environment: dict[str, str]
    postgres: Postgres
    valkey: Valkey
    children: list[Child]

    def stop(self) -> None:
        for child in self.children:
            child.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.postgres.place, ignore_errors=True)


def start(*, durable: bool = False) -> Services:
    """Up in under a second; ends with this process, also when it is killed. durable: commits wait for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="fiksreg-test-"))
    folder.chmod(0o711)  # the database server's account passes through
    made_up = secrets.make_up()
    postgres = Postgres(folder / "postgres", _passwords(made_up), log=folder / "logs/postgres.log", durable=durable)
    valkey = Valkey(folder / "valkey", made_up["VALKEY_PASSWORD"], log=folder / "logs/valkey.log")
    children = [postgres.start(), valkey.start()]
    postgres.create_database()
    return Services(
        folder=folder,
        environment=environment(
            "test",
            ports=Ports(web=free_port(), simulator=free_port(), identity=free_port()),
            stores=Stores(owner_url=postgres.url(OWNER), runtime_url=postgres.url(RUNTIME), redis_url=valkey.url),
            secrets=made_up,
            files=_files(folder),
        )
        | {"FIKSREG_SIMULATOR_SIZE": str(SIMULATED_PERSONS_PER_KOMMUNE)}
        | dict.fromkeys(LIMITS, "1000000"),
        postgres=postgres,
        valkey=valkey,
        children=children,
    )


def _passwords(made_up: dict[str, str]) -> PostgresPasswords:
    return PostgresPasswords(
        superuser=made_up["POSTGRES_SUPERUSER_PASSWORD"],
        owner=made_up["POSTGRES_OWNER_PASSWORD"],
        runtime=made_up["POSTGRES_RUNTIME_PASSWORD"],
    )


def _files(folder: Path) -> Path:
    files = folder / "files"
    files.mkdir(mode=0o700)
    return files


def process_environment(services: Services) -> dict[str, str]:
    """For a process of ours started by a test: its services, and where to find programs."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": programs, "HOME": os.environ.get("HOME", "/"), **services.environment}
