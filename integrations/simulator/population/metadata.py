"""The metadata that every entry of a person document carries."""

from datetime import date
from typing import Final

from integrations.simulator.population.places import Entry

#: The fractional digits of a time: the register writes between none and nine.
_FRACTIONS: Final = ("", ".6", ".66", ".129", ".1298", ".12982", ".129821", ".1298218", ".12982187", ".129821871")
_SUMMER: Final = range(4, 11)


def entry(since: date, reason: str, **content: object) -> Entry:
    """A current entry, valid from since."""
    day = since.isoformat()
    offset = "+02:00" if since.month in _SUMMER else "+01:00"
    return {
        "ajourholdstidspunkt": f"{day}T12:17:09{_FRACTIONS[since.day % 10]}{offset}",
        "erGjeldende": True,
        "kilde": "SIMULATOR",
        "aarsak": reason,
        "gyldighetstidspunkt": f"{day}T00:00:00{offset}",
        **content,
    }


def earlier(since: date, reason: str, **content: object) -> Entry:
    """An entry that was replaced. It ended at the next one's gyldighetstidspunkt."""
    return entry(since, reason, **content) | {"erGjeldende": False}


def ended(since: date, until: date, reason: str, **content: object) -> Entry:
    """An entry that ended without being replaced."""
    return earlier(since, reason, **content) | {"opphoerstidspunkt": midnight(until)}


def migrated(**content: object) -> Entry:
    """A current entry from the old register, which did not know since when it is valid."""
    return {"erGjeldende": True, "kilde": "KILDE_DSF", **content}


def midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00{'+02:00' if day.month in _SUMMER else '+01:00'}"
