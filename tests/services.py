"""Throw-away PostgreSQL and Valkey for one run of tests, and the environment of a Fiksreg that uses them."""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from psycopg import sql

from fiksreg.demo import secrets
from fiksreg.demo.environment import Ports, Stores, environment
from fiksreg.embedded import Child, Postgres, PostgresPasswords, Valkey, free_port
from fiksreg.embedded.databases import OWNER, PROCESSES, SUPERUSER, ensure_role

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
    postgres = Postgres(
        folder / "postgres", PostgresPasswords.from_secrets(made_up), log=folder / "logs/postgres.log", durable=durable
    )
    valkey = Valkey(folder / "valkey", made_up["VALKEY_PASSWORD"], log=folder / "logs/valkey.log")
    children = [postgres.start(), valkey.start()]
    postgres.create_database()
    return Services(
        folder=folder,
        environment=environment(
            "test",
            ports=Ports(web=free_port(), simulator=free_port(), identity=free_port()),
            stores=Stores(
                owner_url=postgres.url(OWNER), database_url=_url_of_everybody(postgres), redis_url=valkey.url
            ),
            secrets=made_up,
            files=_files(folder),
        )
        | {"FIKSREG_SIMULATOR_SIZE": str(SIMULATED_PERSONS_PER_KOMMUNE)}
        | dict.fromkeys(LIMITS, "1000000"),
        postgres=postgres,
        valkey=valkey,
        children=children,
    )


#: Tests run the code of every process in one: this role may do what any of them may, and nothing else.
EVERYBODY = "fiksreg_everybody"


def _url_of_everybody(postgres: Postgres) -> str:
    password = token_hex(24)
    with postgres.connect(SUPERUSER, "postgres") as connection:
        ensure_role(connection, EVERYBODY, password)
        for role in map(sql.Identifier, PROCESSES):
            connection.execute(sql.SQL("GRANT {} TO {}").format(role, sql.Identifier(EVERYBODY)))
    return f"postgres://{EVERYBODY}:{password}@127.0.0.1:{postgres.port}/fiksreg"


def _files(folder: Path) -> Path:
    files = folder / "files"
    files.mkdir(mode=0o700)
    return files


def process_environment(services: Services) -> dict[str, str]:
    """For a process of ours started by a test: its services, and where to find programs."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": programs, "HOME": os.environ.get("HOME", "/"), **services.environment}
