"""The homes of a person document, and the effect of address protection on all addresses."""

from datetime import date
from typing import Any, Final

from integrations.simulator.population.metadata import ended, entry
from integrations.simulator.population.people import Resident
from integrations.simulator.population.places import UNKNOWN, Entry, Home

_FORTROLIG: Final = "fortrolig"
_FORWARDED_POST: Final[Entry] = {
    "postbokseier": "POSTMOTTAK FOR VIDERESENDING",
    "postboks": "101",
    "poststed": {"postnummer": "9615", "poststedsnavn": "HAMMERFEST"},
}
#: The properties that the register does not have, or does not deliver, for a person who is strengt fortrolig.
_HIDDEN: Final = (
    "bostedsadresse",
    "deltBosted",
    "oppholdsadresse",
    "postadresseIUtlandet",
    "innflytting",
    "utflytting",
)


def addresses(resident: Resident) -> list[Entry]:
    """The homes, from new to old. A dead or emigrated person has no current one."""
    if not resident.homes:
        return []
    graded = resident.grading if resident.grading == _FORTROLIG else resident.home_grading
    since, home = resident.homes[-1]
    last = _address(since, home) | {"adressegradering": graded}
    until = resident.died or resident.left
    rows = [last if not until else ended(since, until, "Opphør") | last | {"erGjeldende": False}]
    for since, home in reversed(resident.homes[:-1]):
        grade = resident.grading if resident.grading == _FORTROLIG else "ugradert"
        rows.append(_address(since, home) | {"erGjeldende": False, "adressegradering": grade})
    return rows


def protect(resident: Resident, document: dict[str, Any]) -> None:
    """Applies the protection. Fortrolig grades every address; for strengt fortrolig only an open postal address is
    left."""
    if resident.grading == _FORTROLIG:
        for key in ("deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"):
            document[key] = [row | {"adressegradering": _FORTROLIG} for row in document.get(key, ())]
    if resident.grading == "strengtFortrolig":
        for key in _HIDDEN:
            document.pop(key, None)
        row = entry(date(2026, 1, 5), "Postadresse", adressegradering="ugradert", postboksadresse=_FORWARDED_POST)
        document["postadresse"] = [row]


def _address(since: date, home: Home) -> Entry:
    moved: Entry = {} if UNKNOWN in home.place else {"flyttedato": since.isoformat()}
    return entry(since, "Flytting innenlands", **home.place, **home.details, **moved)
