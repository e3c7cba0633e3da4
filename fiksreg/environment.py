"""Strict reading of the environment: what is missing or malformed is said at once, in one error, without its value."""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from integrations.folkeregisteret.doors import Door
from integrations.folkeregisteret.doorsettings import parse_doors
from roles.login.represented import PARTIES

env = environ.Env()
T = TypeVar("T")


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


def require_one(*names: str) -> str:
    """The one of these variables that is set. Raises ImproperlyConfigured where none is, or more than one."""
    given = [name for name in names if os.environ.get(name, "").strip()]
    if len(given) != 1:
        raise ImproperlyConfigured(f"Exactly one of {' and '.join(names)} must be set. README.md explains each.")
    return given[0]


def positive(name: str, *, default: int) -> int:
    """A whole number above zero."""
    text = os.environ.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ImproperlyConfigured(f"{name} must be a whole number above zero")
    return int(text)


def positive_or_none(name: str) -> int | None:
    """The same; None where nothing is set."""
    return positive(name, default=1) if os.environ.get(name, "") else None


def chosen(name: str, among: Mapping[str, T]) -> T:
    """What a name stands for; "" where nothing is set. Raises ImproperlyConfigured for a name that is none of them."""
    word = os.environ.get(name, "").strip()
    if word not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(filter(None, among)))}, or empty")
    return among[word]


def authorization_details(name: str) -> list[dict[str, object]]:
    """What the identity provider is asked about whom somebody acts for (RFC 9396): a JSON list; empty asks nothing.

    Ansattporten takes one type in a login, so there may be no more than one.
    """
    try:
        asked = json.loads(os.environ.get(name, "") or "[]")
    except ValueError:
        asked = None
    if not isinstance(asked, list) or not all(isinstance(detail, dict) for detail in asked):
        raise ImproperlyConfigured(f"{name} must be a JSON list of objects")
    kinds = {str(detail.get("type")) for detail in asked}
    if len(kinds) > 1 or not kinds <= PARTIES.keys():
        raise ImproperlyConfigured(f"{name}: type must be one of {', '.join(sorted(PARTIES))}")
    return asked


def organisation_number(name: str, *, default: str) -> str:
    """Nine digits."""
    text = os.environ.get(name, "") or default
    if not (len(text) == 9 and text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} must be an organisation number of nine digits")
    return text


def doors(name: str, *, address: str) -> dict[str, Door]:
    """The doors to the register by organisation number (see assignments). address: the register's own."""
    try:
        read = parse_doors(os.environ.get(name, ""), address=address)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} {error}") from None
    for number, door in read.items():
        _check_address(f"{name}: the url of {number}", door.address)
    return read


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A comma list of addresses and networks (10.0.0.0/8)."""
    try:
        return [ip_network(text) for text in env.list(name, default=[])]
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a comma list of addresses or networks") from None


def flag(name: str, *, default: bool) -> bool:
    """True or False, spelled so; anything else is an error, since "no" read as true is worse than a stop."""
    text = os.environ.get(name, "")
    if text not in ("", "True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False")
    return default if text == "" else text == "True"


def address(name: str) -> str:
    """Of a service; "" where there is none. In production only TLS keeps what is sent there."""
    text: str = env.str(name, "")
    if text:
        _check_address(name, text)
    return text


def database(name: str) -> dict[str, Any]:
    """Of PostgreSQL, as Django has it."""
    try:
        parts = urlsplit(env.str(name))
        named = parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/") and parts.port != 0
    except ValueError:
        named = False
    if not named:
        raise ImproperlyConfigured(f"{name} must be an address like postgres://user:password@host:port/database")
    read: dict[str, Any] = env.db_url(name)
    return read


def broker(name: str) -> str:
    """The address of Valkey or Redis."""
    text: str = env.str(name)
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"{name} must be an address that begins with redis:// or rediss://")
    return text


def _check_address(name: str, text: str) -> None:
    allowed = ("https://",) if environment() is Environment.PRODUCTION else ("https://", "http://")
    if not text.startswith(allowed):
        raise ImproperlyConfigured(f"{name} must be an address that begins with {' or '.join(allowed)}")


def origin(address: str) -> str:
    """The part of an address that a browser's rules go by."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def trial_address(name: str) -> str:
    """An address without a slash behind, "" where there is none. Raises ImproperlyConfigured for one in production."""
    if environment() is Environment.PRODUCTION and env.str(name, ""):
        raise ImproperlyConfigured(f"{name} finds synthetic persons for the demo and for tests: not for production")
    return address(name).rstrip("/")


def master_keys(name: str) -> list[bytes]:
    """A comma list of base64 keys of 32 bytes, the current one first."""
    return [base64.b64decode(text) for text in keys(name)]


def keys(name: str) -> list[str]:
    """The same as text; empty where nothing is set."""
    texts: list[str] = env.list(name, default=[])
    try:
        sizes = {len(base64.b64decode(text, validate=True)) for text in texts}
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{name} must be a comma list of base64 keys") from None
    if not sizes <= {32}:
        raise ImproperlyConfigured(f"{name}: every key must be 32 bytes")
    return texts


def key(name: str) -> str:
    """One such key as text; "" where nothing is set."""
    texts = keys(name)
    if len(texts) > 1:
        raise ImproperlyConfigured(f"{name} must be one key")
    return "".join(texts)


def pem(name: str, what: str = "a private key") -> str:
    r"""A PEM block; in an environment file its line breaks may stand as \n."""
    text: str = env.str(name).replace("\\n", "\n")
    if "-----BEGIN" not in text:
        raise ImproperlyConfigured(f"{name} must be {what} in PEM format")
    return text
