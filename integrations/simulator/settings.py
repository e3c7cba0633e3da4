"""The simulator's own settings, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

_PREFIX: Final = "FIKSREG_SIMULATOR_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """size: persons per kommune. clients: PEM public key by client id.

    extract_polls: how often a job answers "not yet". max_hits: a search that hits more is refused.
    """

    seed: str = "1"
    size: int = 2000
    kommuner: tuple[str, ...] = ("1870", "4640")
    batch_size: int = 10_000
    extract_polls: int = 1
    max_hits: int = 10_000
    audience: str = ""
    clients: dict[str, str] = field(default_factory=dict)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Raises ValueError for a figure that is none, or a size or batch below one."""
    default = Settings()
    kommuner = environ.get(f"{_PREFIX}KOMMUNER", "").replace(",", " ").split()
    return Settings(
        seed=environ.get(f"{_PREFIX}SEED", default.seed),
        size=_positive(environ, "SIZE", default.size),
        kommuner=tuple(kommuner) or default.kommuner,
        batch_size=_positive(environ, "BATCH_SIZE", default.batch_size),
        extract_polls=int(environ.get(f"{_PREFIX}EXTRACT_POLLS", default.extract_polls)),
        max_hits=_positive(environ, "MAX_HITS", default.max_hits),
        audience=environ.get(f"{_PREFIX}AUDIENCE", ""),
        clients=_clients(environ),
    )


def _positive(environ: Mapping[str, str], name: str, default: int) -> int:
    value = int(environ.get(_PREFIX + name, default))
    if value < 1:
        raise ValueError(f"{_PREFIX}{name} must be at least 1")
    return value


def _clients(environ: Mapping[str, str]) -> dict[str, str]:
    """The configured client; in the demo every process has one environment, and the key is the client's own."""
    client = environ.get(f"{_PREFIX}CLIENT_ID") or environ.get("MASKINPORTEN_CLIENT_ID", "")
    public = environ.get(f"{_PREFIX}CLIENT_PUBLIC_KEY", "").replace("\\n", "\n")
    private = environ.get("MASKINPORTEN_PRIVATE_KEY", "").replace("\\n", "\n")
    key = public or (_public_half(private) if private else "")
    return {client: key} if client and key else {}


def _public_half(private: str) -> str:
    key = load_pem_private_key(private.encode(), password=None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
