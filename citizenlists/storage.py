"""Encrypted files on disk that only the order's data key opens.

A file is a header (magic, nonce prefix) and frames of up to 64 KiB, each sealed with AES-256-GCM under the nonce
prefix + frame counter + "last" mark (the STREAM construction), so a changed, moved, repeated or cut frame is noticed.
The additional data binds a file to its order and name. Nothing is ever on disk in clear, and a file gets its name only
when it is whole. The data key is in the order's row, sealed by the master key; without the row the files cannot be
read.
"""

import errno
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import blake2b
from io import UnsupportedOperation
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from roles import keyring

MAGIC = b"FIKSREG1"
FRAME_BYTES = 64 * 1024
UNFINISHED = ".part"
# The file is missing, or its place on the disk cannot be read. Other errors, such as too many open files, may pass.
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO)
_FENCE = re.compile(r"-(\d+)(?:\.part)?$")
_PREFIX_BYTES = 7
_TAG_BYTES = 16
_HEADER_BYTES = len(MAGIC) + _PREFIX_BYTES
_KEY_PURPOSE = "citizenlists:data-key"


class Unreadable(Exception):
    """The file is missing, cut, altered, or of another order. A retry does not help; the list must be built again."""


class Vault:
    """The files of one order: <files dir>/<order id>/<name>."""

    def __init__(self, order_id: UUID, data_key: bytes) -> None:
        self._order_id = order_id
        self._box = AESGCM(data_key)
        #: 32 bytes for the marks of this order's persons and households. The key is the same as long as the order
        #: exists.
        self.marks_key = blake2b(b"citizenlists:marks", digest_size=32, key=data_key).digest()
        self._folder = folder_of(order_id)

    def create(self, name: str) -> "FileWriter":
        """A writer. The file gets `name` at publish(); after an earlier error there is no file."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileWriter(self._folder / name, self._box, self._context(name))

    def write(self, name: str, content: bytes) -> None:
        """Writes `content` to the file `name`, whole or not at all."""
        with self.create(name) as writer:
            writer.write(content)
            writer.finish()
            writer.publish()

    def read(self, name: str) -> bytes:
        """The whole content of a file. Raises Unreadable, OSError."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """The content of a file in pieces of at most 64 KiB.

        Raises Unreadable, at the latest in place of an altered piece, and OSError when the disk fails.
        """
        try:
            with (self._folder / name).open("rb") as file:
                yield from _frames(file, self._box, self._context(name))
        except OSError as error:
            if error.errno in _GONE and self._folder.parent.is_dir():
                raise Unreadable("no such file") from None
            raise

    def check(self, name: str) -> None:
        """Reads the whole file to check it. Raises Unreadable, OSError."""
        for _frame in self.stream(name):
            pass

    def _context(self, name: str) -> bytes:
        return f"{self._order_id}/{name}".encode()


class FileWriter:
    """Encrypts what is written, frame by frame, into a temporary file. A context manager, and a file object for
    zipfile.

    The first frame is sealed last, so that its content can be corrected until finish(): zipfile goes back to the header
    of a part when it knows the part's size.
    """

    def __init__(self, target: Path, box: AESGCM, context: bytes) -> None:
        self._target, self._box, self._context = target, box, context
        self._temporary = target.with_name(target.name + UNFINISHED)
        self._prefix = os.urandom(_PREFIX_BYTES)
        self._first, self._pending, self._counter = bytearray(), bytearray(), 1
        self._size = self._place = 0
        self._file: BinaryIO = os.fdopen(os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._file.write(MAGIC + self._prefix)

    @property
    def size(self) -> int:
        """The number of bytes written so far, before encryption."""
        return self._size

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Moves to the end, or back into the first frame; no other place is possible."""
        if whence != os.SEEK_SET or not (place == self._size or 0 <= place <= len(self._first)):
            raise UnsupportedOperation("the frame is sealed")
        self._place = place
        return place

    def write(self, content: bytes) -> int:
        if self._place < self._size and self._place + len(content) > len(self._first):
            raise UnsupportedOperation("the frame is sealed")
        within = content[: max(FRAME_BYTES - self._place, 0)]
        self._first[self._place : self._place + len(within)] = within
        self._pending += content[len(within) :]
        self._place += len(content)
        self._size = max(self._size, self._place)
        while len(self._pending) > FRAME_BYTES:
            self._seal(self._counter, bytes(self._pending[:FRAME_BYTES]), last=False)
            del self._pending[:FRAME_BYTES]
            self._counter += 1
        return len(content)

    def flush(self) -> None:
        """Does nothing; zipfile calls it. A frame is sealed when it is full."""

    def close(self) -> None:
        """Ends the writing and deletes an unpublished file. An error of a full disk is ignored here."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def finish(self) -> None:
        """Seals the last frames and syncs the file to the disk, still without its name. May be slow."""
        if self._pending:
            self._seal(self._counter, bytes(self._pending), last=True)
        self._seal(0, bytes(self._first), last=not self._pending)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def publish(self) -> None:
        """Gives the finished file its name, in one atomic step."""
        self._temporary.replace(self._target)

    def _seal(self, number: int, frame: bytes, *, last: bool) -> None:
        self._file.seek(_HEADER_BYTES + number * (FRAME_BYTES + _TAG_BYTES))
        self._file.write(self._box.encrypt(_nonce(self._prefix, number, last), frame, self._context))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _frames(file: BinaryIO, box: AESGCM, context: bytes) -> Iterator[bytes]:
    header = file.read(_HEADER_BYTES)
    if header[: len(MAGIC)] != MAGIC:
        raise Unreadable("not one of our files")
    prefix, counter = header[len(MAGIC) :], 0
    sealed, following = _frame(file), _frame(file)
    while True:
        yield _open(box, _nonce(prefix, counter, not following), sealed, context)
        if not following:
            return
        sealed, following, counter = following, _frame(file), counter + 1


def _frame(file: BinaryIO) -> bytes:
    return file.read(FRAME_BYTES + _TAG_BYTES)


def _open(box: AESGCM, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return box.decrypt(nonce, sealed, context)
    except InvalidTag:
        raise Unreadable("altered or cut") from None


def _nonce(prefix: bytes, counter: int, last: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def new_sealed_key(order_id: UUID) -> bytes:
    """A new data key, sealed for this order's row."""
    return keyring.seal(_KEY_PURPOSE, AESGCM.generate_key(256), order_id.bytes)


