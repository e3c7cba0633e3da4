"""Signed statements of where a chain stood. PURE: keys and text in, signatures out.

The private key is the clock's alone; everybody may have the public one. Keys are base64 of Ed25519's 32 raw bytes.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_DOMAIN = b"fiksreg-checkpoint/1\n"


class ForgedCheckpoint(Exception):
    """No known key signed this statement."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A chain had this hash at this entry, at signed_us (microseconds in UTC, by the database's clock)."""

    chain: str
    seq: int
    hash: bytes
    signed_us: int


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """The statement as it was signed, byte for byte, and its signature."""

    statement: str
    signature: bytes


def new_keys() -> tuple[str, str]:
    """A new private key and the public one that goes with it."""
    private = _text(Ed25519PrivateKey.generate().private_bytes_raw())
    return private, public_key_of(private)


def public_key_of(private_key: str) -> str:
    """What everybody may know of a private key. Raises ValueError for a key that is none."""
    return _text(_private(private_key).public_key().public_bytes_raw())


def sign(checkpoint: Checkpoint, private_key: str) -> SignedCheckpoint:
    """Raises ValueError for a key that is none."""
    key = _private(private_key)
    fields = {
        "chain": checkpoint.chain,
        "hash": checkpoint.hash.hex(),
        "key": key_id(key.public_key().public_bytes_raw()),
        "seq": checkpoint.seq,
        "signed_us": checkpoint.signed_us,
    }
    statement = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return SignedCheckpoint(statement, key.sign(_DOMAIN + statement.encode()))


def opened(signed: SignedCheckpoint, public_keys: Iterable[str]) -> Checkpoint:
    """What the statement says. Raises ForgedCheckpoint unless one of the keys signed it."""
    if not any(_is_signed_by(signed, base64.b64decode(key, validate=True)) for key in public_keys):
        raise ForgedCheckpoint
    fields = json.loads(signed.statement)
    return Checkpoint(fields["chain"], fields["seq"], bytes.fromhex(fields["hash"]), fields["signed_us"])


def key_id(public_key: bytes) -> str:
    """A short name for a public key, so that a reader of checkpoints knows which one to fetch."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def _is_signed_by(signed: SignedCheckpoint, public_key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signed.signature, _DOMAIN + signed.statement.encode())
    except InvalidSignature:
        return False
    return True


def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key, validate=True))


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
