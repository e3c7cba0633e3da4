"""Address protection of a household, or of a single member, which is harder to handle."""

from datetime import timedelta
from typing import Final

from integrations.simulator.population.metadata import entry
from integrations.simulator.population.people import TODAY, Registrar, Resident

FORTROLIG: Final = "fortrolig"
STRENGT_FORTROLIG: Final = "strengtFortrolig"
_SINCE: Final = TODAY - timedelta(days=300)

#: How many of a thousand households are protected, and which members.
_SHARES: Final = ((0.004, FORTROLIG, True), (0.006, FORTROLIG, False), (0.008, STRENGT_FORTROLIG, True))


def protect(resident: Resident, level: str) -> None:
    resident.grading = level
    resident.add("adressebeskyttelse", entry(_SINCE, "Adressebeskyttelse", graderingsnivaa=level))


def protect_some(registrar: Registrar, family: list[Resident]) -> None:
    """Protects a few households. Those who live in one home are treated together."""
    dice = registrar.random.random()
    for share, level, whole in _SHARES:
        if dice < share:
            household = _household(family)
            for member in household if whole else household[-1:]:
                protect(member, level)
            return


def _household(family: list[Resident]) -> list[Resident]:
    """The living residents who share the first one's home."""
    housed = [member for member in family if member.homes and member.status == "bosatt"]
    return [member for member in housed if member.homes[-1][1] is housed[0].homes[-1][1]]
