"""The simulator's settings, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.doors.fiks import FiksSetUp
from integrations.simulator.doors.readings import Readings
from integrations.simulator.maskinporten.registry import Client, Delegation

_PREFIX: Final = "FIKSREG_SIMULATOR_"
#: The organisation that owns the client of the environment when none is given: the demo's first kommune.
_OWNER: Final = "310000019"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """size: persons in each kommune. file: where they are stored from one start to the next; "" for nowhere.

    unique_identities: some have the status unik, which the register gives from February 2027. extract_polls: how often
    a job answers "not yet". max_hits: more are refused.

    issuer: Maskinporten's name; "" for its own address. signing_key: its key (PEM); without one, a new key is made at
    each start and old tokens end. authorities: the trusted issuers of organisation certificates (PEM).

    requests_a_minute: for each calling address. extract_jobs: running at a time, for each organisation. served: the
    packages by organisation number; an empty one serves everybody.
    """

    seed: str = "1"
    size: int = 2000
    kommuner: tuple[str, ...] = ("1870", "4640")
    file: str = ""
    unique_identities: bool = False
    batch_size: int = 10_000
    extract_polls: int = 1
    extract_jobs: int = 10
    max_hits: int = 10_000
    requests_a_minute: int = 60_000
    issuer: str = ""
    signing_key: str = ""
    token_seconds: int = 120
    authorities: str = ""
    clients: tuple[Client, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    served: dict[str, tuple[RightsPackage, ...]] = field(default_factory=dict)
    fiks: FiksSetUp = field(default_factory=FiksSetUp)
    readings: Readings = field(default_factory=Readings)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings. CLIENTS, DELEGATIONS, FIKS, READINGS and SERVED are JSON, in the shapes of the structs of those
    names.

    Raises ValueError for a number that is none or below one, and for JSON out of shape.
    """
    default = Settings()
    kommuner = environ.get(f"{_PREFIX}KOMMUNER", "").replace(",", " ").split()
    return Settings(
        seed=environ.get(f"{_PREFIX}SEED", default.seed),
        size=_positive(environ, "SIZE", default.size),
        kommuner=tuple(kommuner) or default.kommuner,
        file=environ.get(f"{_PREFIX}FILE", default.file),
        unique_identities=environ.get(f"{_PREFIX}UNIQUE_IDENTITIES", "") == "true",
        batch_size=_positive(environ, "BATCH_SIZE", default.batch_size),
        extract_polls=int(environ.get(f"{_PREFIX}EXTRACT_POLLS", default.extract_polls)),
        extract_jobs=_positive(environ, "EXTRACT_JOBS", default.extract_jobs),
        max_hits=_positive(environ, "MAX_HITS", default.max_hits),
        requests_a_minute=_positive(environ, "REQUESTS_A_MINUTE", default.requests_a_minute),
        issuer=environ.get(f"{_PREFIX}ISSUER", ""),
        signing_key=_pem(environ, f"{_PREFIX}SIGNING_KEY"),
        token_seconds=_positive(environ, "TOKEN_SECONDS", default.token_seconds),
        authorities=_pem(environ, f"{_PREFIX}AUTHORITIES"),
        clients=(*_environment_client(environ), *_json(environ, "CLIENTS", tuple[Client, ...], ())),
        delegations=_json(environ, "DELEGATIONS", tuple[Delegation, ...], ()),
        served=_json(environ, "SERVED", dict[str, tuple[RightsPackage, ...]], default.served),
        fiks=_json(environ, "FIKS", FiksSetUp, default.fiks),
        readings=_json(environ, "READINGS", Readings, default.readings),
    )


def _positive(environ: Mapping[str, str], name: str, default: int) -> int:
    value = int(environ.get(_PREFIX + name, default))
    if value < 1:
        raise ValueError(f"{_PREFIX}{name} must be at least 1")
    return value


def _json(environ: Mapping[str, str], name: str, shape: Any, default: Any) -> Any:
    text = environ.get(_PREFIX + name, "")
    try:
        return msgspec.json.decode(text, type=shape) if text else default
    except msgspec.DecodeError as error:
        raise ValueError(f"{_PREFIX}{name}: {error}") from None


def _pem(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").replace("\\n", "\n")


def _environment_client(environ: Mapping[str, str]) -> tuple[Client, ...]:
    """The client in the environment. In the demo, all processes share the environment, so the client's own key is
    used."""
    client = environ.get(f"{_PREFIX}CLIENT_ID") or environ.get("MASKINPORTEN_CLIENT_ID", "")
    private = _pem(environ, "MASKINPORTEN_PRIVATE_KEY")
    key = _pem(environ, f"{_PREFIX}CLIENT_PUBLIC_KEY") or (_public_half(private) if private else "")
    key_id = environ.get(f"{_PREFIX}CLIENT_KEY_ID") or environ.get("MASKINPORTEN_KEY_ID", "")
    owner = environ.get(f"{_PREFIX}CLIENT_ORGANISATION", _OWNER)
    return (Client(client, owner, {key_id: key}),) if client and key else ()


def _public_half(private: str) -> str:
    key = load_pem_private_key(private.encode(), password=None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
