"""Strict reading of the environment: what is missing or malformed is said at once, in one error, without its value."""

import base64
import binascii
import os
from enum import StrEnum

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


class Environment(StrEnum):
    """Where this process runs. PRODUCTION is what an installation is that does not say otherwise."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


def environment() -> Environment:
    """Raises ImproperlyConfigured for a name that is none of the three."""
    name = os.environ.get("FIKSREG_ENVIRONMENT", Environment.PRODUCTION)
    try:
        return Environment(name)
    except ValueError:
        known = ", ".join(Environment)
        raise ImproperlyConfigured(f"FIKSREG_ENVIRONMENT must be one of {known}, not {name!r}") from None


def require(*names: str) -> None:
    """Raises ImproperlyConfigured naming every variable that is missing or empty."""
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(f"Missing in the environment: {', '.join(missing)}. README.md explains each.")


def flag(name: str, *, default: bool) -> bool:
    """True or False, spelled so; anything else is an error, since "no" read as true is worse than a stop."""
    text = os.environ.get(name, "")
    if text not in ("", "True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False")
    return default if text == "" else text == "True"


def trial_address(name: str) -> str:
    """An address without a slash behind, "" where there is none. Raises ImproperlyConfigured for one in production."""
    address: str = env.str(name, "").rstrip("/")
    if address and environment() is Environment.PRODUCTION:
        raise ImproperlyConfigured(f"{name} finds synthetic persons for the demo and for tests: not for production")
    return address


def master_keys(name: str) -> list[bytes]:
    """A comma list of base64 keys of 32 bytes, the current one first."""
    try:
        keys = [base64.b64decode(text, validate=True) for text in env.list(name)]
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{name} must be a comma list of base64 keys") from None
    if not keys or any(len(key) != 32 for key in keys):
        raise ImproperlyConfigured(f"{name}: every key must be 32 bytes")
    return keys


def pem(name: str) -> str:
    r"""A PEM block; in an environment file its line breaks may stand as \n."""
    text: str = env.str(name).replace("\\n", "\n")
    if "-----BEGIN" not in text:
        raise ImproperlyConfigured(f"{name} must be a private key in PEM format")
    return text
