"""`make compose`: writes the two files that `docker compose --profile demo up` reads, with random secrets.

FIKSREG_PORT, FIKSREG_SIMULATOR_PORT and FIKSREG_IDENTITY_PORT choose other ports of this machine. Inside its container
each process always has its usual port.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from fiksreg.demo import secrets
from fiksreg.demo.environment import Ports, Stores, environment, port_variables

NEIGHBOURS, PROCESSES = ".env", "fiksreg.env"
_USUAL = Ports(web=8000, simulator=8090, identity=9400)
_FILES = Path("/var/lib/fiksreg")
# The addresses by which the containers reach each other. The browser uses 127.0.0.1.
_INSIDE = {
    "OIDC_TOKEN_ENDPOINT": "http://identity:9400/oauth2/token",
    "OIDC_JWKS_ENDPOINT": "http://identity:9400/jwks",
    "OIDC_USERINFO_ENDPOINT": "http://identity:9400/userinfo",
    "FOLKEREGISTER_URL": "http://simulator:8090",
    "TENOR_URL": "http://simulator:8090",
    "MASKINPORTEN_TOKEN_ENDPOINT": "http://simulator:8090/maskinporten/token",
    # The simulator's Maskinporten has the name it is reached by, and a grant must be addressed to that name.
    "MASKINPORTEN_AUDIENCE": "http://simulator:8090/maskinporten/",
    **port_variables(_USUAL),
}
_CLOCK_ALONE = "FIKSREG_CHECKPOINT_KEY"
# docker-compose.yml sets these, because each process has its own database role.
_BY_COMPOSE = ("DATABASE_URL", "DATABASE_OWNER_URL")


def files(made_up: Mapping[str, str], ports: Ports = _USUAL) -> dict[str, dict[str, str]]:
    """The variables of each file, by file name. No database password and no key of the clock goes to every process.

    ports: the ports of this machine, for the browser.
    """
    processes = environment("demo", ports=ports, stores=_stores(made_up), secrets=made_up, files=_FILES) | _INSIDE
    neighbours = {name: value for name, value in made_up.items() if name.endswith("_PASSWORD") or name == _CLOCK_ALONE}
    withheld = (_CLOCK_ALONE, *_BY_COMPOSE)
    return {
        NEIGHBOURS: neighbours | port_variables(ports),
        PROCESSES: {name: value for name, value in processes.items() if name not in withheld},
    }


def _stores(made_up: Mapping[str, str]) -> Stores:
    def database(role: str) -> str:
        return f"postgresql://fiksreg_{role}:{made_up[f'POSTGRES_{role.upper()}_PASSWORD']}@postgres:5432/fiksreg"

    valkey = f"redis://:{made_up['VALKEY_PASSWORD']}@valkey:6379/0"
    return Stores(owner_url=database("owner"), database_url=database("web"), redis_url=valkey)


def ports_of(environ: Mapping[str, str]) -> Ports:
    """The ports in these variables, else the usual ones."""
    chosen = {name: int(environ.get(name) or usual) for name, usual in port_variables(_USUAL).items()}
    web, simulator, identity = chosen.values()
    return Ports(web=web, simulator=simulator, identity=identity)


def main() -> int:
    """Writes both files beside docker-compose.yml. A file that exists is kept. Returns the exit status."""
    there = [name for name in (NEIGHBOURS, PROCESSES) if Path(name).exists()]
    if there:
        sys.stderr.write(f"{' and '.join(there)} is there already; remove it to make up new secrets\n")
        return 1
    for name, variables in files(secrets.make_up(), ports_of(os.environ)).items():
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{variable}={value}\n" for variable, value in variables.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
