"""Strict reading of environment variables. A missing or malformed one is an error at start, which never shows its
value."""

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
    """The kind of installation that this process belongs to. PRODUCTION is the default."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


def environment() -> Environment:
    """The kind of installation. Raises ImproperlyConfigured for an unknown name."""
    name = os.environ.get("FIKSREG_ENVIRONMENT", Environment.PRODUCTION)
    try:
        return Environment(name)
    except ValueError:
        known = ", ".join(Environment)
        raise ImproperlyConfigured(f"FIKSREG_ENVIRONMENT must be one of {known}, not {name!r}") from None


def require(*names: str) -> None:
    """Raises ImproperlyConfigured, which names every variable that is missing or empty."""
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(f"Missing in the environment: {', '.join(missing)}. README.md explains each.")


def require_one(*names: str) -> str:
    """The name of the only variable among these that is set. Raises ImproperlyConfigured for none or several."""
    given = [name for name in names if os.environ.get(name, "").strip()]
    if len(given) != 1:
        raise ImproperlyConfigured(f"Exactly one of {' and '.join(names)} must be set. README.md explains each.")
    return given[0]


def positive(name: str, *, default: int) -> int:
    """A whole number above zero; `default` when the variable is not set. Raises ImproperlyConfigured."""
    text = os.environ.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ImproperlyConfigured(f"{name} must be a whole number above zero")
    return int(text)


def positive_or_none(name: str) -> int | None:
    """The same as positive(), but None when the variable is not set."""
    return positive(name, default=1) if os.environ.get(name, "") else None


def chosen(name: str, among: Mapping[str, T]) -> T:
    """The value in `among` for the name in the variable, or for "" when it is not set. Raises ImproperlyConfigured for
    an unknown name."""
    word = os.environ.get(name, "").strip()
    if word not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(filter(None, among)))}, or empty")
    return among[word]


def authorization_details(name: str) -> list[dict[str, object]]:
    """The authorization details (RFC 9396) to ask the identity provider for, from a JSON list; [] for none.

    Ansattporten accepts one type in a login, so the list may have one item at most.
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
    """An organisation number of nine digits. Raises ImproperlyConfigured."""
    text = os.environ.get(name, "") or default
    if not (len(text) == 9 and text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} must be an organisation number of nine digits")
    return text


def doors(name: str, *, address: str) -> dict[str, Door]:
    """The doors to the register by organisation number (integrations.folkeregisteret.doorsettings). address: the
    register's own. Raises ImproperlyConfigured."""
    try:
        read = parse_doors(os.environ.get(name, ""), address=address)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} {error}") from None
    for number, door in read.items():
        _check_address(f"{name}: the url of {number}", door.address)
    return read


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """The networks in a comma-separated list of addresses and networks (10.0.0.0/8). Raises ImproperlyConfigured."""
    try:
        return [ip_network(text) for text in env.list(name, default=[])]
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a comma list of addresses or networks") from None


def flag(name: str, *, default: bool) -> bool:
    """The variable as a bool. It must be spelled True or False: reading "no" as true would be worse than an error."""
    text = os.environ.get(name, "")
    if text not in ("", "True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False")
    return default if text == "" else text == "True"


def address(name: str) -> str:
    """The URL of a service; "" when it is not set. In production it must use TLS."""
    text: str = env.str(name, "")
    if text:
        _check_address(name, text)
    return text


def database(name: str) -> dict[str, Any]:
    """The settings of a PostgreSQL database in Django's form, from its URL. Raises ImproperlyConfigured."""
    try:
        parts = urlsplit(env.str(name))
        named = parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/") and parts.port != 0
    except ValueError:
        named = False
    if not named:
        raise ImproperlyConfigured(f"{name} must be an address like postgres://user:password@host:port/database")
    read: dict[str, Any] = env.db_url(name)
    return read


_MAIL_SCHEMES = {"smtp", "smtp+tls", "smtp+ssl"}


def mail_server(name: str) -> dict[str, Any]:
    """Django's settings for an e-mail server, from its URL; empty when it is not set. Raises ImproperlyConfigured."""
    try:
        parts = urlsplit(env.str(name, ""))
        named = parts.scheme in _MAIL_SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        named = False
    if not env.str(name, ""):
        return {}
    if not named:
        raise ImproperlyConfigured(f"{name} must be an address like smtp+tls://user:password@host:587")
    read: dict[str, Any] = env.email_url(name)
    return {setting: value for setting, value in read.items() if setting.startswith("EMAIL_")}


def broker(name: str) -> str:
    """The URL of Valkey or Redis. Raises ImproperlyConfigured."""
    text: str = env.str(name)
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"{name} must be an address that begins with redis:// or rediss://")
    return text


def _check_address(name: str, text: str) -> None:
    allowed = ("https://",) if environment() is Environment.PRODUCTION else ("https://", "http://")
    if not text.startswith(allowed):
        raise ImproperlyConfigured(f"{name} must be an address that begins with {' or '.join(allowed)}")


def origin(address: str) -> str:
    """The origin of a URL (scheme, host and port), as content security policies use it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def trial_address(name: str) -> str:
    """A URL without a trailing slash; "" when it is not set. Raises ImproperlyConfigured when it is set in
    production."""
    if environment() is Environment.PRODUCTION and env.str(name, ""):
        raise ImproperlyConfigured(f"{name} finds synthetic persons for the demo and for tests: not for production")
    return address(name).rstrip("/")


def master_keys(name: str) -> list[bytes]:
    """The keys in a comma-separated list of base64 keys of 32 bytes, the current one first."""
    return [base64.b64decode(text) for text in keys(name)]


def keys(name: str) -> list[str]:
    """The same keys as text; [] when the variable is not set."""
    texts: list[str] = env.list(name, default=[])
    try:
        sizes = {len(base64.b64decode(text, validate=True)) for text in texts}
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{name} must be a comma list of base64 keys") from None
    if not sizes <= {32}:
        raise ImproperlyConfigured(f"{name}: every key must be 32 bytes")
    return texts


def key(name: str) -> str:
    """One such key as text; "" when the variable is not set."""
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
