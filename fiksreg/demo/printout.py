"""The text that the demo prints when it is ready: the accounts, and persons to look up."""

from collections.abc import Sequence

import httpx

from integrations.identityprovider.accounts import ACCOUNTS

_NUMBER = "number"


def accounts() -> str:
    """The accounts, one on each line."""
    return "\n".join(("Log in as", *(f"  {label}" for label in ACCOUNTS)))


def test_persons(simulator: str) -> str:
    """The simulator's test persons as a table. All of them are synthetic."""
    persons = httpx.get(f"{simulator}/testpersoner.json", timeout=5, trust_env=False).json()
    rows = [(person["case"], person[_NUMBER], person["name"], person["expect"]) for person in persons]
    return "\n".join(("Look up (synthetic persons)", *_align(rows)))


def _align(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
