"""The browser of the browser tests, Debian's `chromium`. `python -m tests.browser.chromium` makes sure there is one."""

import os
import shutil
import subprocess
import sys

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """There is none and it cannot be installed from here."""


def executable() -> str:
    """Its path. Raises NoBrowser naming the package."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise NoBrowser("The browser tests need Chromium: apt install chromium")
    return found


def ensure() -> None:
    """Installs it where it is missing and we may: as root, with apt. Raises NoBrowser otherwise."""
    if shutil.which("chromium") or shutil.which("chromium-browser"):
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in ((apt, "update"), (apt, "install", "--yes", "--no-install-recommends", "chromium")):
            subprocess.run([*command], env=environment, stdout=subprocess.DEVNULL, check=False)
    executable()


if __name__ == "__main__":
    try:
        ensure()
    except NoBrowser as error:
        sys.exit(f"fiksreg: {error}")
