"""Encrypted files: whole or not at all, and readable by nobody without the order's row."""

import uuid
from io import UnsupportedOperation
from pathlib import Path

import pytest
from pytest_django import Settings

from citizenlists import storage
from citizenlists.storage import FRAME_BYTES, Unreadable, Vault
from roles.keyring import Unsealable

SECRET = b"ROLIG FJELL " * 20_000


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.FIKSREG_FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def order_id() -> uuid.UUID:
    return uuid.uuid4()


@pytest.fixture
def vault(order_id: uuid.UUID) -> Vault:
    return storage.vault(order_id, storage.new_sealed_key(order_id))


def only_file(files: Path) -> Path:
    return next(path for path in files.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES])
def test_a_written_file_is_read_back(vault: Vault, size: int) -> None:
    vault.write("rows-1-1", SECRET[:size])
    assert vault.read("rows-1-1") == SECRET[:size]


def test_nothing_lies_on_disk_in_clear(vault: Vault, files: Path) -> None:
    vault.write("rows-1-1", SECRET)
    assert b"FJELL" not in only_file(files).read_bytes()
    assert only_file(files).stat().st_mode & 0o077 == 0


def test_a_cut_tail_is_noticed(vault: Vault, files: Path) -> None:
    vault.write("list-1", SECRET)
    whole = only_file(files).read_bytes()
    only_file(files).write_bytes(whole[: 15 + 2 * (FRAME_BYTES + 16)])
    with pytest.raises(Unreadable):
        vault.read("list-1")


@pytest.mark.parametrize("place", [0, 9, 40, FRAME_BYTES + 40, -1])
def test_a_changed_byte_is_noticed(vault: Vault, files: Path, place: int) -> None:
    vault.write("list-1", SECRET)
    content = bytearray(only_file(files).read_bytes())
    content[place] ^= 1
    only_file(files).write_bytes(content)
    with pytest.raises(Unreadable):
        vault.read("list-1")


def test_swapped_frames_are_noticed(vault: Vault, files: Path) -> None:
    vault.write("list-1", SECRET)
    content, frame = only_file(files).read_bytes(), FRAME_BYTES + 16
    first, second, rest = content[15 : 15 + frame], content[15 + frame : 15 + 2 * frame], content[15 + 2 * frame :]
    only_file(files).write_bytes(content[:15] + second + first + rest)
    with pytest.raises(Unreadable):
        vault.read("list-1")


def test_a_file_renamed_to_another_is_noticed(vault: Vault, files: Path) -> None:
    vault.write("rows-1-1", SECRET)
    only_file(files).rename(only_file(files).with_name("rows-2-1"))
    with pytest.raises(Unreadable):
        vault.read("rows-2-1")


def test_a_file_is_not_there_before_it_is_whole(vault: Vault, files: Path) -> None:
    with vault.create("list-1") as writer:
        writer.write(SECRET)
    assert not [path for path in files.rglob("*") if path.is_file()]
    with pytest.raises(Unreadable):
        vault.read("list-1")


def test_another_orders_key_opens_nothing(order_id: uuid.UUID) -> None:
    with pytest.raises(Unsealable):
        storage.vault(uuid.uuid4(), storage.new_sealed_key(order_id))


def test_removing_an_order_removes_every_file(vault: Vault, order_id: uuid.UUID, files: Path) -> None:
    vault.write("list-1", SECRET)
    storage.remove(order_id)
    storage.remove(order_id)
    assert list(files.iterdir()) == []


@pytest.mark.parametrize("size", [1, 300, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES])
def test_the_first_frame_can_be_corrected_until_the_file_is_finished(vault: Vault, size: int) -> None:
    with vault.create("list-1") as writer:
        for start in range(0, size, 1000):
            writer.write(SECRET[start : min(start + 1000, size)])
        writer.seek(0)
        writer.write(b"S")
        writer.seek(size)
        writer.write(b" AND MORE")
        writer.finish()
        writer.publish()
    assert writer.size == size + 9
    assert vault.read("list-1") == b"S" + SECRET[1:size] + b" AND MORE"


def test_a_sealed_frame_cannot_be_corrected(vault: Vault) -> None:
    with vault.create("list-1") as writer:
        writer.write(SECRET)
        with pytest.raises(UnsupportedOperation):
            writer.seek(FRAME_BYTES + 1)
        writer.seek(FRAME_BYTES - 1)
        with pytest.raises(UnsupportedOperation):
            writer.write(b"over the edge")


def test_a_disk_that_refuses_everything_leaves_no_unfinished_file(
    vault: Vault, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        vault.write("list-1", SECRET)
    assert not [path for path in files.rglob("*") if path.is_file()]
