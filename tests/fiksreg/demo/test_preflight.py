"""When the demo cannot start, it says in one line what to do."""

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fiksreg.demo import preflight, secrets
from fiksreg.demo.preflight import NotPossible
from fiksreg.embedded import free_port


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("name", ["FIKSREG_PORT", "FIKSREG_SIMULATOR_PORT"])
def test_a_taken_port_is_named_with_the_variable_that_chooses_another(name: str, taken_port: int) -> None:
    chosen = {"FIKSREG_PORT": str(free_port()), "FIKSREG_SIMULATOR_PORT": str(free_port()), name: str(taken_port)}
    with pytest.raises(NotPossible, match=rf"port {taken_port} is taken.*{name}"):
        preflight.ports(chosen)


def test_a_port_shared_by_servers_that_allow_it_counts_as_taken() -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with pytest.raises(NotPossible, match="is taken"):
            preflight.ports({"FIKSREG_PORT": str(listener.getsockname()[1])})


def test_of_two_demos_that_start_in_the_same_moment_one_is_refused() -> None:
    """Both have found the port free, and neither listens yet."""
    ports = preflight.ports({"FIKSREG_PORT": str(free_port()), "FIKSREG_SIMULATOR_PORT": str(free_port())})
    first = preflight.claim(ports)
    with pytest.raises(NotPossible, match=rf"port {ports.web} is taken by another demo.*FIKSREG_PORT"):
        preflight.claim(ports)
    for claim in first:
        claim.close()
    for claim in preflight.claim(ports):
        claim.close()


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "８０００"])
def test_a_bad_port_number_is_refused_with_the_name_of_its_variable(text: str) -> None:
    with pytest.raises(NotPossible, match="FIKSREG_PORT must be a port number"):
        preflight.ports({"FIKSREG_PORT": text})


def test_the_pages_and_the_simulator_cannot_share_a_port() -> None:
    port = str(free_port())
    with pytest.raises(NotPossible, match="must differ"):
        preflight.ports({"FIKSREG_PORT": port, "FIKSREG_SIMULATOR_PORT": port})


def test_the_identity_provider_keeps_its_port_from_one_start_to_the_next() -> None:
    chosen = {"FIKSREG_PORT": str(free_port()), "FIKSREG_SIMULATOR_PORT": str(free_port())}
    assert preflight.ports(chosen).identity == preflight.ports(chosen).identity


def test_a_folder_that_cannot_be_written_is_named_with_the_variable_that_chooses_another(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotPossible, match=r"cannot write to .*file/demo .*FIKSREG_DATA_DIR"):
        preflight.data_folder({"FIKSREG_DATA_DIR": str(tmp_path / "file" / "demo")}, tmp_path)


def test_a_second_demo_in_the_same_folder_is_refused_while_the_first_one_runs(tmp_path: Path) -> None:
    folder = preflight.data_folder({}, tmp_path)
    with preflight.lock(folder), pytest.raises(NotPossible, match="already runs"):
        preflight.lock(folder)
    preflight.lock(folder).close()


def test_secrets_are_made_up_once_and_readable_for_their_owner_alone(tmp_path: Path) -> None:
    first = secrets.load(tmp_path)
    assert secrets.load(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600
    assert len(set(first.values())) == len(first)


def test_a_secret_that_a_later_version_needs_is_added_to_the_ones_that_are_there(tmp_path: Path) -> None:
    first = secrets.load(tmp_path)
    secrets.write(tmp_path / "secrets.env", {name: value for name, value in first.items() if name != "VALKEY_PASSWORD"})
    second = secrets.load(tmp_path)
    assert second["SECRET_KEY"] == first["SECRET_KEY"]
    assert second["VALKEY_PASSWORD"] not in ("", first["VALKEY_PASSWORD"])
