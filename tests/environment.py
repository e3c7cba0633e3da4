"""`python -m tests.environment test|production COMMAND...`: a command on throw-away services, all settings made up."""

import subprocess
import sys
from collections.abc import Mapping

from tests import services

_PRODUCTION = {
    "FIKSREG_ENVIRONMENT": "production",
    "FIKSREG_BASE_URL": "https://fiksreg.example.no",
    "ALLOWED_HOSTS": "fiksreg.example.no",
    "TENOR_URL": "",
}
_OUTSIDE = ("OIDC_", "FOLKEREGISTER_", "MASKINPORTEN_")


def in_production(environment: Mapping[str, str]) -> dict[str, str]:
    """The same as an installation would have it: every service outside behind TLS."""
    outside = {name: value for name, value in environment.items() if name.startswith(_OUTSIDE)}
    return {**environment, **{name: value.replace("http:", "https:") for name, value in outside.items()}, **_PRODUCTION}


def main(kind: str, command: list[str]) -> int:
    """The command's exit status."""
    running = services.start()
    environment = services.process_environment(running)
    if kind == "production":
        environment = in_production(environment)
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        running.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
