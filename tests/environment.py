"""`python -m tests.environment test|production COMMAND...`: a command on throw-away services, all settings made up."""

import subprocess
import sys

from tests import services

_PRODUCTION = {
    "FIKSREG_ENVIRONMENT": "production",
    "FIKSREG_BASE_URL": "https://fiksreg.example.no",
    "ALLOWED_HOSTS": "fiksreg.example.no",
    "TENOR_URL": "",
}


def main(kind: str, command: list[str]) -> int:
    """The command's exit status."""
    running = services.start()
    environment = services.process_environment(running) | (_PRODUCTION if kind == "production" else {})
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        running.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
