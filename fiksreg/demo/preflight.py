"""The checks before the demo starts. Each failure is one line that says what to do."""

import fcntl
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from fiksreg.demo.environment import Ports
from fiksreg.embedded import free_port
from fiksreg.embedded.ports import PortTaken
from fiksreg.embedded.ports import claim as claim_port

_WEB_PORT, _SIMULATOR_PORT, _IDENTITY_OFFSET = 8000, 8090, 1400
_HIGHEST_PORT = 65535
_PATIENCE = 2.0


class NotPossible(Exception):
    """The demo cannot start; the message is for the person who asked for it."""


def data_folder(environ: Mapping[str, str], root: Path) -> Path:
    """The folder FIKSREG_DATA_DIR or `.demo`, created if needed. Raises NotPossible when it is not writable."""
    folder = root / environ.get("FIKSREG_DATA_DIR", ".demo")
    try:
        (folder / "run").mkdir(parents=True, exist_ok=True)
        (folder / "run" / "lock").touch()
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else "no reason given"
        raise NotPossible(f"cannot write to {folder} ({reason}); choose another with FIKSREG_DATA_DIR") from None
    return folder.resolve()


def lock(folder: Path) -> IO[bytes]:
    """Locks the folder until the file is closed or this process ends. Raises NotPossible while another demo has it."""
    file = (folder / "run" / "lock").open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise NotPossible(f"a demo already runs in {folder}; stop it, or choose another FIKSREG_DATA_DIR") from None
    return file


def ports(environ: Mapping[str, str]) -> Ports:
    """The ports to use. Raises NotPossible for a bad port number and for a port that is taken."""
    web = _parse_port(environ, "FIKSREG_PORT", _WEB_PORT)
    simulator = _parse_port(environ, "FIKSREG_SIMULATOR_PORT", _SIMULATOR_PORT)
    if web == simulator:
        raise NotPossible(f"FIKSREG_PORT and FIKSREG_SIMULATOR_PORT are both {web}; they must differ")
    return Ports(web=web, simulator=simulator, identity=_identity(environ, web, simulator))


def claim(ports: Ports) -> list[socket.socket]:
    """Claims the ports until the sockets are closed. Raises NotPossible when another demo was faster."""
    names = {
        "FIKSREG_PORT": ports.web,
        "FIKSREG_SIMULATOR_PORT": ports.simulator,
        "FIKSREG_IDENTITY_PORT": ports.identity,
    }
    return [_claim(name, port) for name, port in names.items()]


def _claim(name: str, port: int) -> socket.socket:
    try:
        return claim_port("demo", "127.0.0.1", port)
    except PortTaken:
        raise NotPossible(f"port {port} is taken by another demo; choose another with {name}") from None


def _identity(environ: Mapping[str, str], web: int, simulator: int) -> int:
    """A port for the identity provider, which no user needs to know: the same for the same web port if it is free."""
    if "FIKSREG_IDENTITY_PORT" in environ:
        return _parse_port(environ, "FIKSREG_IDENTITY_PORT", 0)
    usual = web + _IDENTITY_OFFSET if web + _IDENTITY_OFFSET <= _HIGHEST_PORT else web - _IDENTITY_OFFSET
    return usual if usual != simulator and _is_free(usual) else free_port()


def _parse_port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= _HIGHEST_PORT:
        raise NotPossible(f"{name} must be a port number between 1 and {_HIGHEST_PORT}, not {text!r}")
    if not _becomes_free(int(text)):
        raise NotPossible(f"port {text} is taken or closed to this user; choose another with {name}")
    return int(text)


def _becomes_free(port: int) -> bool:
    """Whether the port is free or becomes so shortly: the sockets of a killed process live a little longer."""
    deadline = time.monotonic() + _PATIENCE
    while not (free := _is_free(port)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return free


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As a server would: what merely lingers from a closed connection does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
