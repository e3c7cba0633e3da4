"""The whole demo: the two stores and the processes of the Procfile, each with its environment."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from fiksreg.demo import preflight, running, secrets
from fiksreg.demo.environment import Stores, environment
from fiksreg.demo.procfile import ROOT, command_lines
from fiksreg.demo.supervisor import Supervisor
from fiksreg.embedded import Child, ChildFailed, Postgres, PostgresPasswords, Program, Valkey, leftovers
from fiksreg.embedded.databases import CLOCK, OWNER, WEB, WORKER

#: Every process of a demo has the demo's folder in this variable, by which it can be found later.
MARK = "FIKSREG_DEMO_OF"
_STORES = frozenset({"postgres", "valkey"})
_NEED_NO_DATA = frozenset({"simulator", "identity"})
_READY_SECONDS = 60.0
#: A process that has ended so often without answering is given up.
_FALLS = 3
_PASSED_ON = ("HOME", "LANG", "LC_ALL", "TZ", "WEB_CONCURRENCY", "FIKSREG_LOG_LEVEL")
_PASSED_ON_PREFIX = "FIKSREG_SIMULATOR_"


class House:
    """One demo. The constructor checks that it can run; then start() it, keep it running, and stop() it."""

    def __init__(self, folder: Path, caller: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Ends processes that an earlier demo of the same folder left behind. Raises NotPossible."""
        _end_leftovers(folder)
        self.ports = preflight.ports(caller)
        self._claims = preflight.claim(self.ports)
        self._folder = folder
        self._caller = caller
        self._secrets = secrets.load(folder)
        self._supervisor = Supervisor(folder / "run", say)
        passwords = PostgresPasswords.from_secrets(self._secrets)
        self._postgres = Postgres(folder / "postgres", passwords, log=self._log("postgres"))
        self._valkey = Valkey(folder / "valkey", self._secrets["VALKEY_PASSWORD"], log=self._log("valkey"))

    def start(self) -> None:
        """Starts everything and returns when it answers. Raises ChildFailed with the last line of a process that does
        not."""
        self._own_pid_file.write_text(f"{os.getpid()}\n", encoding="ascii")
        self._start_stores()
        settings = self._settings()
        running.announce(self._folder, settings)
        for name in _NEED_NO_DATA:
            self._start(name, settings)
        self._prepare(settings)
        for name in command_lines().keys() - _NEED_NO_DATA:
            self._start(name, settings)
        self._await_answers()

    def keep_running(self) -> None:
        self._supervisor.keep_running()

    def stop(self) -> None:
        """Stops everything that was started; no process is left."""
        self._supervisor.stop(stores=_STORES)
        _end_leftovers(self._folder)
        running.withdraw(self._folder)
        self._own_pid_file.unlink(missing_ok=True)
        for claim in self._claims:
            claim.close()

    @property
    def _own_pid_file(self) -> Path:
        return self._folder / "run" / "supervisor.pid"

    def _start_stores(self) -> None:
        self._supervisor.start("postgres", self._postgres.start, restart=self._postgres.start_again)
        self._postgres.create_database()
        self._supervisor.start("valkey", self._valkey.start, restart=self._valkey.start_again)

    def _settings(self) -> dict[str, str]:
        files = self._folder / "files"
        files.mkdir(mode=0o700, exist_ok=True)
        stores = Stores(
            owner_url=self._postgres.url(OWNER), database_url=self._postgres.url(WEB), redis_url=self._valkey.url
        )
        shipped = {"FIKSREG_CHECKPOINT_FILE": str(self._folder / "checkpoints.jsonl")}
        return environment("demo", ports=self.ports, stores=stores, secrets=self._secrets, files=files) | shipped

    def _start(self, name: str, settings: Mapping[str, str]) -> None:
        program = self._program(name, command_lines()[name], {**settings, **self._own(name)})
        self._supervisor.start(name, lambda: Child(program))

    def _own(self, name: str) -> dict[str, str]:
        """The environment variables that only this process gets."""
        database = {"worker": WORKER, "clock": CLOCK}.get(name)
        own = {"DATABASE_URL": self._postgres.url(database)} if database else {}
        return own | ({"FIKSREG_CHECKPOINT_KEY": self._secrets["FIKSREG_CHECKPOINT_KEY"]} if name == "clock" else {})

    def _prepare(self, settings: Mapping[str, str]) -> None:
        command = (sys.executable, "-m", "fiksreg.demo.prepare")
        Child(self._program("prepare", command, settings)).finish(seconds=_READY_SECONDS)

    def _program(self, name: str, command: tuple[str, ...], settings: Mapping[str, str]) -> Program:
        return Program(
            name=name,
            command=command,
            folder=ROOT,
            log=self._log(name),
            environment={**_pass_on(self._caller), **settings, MARK: str(self._folder)},
        )

    def _log(self, name: str) -> Path:
        return self._folder / "logs" / f"{name}.log"

    def _await_answers(self) -> None:
        waiting = {
            "simulator": f"http://127.0.0.1:{self.ports.simulator}/testpersoner.json",
            "identity": f"http://127.0.0.1:{self.ports.identity}/jwks",
            "web": f"http://127.0.0.1:{self.ports.web}/readyz",
        }

        def all_answer() -> bool:
            for name in waiting:
                if self._supervisor.falls(name) >= _FALLS:
                    raise ChildFailed(f"{name} does not stay up: {self._supervisor.last_words(name)}")
            for name in [name for name, address in waiting.items() if _answers(address)]:
                del waiting[name]
            return not waiting

        try:
            self._supervisor.keep_running(all_answer, seconds=_READY_SECONDS)
        except TimeoutError:
            name = next(iter(waiting))
            raise ChildFailed(f"{name} does not answer: {self._supervisor.last_words(name)}") from None


def _pass_on(caller: Mapping[str, str]) -> dict[str, str]:
    """The few variables that are passed on from the caller. Their proxy or database must not affect the demo."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{caller.get('PATH', os.defpath)}"
    wanted = {key: value for key, value in caller.items() if key in _PASSED_ON or key.startswith(_PASSED_ON_PREFIX)}
    return {**wanted, "PATH": programs, "PYTHONUNBUFFERED": "1"}


def _end_leftovers(folder: Path) -> None:
    leftovers.end(lambda: leftovers.by_environment(MARK, str(folder)))


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5, trust_env=False).is_success
    except httpx.TransportError:
        return False
