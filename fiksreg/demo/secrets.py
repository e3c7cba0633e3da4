"""The demo's secrets: made up once, kept in a file only its owner can read."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_FILE = "secrets.env"
_PASSWORDS = ("POSTGRES_SUPERUSER_PASSWORD", "POSTGRES_OWNER_PASSWORD", "POSTGRES_RUNTIME_PASSWORD", "VALKEY_PASSWORD")
_TOKENS = ("SECRET_KEY", "OIDC_CLIENT_SECRET")


def make_up() -> dict[str, str]:
    """New values for every secret, by the name of its environment variable."""
    return {
        **{name: secrets.token_hex(24) for name in _PASSWORDS},
        **{name: secrets.token_urlsafe(48) for name in _TOKENS},
        "FIKSREG_MASTER_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "MASKINPORTEN_PRIVATE_KEY": _private_key(),
    }


def load(folder: Path) -> dict[str, str]:
    """The secrets kept in `folder`; what is not there yet is made up and kept."""
    path = folder / _FILE
    known = _read(path) if path.exists() else {}
    missing = {name: value for name, value in make_up().items() if name not in known} if _incomplete(known) else {}
    if missing:
        _write(path, {**known, **missing})
    return {**known, **missing}


def _incomplete(known: dict[str, str]) -> bool:
    names = {*_PASSWORDS, *_TOKENS, "FIKSREG_MASTER_KEYS", "MASKINPORTEN_PRIVATE_KEY"}
    return not names <= known.keys()


def _read(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="ascii").splitlines()
    return {name: value for name, separator, value in (line.partition("=") for line in lines) if separator}


def _write(path: Path, values: dict[str, str]) -> None:
    """All or nothing, and never readable for others, not even for a moment."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    return text.strip().replace("\n", "\\n")