def vault(order_id: UUID, sealed_key: bytes | memoryview) -> Vault:
    """The order's files. Raises keyring.Unsealable when the key was destroyed or belongs to another order."""
    return Vault(order_id, keyring.unseal(_KEY_PURPOSE, bytes(sealed_key), order_id.bytes))


def rewrapped(order_id: UUID, sealed_key: bytes) -> bytes:
    """The same data key, sealed by the current master key. The files stay as they are. Raises keyring.Unsealable."""
    return keyring.resealed(_KEY_PURPOSE, sealed_key, order_id.bytes)


def folder_of(order_id: UUID) -> Path:
    """The folder of an order's files. The path holds no personal data."""
    return Path(settings.FIKSREG_FILES_DIR) / str(order_id)


def remove_others(order_id: UUID, named: Collection[str], *, up_to: int) -> None:
    """Removes the order's files except those in `named` and those of claims later than the fencing number `up_to`."""
    folder = folder_of(order_id)
    for path in folder.iterdir() if folder.is_dir() else ():
        fence = _FENCE.search(path.name)
        if path.name not in named and fence and int(fence[1]) <= up_to:
            path.unlink(missing_ok=True)


def remove(order_id: UUID) -> None:
    """Removes all files of an order."""
    shutil.rmtree(folder_of(order_id), ignore_errors=True)
