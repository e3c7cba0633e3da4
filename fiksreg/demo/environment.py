"""The environment variables of a Fiksreg with all other services on this machine, for the demo and the tests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from roles.audit.signing import public_key_of

CLIENT_ID = "fiksreg"
KEY_ID = "demo"
MASKINPORTEN_CLIENT_ID = "fiksreg-demo"
#: The demo's two kommuner: the first owns the client at Maskinporten, the second has delegated to it.
OWNER, DELEGATING = "310000019", "310000027"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The loopback ports of the processes that answer over HTTP."""

    web: int
    simulator: int
    identity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The URLs of the database, for the owner and for web (the other processes have their own), and of the broker."""

    owner_url: str
    database_url: str
    redis_url: str


def environment(kind: str, *, ports: Ports, stores: Stores, secrets: Mapping[str, str], files: Path) -> dict[str, str]:
    """The variables for fiksreg/settings.py, the simulator and the identity provider.

    kind: demo or test. files: the folder for encrypted list files.
    """
    return {
        "FIKSREG_ENVIRONMENT": kind,
        "DJANGO_SETTINGS_MODULE": "fiksreg.settings",
        "DATABASE_URL": stores.database_url,
        "DATABASE_OWNER_URL": stores.owner_url,
        "REDIS_URL": stores.redis_url,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "FIKSREG_BASE_URL": _loopback(ports.web),
        "FIKSREG_FILES_DIR": str(files),
        **{name: secrets[name] for name in ("SECRET_KEY", "FIKSREG_MASTER_KEYS")},
        "FIKSREG_CHECKPOINT_PUBLIC_KEYS": public_key_of(secrets["FIKSREG_CHECKPOINT_KEY"]),
        **port_variables(ports),
        **_login(_loopback(ports.identity), secrets),
        **_register(_loopback(ports.simulator), secrets),
    }


def port_variables(ports: Ports) -> dict[str, str]:
    """The ports of web, simulator and identity provider, in this order, by the names of their variables."""
    return {
        "FIKSREG_PORT": str(ports.web),
        "FIKSREG_SIMULATOR_PORT": str(ports.simulator),
        "FIKSREG_IDENTITY_PORT": str(ports.identity),
    }


def _login(provider: str, secrets: Mapping[str, str]) -> dict[str, str]:
    return {
        "OIDC_ISSUER": provider,
        "OIDC_AUTHORIZATION_ENDPOINT": f"{provider}/oauth2/authorize",
        "OIDC_TOKEN_ENDPOINT": f"{provider}/oauth2/token",
        "OIDC_JWKS_ENDPOINT": f"{provider}/jwks",
        "OIDC_USERINFO_ENDPOINT": f"{provider}/userinfo",
        "OIDC_END_SESSION_ENDPOINT": f"{provider}/oauth2/end_session",
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": secrets["OIDC_CLIENT_SECRET"],
        "OIDC_REQUIRED_ACR": "",
    }


def _register(simulator: str, secrets: Mapping[str, str]) -> dict[str, str]:
    return {
        "FOLKEREGISTER_URL": simulator,
        "FOLKEREGISTER_DOORS": _json({DELEGATING: {"kind": "skatteetaten", "delegated": True}}),
        "FIKSREG_SIMULATOR_DELEGATIONS": _json([{"consumer": DELEGATING, "supplier": OWNER}]),
        "MASKINPORTEN_TOKEN_ENDPOINT": f"{simulator}/maskinporten/token",
        "MASKINPORTEN_AUDIENCE": f"{simulator}/maskinporten/",
        "MASKINPORTEN_CLIENT_ID": MASKINPORTEN_CLIENT_ID,
        "MASKINPORTEN_PRIVATE_KEY": secrets["MASKINPORTEN_PRIVATE_KEY"],
        "MASKINPORTEN_KEY_ID": KEY_ID,
        "TENOR_URL": simulator,
    }


def _json(content: object) -> str:
    """JSON without spaces, because shells and Docker read the file too."""
    return json.dumps(content, separators=(",", ":"))


def _loopback(port: int) -> str:
    return f"http://127.0.0.1:{port}"
