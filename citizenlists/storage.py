"""Files on disk that only the order's data key opens.

A file is a header (magic, nonce prefix) and frames of up to 64 KiB, each sealed with AES-256-GCM under the nonce
prefix + frame counter + "last" mark (the STREAM construction), so a changed, moved, repeated or cut frame is noticed.
The additional data binds a file to its order and name. Nothing is ever on disk in clear; a file appears under its name
only when it is whole. The data key lies in the order's row, sealed by the installation's master key: without the row,
noise.
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
# The file is not there, or its place on the disk cannot be read. Anything else may pass, as too many open files.
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO)
_FENCE = re.compile(r"-(\d+)(?:\.part)?$")
_PREFIX_BYTES = 7
_TAG_BYTES = 16
_HEADER_BYTES = len(MAGIC) + _PREFIX_BYTES
_KEY_PURPOSE = "citizenlists:data-key"


class Unreadable(Exception):
    """The file is missing, cut, altered, or belongs to another order. Not worth a retry; the list is built again."""


class Vault:
    """The files of one order: <files dir>/<order id>/<name>."""

    def __init__(self, order_id: UUID, data_key: bytes) -> None:
        self._order_id = order_id
        self._box = AESGCM(data_key)
        #: 32 bytes for the marks of this order's persons and households: the same for as long as the order is there.
        self.marks_key = blake2b(b"citizenlists:marks", digest_size=32, key=data_key).digest()
        self._folder = folder_of(order_id)

    def create(self, name: str) -> "FileWriter":
        """A writer; the file exists under `name` after publish(), and not at all when an error came before."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileWriter(self._folder / name, self._box, self._context(name))

    def write(self, name: str, content: bytes) -> None:
        """Keeps `content` under `name`, whole or not at all."""
        with self.create(name) as writer:
            writer.write(content)
            writer.finish()
            writer.publish()

    def read(self, name: str) -> bytes:
        """The whole content. Raises Unreadable."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """The content in pieces of at most 64 KiB.

        Raises Unreadable, at the latest in place of the altered piece; OSError when the disk cannot be asked.
        """
        try:
            with (self._folder / name).open("rb") as file:
                yield from _frames(file, self._box, self._context(name))
        except OSError as error:
            if error.errno in _GONE and self._folder.parent.is_dir():
                raise Unreadable("no such file") from None
            raise

    def check(self, name: str) -> None:
        """Reads the whole file and keeps nothing of it. Raises Unreadable, OSError."""
        for _frame in self.stream(name):
            pass

    def _context(self, name: str) -> bytes:
        return f"{self._order_id}/{name}".encode()


class FileWriter:
    """Seals what is written, frame by frame, into a temporary file. A context manager; also a file for zipfile.

    The first frame is sealed last: what stands in it can be gone back to and corrected until publish(), as zipfile does
    with the header of a part once it knows the part's size.
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
        """Bytes written so far, in clear."""
        return self._size

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """To the end, or back into the first frame."""
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
        """zipfile asks for it; a frame is sealed when it is full."""

    def close(self) -> None:
        """Ends the writing; what was not published is gone. A disk that is full has nothing more to say about that."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def finish(self) -> None:
        """Seals what is left and has the disk keep it, still without its name. May take as long as the disk takes."""
        if self._pending:
            self._seal(self._counter, bytes(self._pending), last=True)
        self._seal(0, bytes(self._first), last=not self._pending)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def publish(self) -> None:
        """Gives the finished file its name, in one step that a kill cannot halve."""
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
        yield _opened(box, _nonce(prefix, counter, not following), sealed, context)
        if not following:
            return
        sealed, following, counter = following, _frame(file), counter + 1


def _frame(file: BinaryIO) -> bytes:
    return file.read(FRAME_BYTES + _TAG_BYTES)


def _opened(box: AESGCM, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return box.decrypt(nonce, sealed, context)
    except InvalidTag:
        raise Unreadable("altered or cut") from None


def _nonce(prefix: bytes, counter: int, last: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def new_sealed_key(order_id: UUID) -> bytes:
    """A fresh data key, sealed for this order's row."""
    return keyring.seal(_KEY_PURPOSE, AESGCM.generate_key(256), order_id.bytes)


def vault(order_id: UUID, sealed_key: bytes | memoryview) -> Vault:
    """The order's files. Raises keyring.Unsealable when the key was destroyed or is another order's."""
    return Vault(order_id, keyring.unseal(_KEY_PURPOSE, bytes(sealed_key), order_id.bytes))


def folder_of(order_id: UUID) -> Path:
    """Where an order's files lie. Nothing personal is in the path."""
    return Path(settings.FIKSREG_FILES_DIR) / str(order_id)


def remove_others(order_id: UUID, named: Collection[str], *, up_to: int) -> None:
    """Removes the order's files but for those named. Files of a claim later than the fencing number `up_to` stay."""
    folder = folder_of(order_id)
    for path in folder.iterdir() if folder.is_dir() else ():
        fence = _FENCE.search(path.name)
        if path.name not in named and fence and int(fence[1]) <= up_to:
            path.unlink(missing_ok=True)


def remove(order_id: UUID) -> None:
    """Removes every file of an order, finished or not."""
    shutil.rmtree(folder_of(order_id), ignore_errors=True)
