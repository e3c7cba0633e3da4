"""What happens to single residents: moves, new names, deaths."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from integrations.simulator.population.names import FAMILY
from integrations.simulator.population.people import TODAY, EarlierName, Registrar, Resident
from integrations.simulator.population.places import Home

Circumstance = Callable[[Registrar, Resident], None]

_NEIGHBOURS: Final = (("1868", "8430", "MYRE"), ("1804", "8006", "BODØ"), ("0301", "0150", "OSLO"))


def moved(registrar: Registrar, resident: Resident) -> None:
    """The resident has lived elsewhere before, one in three in another kommune."""
    since, _ = resident.homes[-1]
    if (since - resident.born).days < 400:
        return
    before = resident.born + timedelta(days=int((since - resident.born).days * registrar.random.random() * 0.9))
    resident.homes.insert(
        0, (before, elsewhere(registrar) if registrar.chance(0.33) else registrar.kommune.home(until=since))
    )


def new_family_name(registrar: Registrar, resident: Resident) -> None:
    if resident.age >= 18:
        on = some_day(registrar, resident, after=18)
        name = EarlierName(on, resident.given, registrar.random.choice(FAMILY), resident.middle)
        resident.earlier_names.append(name)


def without_fixed_abode(registrar: Registrar, resident: Resident) -> None:
    resident.homes.append((_after_last_move(registrar, resident), registrar.kommune.without_fixed_abode()))


def lives_in_institution(registrar: Registrar, resident: Resident) -> None:
    """The address would reveal the kind of institution, so this address only is graded klientadresse."""
    resident.homes.append((_after_last_move(registrar, resident), registrar.kommune.home()))
    resident.home_grading = "klientadresse"


def ceased(_registrar: Registrar, resident: Resident) -> None:
    """The resident has ceased: only a skeleton of the document is left (false identity, annulled number)."""
    resident.status = "opphoert"


def died_alone(registrar: Registrar, resident: Resident) -> None:
    resident.died = some_day(registrar, resident, after=resident.age * 0.9)
    resident.status = "doed"


def missing(_registrar: Registrar, resident: Resident) -> None:
    resident.status = "forsvunnet"


def never_resident(registrar: Registrar, resident: Resident) -> None:
    resident.status = "ikkeBosatt" if registrar.chance(0.5) else "foedselsregistrert"
    resident.homes = []


def elsewhere(registrar: Registrar) -> Home:
    kommune, postnummer, town = registrar.random.choice(_NEIGHBOURS)
    road: dict[str, object] = {
        "kommunenummer": kommune,
        "adressenavn": "Flyttefuglvegen",
        "adressenummer": {"husnummer": str(int(registrar.between(1, 90)))},
        "poststed": {"postnummer": postnummer, "poststedsnavn": town},
    }
    return Home(kommune, {"vegadresse": road}, {})


def some_day(registrar: Registrar, resident: Resident, *, after: float) -> date:
    """A day between the resident's birthday of that age (years) and today."""
    start = min(resident.born + timedelta(days=int(after * 365.25)), TODAY)
    return start + timedelta(days=int((TODAY - start).days * registrar.random.random()))


def _after_last_move(registrar: Registrar, resident: Resident) -> date:
    since = resident.homes[-1][0] if resident.homes else resident.born
    return since + timedelta(days=int((TODAY - since).days * registrar.random.random()))
