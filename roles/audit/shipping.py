"""The checkpoint file, one JSON line for each checkpoint. It must be where no operator of the database can write."""

import base64
import binascii
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from django.conf import settings

from roles.audit.signing import ForgedCheckpoint, SignedCheckpoint, decode_statement

_BEGINNING = b'{"statement": "'


@dataclass(frozen=True, slots=True)
class Shipped:
    """The content of the file. by_chain: the checkpoints by the chain that each names, unchecked. nonsense: the numbers
    of the lines that are no checkpoints."""

    by_chain: dict[str, list[SignedCheckpoint]] = field(default_factory=dict)
    nonsense: tuple[int, ...] = ()

    def of(self, chain: str) -> list[SignedCheckpoint]:
        return self.by_chain.get(chain, [])


class _Line(msgspec.Struct):
    statement: str
    signature: str


def ship(signed: SignedCheckpoint) -> None:
    """Adds a line to FIKSREG_CHECKPOINT_FILE, if that is set. The line is on the disk when this returns."""
    if not settings.FIKSREG_CHECKPOINT_FILE:
        return
    fields = {"statement": signed.statement, "signature": base64.b64encode(signed.signature).decode()}
    descriptor = os.open(settings.FIKSREG_CHECKPOINT_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "ab") as file:
        file.write(b"\n" + json.dumps(fields).encode() + b"\n")  # the line before may be unfinished
        file.flush()
        os.fsync(descriptor)


def read_shipped() -> Shipped:
    """The content of FIKSREG_CHECKPOINT_FILE. An unreadable line is counted; the other lines are still read."""
    by_chain: dict[str, list[SignedCheckpoint]] = defaultdict(list)
    nonsense = []
    for number, line in _lines():
        try:
            signed = _read(line)
            by_chain[decode_statement(signed).chain].append(signed)
        except ForgedCheckpoint:
            nonsense.append(number)
    return Shipped(dict(by_chain), tuple(nonsense))


def _lines() -> Iterator[tuple[int, bytes]]:
    path = Path(settings.FIKSREG_CHECKPOINT_FILE) if settings.FIKSREG_CHECKPOINT_FILE else None
    if path is None or not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if (text := line.strip()) and not _is_unfinished(text):
                yield number, text


def _is_unfinished(line: bytes) -> bool:
    """Whether the clock was killed while it wrote this line: the line begins as ours do and has no end."""
    begins = line.startswith(_BEGINNING) or _BEGINNING.startswith(line)
    return begins and not line.endswith(b"}")


def _read(line: bytes) -> SignedCheckpoint:
    try:
        fields = msgspec.json.decode(line, type=_Line)
        return SignedCheckpoint(fields.statement, base64.b64decode(fields.signature, validate=True))
    except (msgspec.MsgspecError, binascii.Error, ValueError, RecursionError):
        raise ForgedCheckpoint from None
