"""A shell with a fake curl that prints its arguments."""

import subprocess
from typing import Final

#: The variables that the supplier sets. The page and the PDF hold none of their values.
SET_FIRST: Final = {"TOKEN": "et-token", "INTEGRASJON_PASSORD": "et passord", "FOEDSELSNUMMER": "et-nummer"}
_SAYING: Final = "curl() { printf '%s\\n' \"$@\"; }\n"


def given_to_curl(lines: str) -> list[str]:
    """The arguments of curl when the lines are run as they are. An unknown variable or a syntax error fails."""
    ran = subprocess.run(
        ["/bin/sh", "-euc", _SAYING + lines], env=SET_FIRST, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


def after(words: list[str], option: str) -> list[str]:
    """The value after each of these options."""
    return [words[at + 1] for at, word in enumerate(words) if word == option]
