"""The demo's secrets: random values, made once and kept in a file that only its owner can read."""

import base64
import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_FILE = "secrets.env"
_DATABASE_ROLES = ("SUPERUSER", "OWNER", "WEB", "WORKER", "CLOCK")
_PASSWORDS = (*(f"POSTGRES_{role}_PASSWORD" for role in _DATABASE_ROLES), "VALKEY_PASSWORD")
_TOKENS = ("SECRET_KEY", "OIDC_CLIENT_SECRET")
_KEYS = ("FIKSREG_MASTER_KEYS", "FIKSREG_CHECKPOINT_KEY", "MASKINPORTEN_PRIVATE_KEY")
_NAMES = {*_PASSWORDS, *_TOKENS, *_KEYS}


def make_up() -> dict[str, str]:
    """A new random value for every secret, by the name of its environment variable."""
    return {
        **{name: secrets.token_hex(24) for name in _PASSWORDS},
        **{name: secrets.token_urlsafe(48) for name in _TOKENS},
        "FIKSREG_MASTER_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "FIKSREG_CHECKPOINT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "MASKINPORTEN_PRIVATE_KEY": _private_key(),
    }


def load(folder: Path) -> dict[str, str]:
    """The secrets in `folder`. Missing ones are made and stored."""
    path = folder / _FILE
    known = read(path) if path.exists() else {}
    if known.keys() >= _NAMES:
        return known
    complete = {**make_up(), **known}
    write(path, complete)
    return complete


def write(path: Path, values: Mapping[str, str]) -> None:
    """Writes NAME=value lines that a shell can read, atomically. The file is never readable for others."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}={shlex.quote(value)}\n" for name, value in values.items())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read(path: Path) -> dict[str, str]:
    """The values in a file of write()."""
    words = shlex.split(path.read_text(encoding="utf-8"))
    return {name: value for name, separator, value in (word.partition("=") for word in words) if separator}


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    return text.strip().replace("\n", "\\n")
