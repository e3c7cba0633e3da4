"""Signing and checking checkpoints. PURE: keys and text in, signatures out.

Only the clock process has the private key; anybody may have the public key. A key is base64 of Ed25519's 32 raw bytes.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_DOMAIN = b"fiksreg-checkpoint/1\n"


class ForgedCheckpoint(Exception):
    """No known key signed this statement, or it is no readable checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """States that a chain had this hash at entry `seq`. signed_us: microseconds since 1970, by the database's clock."""

    chain: str
    seq: int
    hash: bytes
    signed_us: int


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """The statement as it was signed, byte for byte, and its signature."""

    statement: str
    signature: bytes


class Statement(msgspec.Struct, frozen=True):
    """A checkpoint as it is written: `hash` in hex, `key` the short name of the key that signed."""

    chain: str
    hash: str
    key: str
    seq: int
    signed_us: int


def public_key_of(private_key: str) -> str:
    """The public key of a private key. Raises ValueError when the text is no key."""
    return _text(_private(private_key).public_key().public_bytes_raw())


def sign(checkpoint: Checkpoint, private_key: str) -> SignedCheckpoint:
    """The checkpoint as a signed statement. Raises ValueError when the text is no key."""
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


def check_signature(signed: SignedCheckpoint, public_keys: Iterable[str]) -> Checkpoint:
    """The checkpoint in the statement. Raises ForgedCheckpoint unless one of the keys signed it, ValueError for a bad
    key."""
    keys = [Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True)) for key in public_keys]
    if not any(_is_signed_by(signed, key) for key in keys):
        raise ForgedCheckpoint
    said = decode_statement(signed)
    try:
        return Checkpoint(said.chain, said.seq, bytes.fromhex(said.hash), said.signed_us)
    except ValueError:
        raise ForgedCheckpoint from None


def decode_statement(signed: SignedCheckpoint) -> "Statement":
    """The statement, without checking its signature. Raises ForgedCheckpoint when it is not readable."""
    try:
        return msgspec.json.decode(signed.statement, type=Statement)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise ForgedCheckpoint from None


def key_id(public_key: bytes) -> str:
    """A short name for a public key, so that a reader of checkpoints knows which one to fetch."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def _is_signed_by(signed: SignedCheckpoint, public_key: Ed25519PublicKey) -> bool:
    try:
        public_key.verify(signed.signature, _DOMAIN + signed.statement.encode())
    except (InvalidSignature, UnicodeEncodeError):  # we never sign text that cannot be encoded
        return False
    return True


def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key, validate=True))


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
