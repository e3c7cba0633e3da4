"""The elements few have: guardians, legal capacity, Sami registers, Svalbard, kept citizenship, false identity."""

from datetime import timedelta
from typing import Final

from integrations.simulator.entries import earlier, entry
from integrations.simulator.people import TODAY, Registrar, Resident
from integrations.simulator.relations import give_guardian

_SINCE: Final = TODAY - timedelta(days=400)
_LONG_AGO: Final = TODAY - timedelta(days=3000)


def under_guardianship(registrar: Registrar, resident: Resident) -> None:
    """An adult with a guardian who stands in no other relation."""
    if resident.age >= 18:
        age = registrar.between(30, 60)
        guardian = registrar.person(age=age, woman=registrar.chance(0.5), home=registrar.kommune.home())
        registrar.newcomers.append(guardian)
        give_guardian(resident, guardian, _SINCE)


def restricted_legal_capacity(_registrar: Registrar, resident: Resident) -> None:
    if resident.age >= 18:
        resident.add("rettsligHandleevne", entry(_SINCE, "Vergemål", rettsligHandleevneomfang="oekonomiskeForhold"))


def speaks_sami(registrar: Registrar, resident: Resident) -> None:
    language = registrar.random.choice(("nordsamisk", "soersamisk", "lulesamisk"))
    resident.add("brukAvSamiskSpraak", entry(_SINCE, "Samisk", spraak=[language]))


def in_sami_electoral_roll(_registrar: Registrar, resident: Resident) -> None:
    if resident.age >= 18:
        key = "forholdTilSametingetsValgmanntall"
        resident.add(key, entry(_SINCE, "Valg", forhold="innmeldt", vedtaksdato=_SINCE.isoformat()))
        resident.add(key, earlier(_LONG_AGO, "Valg", forhold="utmeldt", vedtaksdato=_LONG_AGO.isoformat()))


def stays_on_svalbard(registrar: Registrar, resident: Resident) -> None:
    content = {"startdato": _SINCE.isoformat(), "antattOppholdsvarighet": "overTolvMaaneder"}
    number = registrar.kommune.number
    resident.add("oppholdPaaSvalbard", entry(_SINCE, "Svalbard", **content, fraflyttingskommunenummer=number))


def keeps_citizenship(_registrar: Registrar, resident: Resident) -> None:
    content = {"bibeholdstatus": "harBibehold", "datoForBibehold": _SINCE.isoformat()}
    resident.add("bibehold", entry(_SINCE, "Bibehold", **content))
    resident.add("statsborgerskap", entry(_SINCE, "Statsborgerskap", statsborgerskap="USA"))


def two_citizenships(_registrar: Registrar, resident: Resident) -> None:
    resident.add("statsborgerskap", entry(_LONG_AGO, "Statsborgerskap", statsborgerskap="SWE"))
    resident.add("statsborgerskap", earlier(_LONG_AGO, "Statsborgerskap", statsborgerskap="FIN"))


def false_identity(_registrar: Registrar, resident: Resident) -> None:
    resident.false_identity = entry(_SINCE, "Falsk identitet", erFalsk=True, rettIdentitetErUkjent=True)


def was_protected(_registrar: Registrar, resident: Resident) -> None:
    """Protected once, not any more: the marking tells so, and the addresses are open."""
    resident.add("adressebeskyttelse", entry(_SINCE, "Adressebeskyttelse", graderingsnivaa="ugradert"))
    resident.add("adressebeskyttelse", earlier(_LONG_AGO, "Adressebeskyttelse", graderingsnivaa="fortrolig"))


def born_in_institution(_registrar: Registrar, resident: Resident) -> None:
    row = entry(resident.born, "Fødsel", foedselsinstitusjonsnavn="STORKEREIRET", rekkefoelgenummer=11)
    resident.add("foedselINorge", row)
