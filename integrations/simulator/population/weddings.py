"""When and where people marry."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.population.people import TODAY, Registrar, Resident
from integrations.simulator.population.places import Entry
from integrations.simulator.population.relations import marry

#: From this day on, two of the same sex marry by the same law as others.
_ONE_LAW: Final = date(2009, 1, 1)
#: The day of the first registered partnerships.
PARTNERSHIPS: Final = date(1993, 8, 1)


def wed(registrar: Registrar, one: Resident, other: Resident) -> None:
    """The two marry some years after both became adults."""
    grown = max(one.born, other.born) + timedelta(days=int(21.5 * 365.25))
    on = min(grown + timedelta(days=max(one.born, other.born).toordinal() % 1500), TODAY)
    same = one.woman == other.woman
    registered = same and PARTNERSHIPS <= on < _ONE_LAW
    marry(
        one,
        other,
        max(on, PARTNERSHIPS) if same else on,
        "registrertPartner" if registered else "gift",
        wedding_place(registrar),
    )


def wedding_place(registrar: Registrar) -> Entry:
    """The place: a church, a town hall, or abroad."""
    if registrar.chance(0.1):
        return {"utland": registrar.one_of(("SWE", "DNK", "THA", "USA", "GRC"))}
    if registrar.chance(0.5):
        return {"myndighet": "DEN_NORSKE_KIRKE", "kommune": registrar.kommune.number, "sted": "Tjeldberget kirke"}
    return {"myndighet": "KOMMUNE", "kommune": registrar.kommune.number, "sted": "Vigselsrommet"}
