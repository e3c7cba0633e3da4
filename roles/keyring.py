"""Keyed hashes (for finding values) and sealed boxes (for keeping them), with keys derived from the master keys.

FIKSREG_MASTER_KEYS lists the keys in use, the current one first. A new key is added last in every process, and moved to
the front when all processes have it. Boxes sealed by older keys still open, and values hashed by them are found with
every_keyed_hash(). Each purpose and each organisation has a derived key of its own, so a hash of one organisation says
nothing about another's.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_VERSION = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_HEADER_BYTES = len(_VERSION) + _KEY_ID_BYTES


class Unsealable(Exception):
    """The box was altered, belongs to another purpose or context, or was not made by seal(). A retry does not help."""


class UnknownKey(Unsealable):
    """This process does not have the master key that sealed the box. Another process may have it: may be retried."""


def keyed_hash(purpose: str, organisation_id: UUID | None, value: str) -> str:
    """HMAC-SHA256 of `value` as 64 hex digits, by the current master key. organisation_id: None for the
    installation."""
    return _hash(_current(), purpose, organisation_id, value)


def every_keyed_hash(purpose: str, organisation_id: UUID | None, value: str) -> tuple[str, ...]:
    """The keyed hashes of `value` by every master key in use, the current one first, to find values hashed earlier."""
    return tuple(_hash(master, purpose, organisation_id, value) for master in _masters())


def seal(purpose: str, plaintext: bytes, context: bytes) -> bytes:
    """The plaintext sealed with AES-256-GCM by the current master key. unseal() needs the same purpose and context."""
    nonce = os.urandom(_NONCE_BYTES)
    header = _VERSION + _key_id(_current())
    return header + nonce + _box(_current(), purpose).encrypt(nonce, plaintext, header + context)


def unseal(purpose: str, sealed: bytes, context: bytes) -> bytes:
    """The plaintext that seal() was given for the same purpose and context.

    Raises Unsealable; its subclass UnknownKey when another process may have the key.
    """
    header, nonce = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
    box = _box(_master_of(header), purpose)
    try:
        return box.decrypt(nonce, sealed[_HEADER_BYTES + _NONCE_BYTES :], header + context)
    except (InvalidTag, ValueError):
        raise Unsealable("altered, or of another purpose or context") from None


def resealed(purpose: str, sealed: bytes, context: bytes) -> bytes:
    """The same content sealed by the current master key; the same box when that has sealed it. Raises as unseal()."""
    if sealed.startswith(_VERSION + _key_id(_current())):
        return sealed
    return seal(purpose, unseal(purpose, sealed, context), context)


def _masters() -> list[bytes]:
    masters: list[bytes] = settings.FIKSREG_MASTER_KEYS
    return masters


def _current() -> bytes:
    return _masters()[0]


def _master_of(header: bytes) -> bytes:
    if len(header) != _HEADER_BYTES or not header.startswith(_VERSION):
        raise Unsealable("not one of our boxes")
    for master in _masters():
        if hmac.compare_digest(_VERSION + _key_id(master), header):
            return master
    raise UnknownKey("no master key in use made it")


def _hash(master: bytes, purpose: str, organisation_id: UUID | None, value: str) -> str:
    key = _derive(master, f"hash:{purpose}:{organisation_id or 'installation'}")
    return hmac.digest(key, value.encode(), hashlib.sha256).hex()


@lru_cache(maxsize=256)
def _box(master: bytes, purpose: str) -> AESGCM:
    return AESGCM(_derive(master, f"seal:{purpose}"))


@lru_cache(maxsize=16)
def _key_id(master: bytes) -> bytes:
    return _derive(master, "key-id")[:_KEY_ID_BYTES]


@lru_cache(maxsize=4096)
def _derive(master: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"fiksreg/1/{info}".encode()).derive(master)
