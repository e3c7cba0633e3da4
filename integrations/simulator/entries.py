"""The metadata that every entry of a person document carries."""

from datetime import date
from typing import Final

from integrations.simulator.places import Entry

#: The register writes between no and nine fractional digits.
_FRACTIONS: Final = ("", ".6", ".66", ".129", ".129821", ".129821871")


def entry(since: date, reason: str, **content: object) -> Entry:
    """A current entry, valid from since."""
    day = since.isoformat()
    return {
        "ajourholdstidspunkt": f"{day}T12:17:09{_FRACTIONS[since.day % 6]}+01:00",
        "erGjeldende": True,
        "kilde": "SIMULATOR",
        "aarsak": reason,
        "gyldighetstidspunkt": f"{day}T00:00:00+01:00",
        **content,
    }


def earlier(since: date, reason: str, **content: object) -> Entry:
    """An entry that was replaced: the next one's gyldighetstidspunkt ends it."""
    return entry(since, reason, **content) | {"erGjeldende": False}


def ended(since: date, until: date, reason: str, **content: object) -> Entry:
    """An entry that ended without being replaced."""
    return earlier(since, reason, **content) | {"opphoerstidspunkt": f"{until.isoformat()}T00:00:00+01:00"}
