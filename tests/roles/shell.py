"""A shell that says what it would have given curl."""

import subprocess
from typing import Final

#: What the supplier sets first. The page and the PDF have none of it.
SET_FIRST: Final = {"TOKEN": "et-token", "INTEGRASJON_PASSORD": "et passord", "FOEDSELSNUMMER": "et-nummer"}
_SAYING: Final = "curl() { printf '%s\\n' \"$@\"; }\n"


def given_to_curl(lines: str) -> list[str]:
    """The words, when the lines are run as they are; what the shell does not know, and what it does not take, fails."""
    ran = subprocess.run(
        ["/bin/sh", "-euc", _SAYING + lines], env=SET_FIRST, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


def after(words: list[str], option: str) -> list[str]:
    """What stands behind each of these."""
    return [words[at + 1] for at, word in enumerate(words) if word == option]
