"""A PostgreSQL 18 server of our own: password login, loopback only, a role for each process, ready in half a second."""

import hashlib
import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self

import psycopg

from fiksreg.embedded import leftovers
from fiksreg.embedded.childprocesses import Child, ChildFailed, Program, free_port, start_server
from fiksreg.embedded.databases import CLOCK, OWNER, SUPERUSER, WEB, WORKER, create_database, ensure_role
from fiksreg.embedded.folders import data_place, postgres_programs, server_account

_ATTEMPTS = 3
_READY_SECONDS = 30.0
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # No statements and no key values in the log, because both may hold personal data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_THROW_AWAY = {"fsync": "off", "full_page_writes": "off"}


class OtherSecrets(ChildFailed):
    """The data was created with other passwords than the given ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresPasswords:
    """A password for each database role."""

    superuser: str = field(repr=False)
    owner: str = field(repr=False)
    web: str = field(repr=False)
    worker: str = field(repr=False)
    clock: str = field(repr=False)

    @classmethod
    def from_secrets(cls, secrets: Mapping[str, str]) -> Self:
        """The passwords from the values of environment variables such as POSTGRES_OWNER_PASSWORD."""
        return cls(**{one.name: secrets[f"POSTGRES_{one.name.upper()}_PASSWORD"] for one in fields(cls)})

    def by_role(self) -> dict[str, str]:
        return {SUPERUSER: self.superuser, OWNER: self.owner, WEB: self.web, WORKER: self.worker, CLOCK: self.clock}


class Postgres:
    """One server on one folder. start() creates the data if it is missing.

    durable: False for data that is thrown away; it survives a kill but no power cut.
    """

    def __init__(self, folder: Path, passwords: PostgresPasswords, *, log: Path, durable: bool = True) -> None:
        self.place = data_place(folder)
        self.port = free_port()
        self._passwords = passwords.by_role()
        self._log = log
        self._durable = durable
        # In the title of every process of this server, by which left-over processes are found.
        self.name = f"fiksreg-{hashlib.sha256(str(self.place).encode()).hexdigest()[:16]}"

    @property
    def data(self) -> Path:
        return self.place / "data"

    def url(self, role: str, database: str = "fiksreg") -> str:
        """The URL of a database for a role of databases.py."""
        return f"postgres://{role}:{self._passwords[role]}@127.0.0.1:{self.port}/{database}"

    def start(self) -> Child:
        """Starts the server. Raises ChildFailed with its last line when it does not start, OtherSecrets for other
        passwords."""
        self._clear_the_way()
        if not self.data.exists():
            self._create()
        for _ in range(_ATTEMPTS - 1):
            try:
                return self.start_again()
            except OtherSecrets:
                raise
            except ChildFailed:
                self.port = free_port()  # somebody was faster to take it
        return self.start_again()

    def start_again(self) -> Child:
        """Starts a server that has died again, on the same port. Raises as start() does."""
        self._clear_the_way()
        return start_server(self._program(), self._answers, seconds=_READY_SECONDS)

    def create_database(self, name: str = "fiksreg") -> None:
        """Creates the roles with their passwords and a database that the owner owns, as far as they are missing."""
        with self.connect(SUPERUSER, "postgres") as connection:
            for role in self._passwords.keys() - {SUPERUSER}:
                ensure_role(connection, role, self._passwords[role])
            create_database(connection, name)

    def connect(self, role: str, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.url(role, database), autocommit=True, connect_timeout=3)

    def _program(self) -> Program:
        settings = {
            **_SETTINGS,
            **({} if self._durable else _THROW_AWAY),
            "port": str(self.port),
            "cluster_name": self.name,
        }
        return Program(
            name="postgres",
            command=(
                str(postgres_programs() / "postgres"),
                *("-D", str(self.data)),
                *(f"--{key}={value}" for key, value in settings.items()),
            ),
            folder=Path("/"),
            log=self._log,
            environment=_environment(),
            account=server_account(),
            stop_signal=signal.SIGINT,  # the fast shutdown; SIGTERM would wait for every client
            orphan_signal=signal.SIGINT,
        )

    def _answers(self) -> bool:
        try:
            self.connect(SUPERUSER, "postgres").close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise OtherSecrets(f"The database in {self.data} was made with other secrets than these") from None
            return False
        return True

    def _clear_the_way(self) -> None:
        leftovers.end(lambda: leftovers.by_title(self.name))
        # With no process of this server left the file is stale, also where another process has its number by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _create(self) -> None:
        """Creates the data in a folder of another name and renames it, so that an interrupted one is never used."""
        fresh, password_file = self.place / "data.new", self.place / "password"
        shutil.rmtree(fresh, ignore_errors=True)
        _write_for_the_server(password_file, self._passwords[SUPERUSER])
        try:
            Child(self._initdb(fresh, password_file)).finish(seconds=_READY_SECONDS)
        finally:
            password_file.unlink()
        fresh.rename(self.data)

    def _initdb(self, folder: Path, password_file: Path) -> Program:
        login = ("--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={password_file}")
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        sync = () if self._durable else ("--no-sync",)
        return Program(
            name="initdb",
            command=(str(postgres_programs() / "initdb"), "-D", str(folder), *login, *locale, *sync),
            folder=Path("/"),
            log=self._log,
            environment=_environment(),
            account=server_account(),
        )


def _write_for_the_server(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="ascii")
    if account := server_account():
        os.chown(path, account.uid, account.gid)


def _environment() -> dict[str, str]:
    """The server's environment, without the launcher's PG* variables and secrets."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
