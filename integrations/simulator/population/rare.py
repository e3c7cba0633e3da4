"""Rare elements: Sami registers, Svalbard, citizenships, a stillborn child, protection that was lifted."""

from datetime import timedelta
from typing import Final

from integrations.simulator.population.metadata import earlier, ended, entry, migrated
from integrations.simulator.population.people import TODAY, Registrar, Resident
from integrations.simulator.population.places import Entry

_SINCE: Final = TODAY - timedelta(days=400)
_LONG_AGO: Final = TODAY - timedelta(days=3000)
_SAMI: Final = (["nordsamisk"], ["soersamisk"], ["lulesamisk"], ["nordsamisk", "lulesamisk"])
_STAYS: Final = ("underSeksMaaneder", "overSeksMaaneder", "overTolvMaaneder", "ukjent")
_KEPT: Final = ("harBibehold", "harIkkeLengerBibehold", "norskStatsborgerTrengerIkkeBibehold")


def speaks_sami(registrar: Registrar, resident: Resident) -> None:
    resident.add("brukAvSamiskSpraak", entry(_SINCE, "Samisk", spraak=registrar.one_of(_SAMI)))


def in_sami_electoral_roll(registrar: Registrar, resident: Resident) -> None:
    """The Sami electoral roll: entered, often after having been removed; or removed; or never entered, which the
    register says about some."""
    if resident.age < 18:
        return
    now = registrar.one_of(("innmeldt", "innmeldt", "utmeldt", "aldriInnmeldt"))
    _note_in_roll(resident, now)
    if now == "innmeldt":
        key = "forholdTilSametingetsValgmanntall"
        resident.add(key, earlier(_LONG_AGO, "Valg", forhold="utmeldt", vedtaksdato=_LONG_AGO.isoformat()))


def _note_in_roll(resident: Resident, relation: str) -> None:
    row = entry(_SINCE, "Valg", forhold=relation, vedtaksdato=_SINCE.isoformat())
    resident.add("forholdTilSametingetsValgmanntall", row)


def stays_on_svalbard(registrar: Registrar, resident: Resident) -> None:
    content: Entry = {"startdato": _SINCE.isoformat(), "antattOppholdsvarighet": registrar.one_of(_STAYS)}
    if registrar.chance(0.3):
        content |= {"fraflyttingsland": "SWE", "antallTidligereOpphold": 2}
    else:
        content["fraflyttingskommunenummer"] = registrar.kommune.number
    resident.add("oppholdPaaSvalbard", entry(_SINCE, "Svalbard", **content))
    if registrar.chance(0.3):
        until = _LONG_AGO + timedelta(days=200)
        before: Entry = {"startdato": _LONG_AGO.isoformat(), "antattOppholdsvarighet": "ukjent"}
        row = ended(_LONG_AGO, until, "Svalbard", **before, sluttdato=until.isoformat())
        resident.add("oppholdPaaSvalbard", row)


def keeps_citizenship(registrar: Registrar, resident: Resident) -> None:
    content = {"bibeholdstatus": registrar.one_of(_KEPT), "datoForBibehold": _SINCE.isoformat()}
    resident.add("bibehold", entry(_SINCE, "Bibehold", **content))
    resident.add("statsborgerskap", entry(_SINCE, "Statsborgerskap", statsborgerskap="USA"))


def two_citizenships(_registrar: Registrar, resident: Resident) -> None:
    resident.add("statsborgerskap", migrated(statsborgerskap="SWE"))
    resident.add("statsborgerskap", earlier(_LONG_AGO, "Statsborgerskap", statsborgerskap="FIN"))


def naturalised(_registrar: Registrar, resident: Resident) -> None:
    """The resident became Norwegian and lost the citizenship of birth."""
    if resident.country == "NOR":
        resident.country, resident.birthplace, resident.citizenship = "VNM", "", "NOR"
        row = ended(resident.born, _LONG_AGO, "Statsborgerskap", statsborgerskap="VNM")
        resident.add("statsborgerskap", row)


def was_protected(_registrar: Registrar, resident: Resident) -> None:
    """The resident was protected before. The marking says so, and the addresses are open."""
    resident.add("adressebeskyttelse", entry(_SINCE, "Adressebeskyttelse", graderingsnivaa="ugradert"))
    resident.add("adressebeskyttelse", earlier(_LONG_AGO, "Adressebeskyttelse", graderingsnivaa="fortrolig"))


def born_in_institution(registrar: Registrar, resident: Resident) -> None:
    """Born in an institution. 11 means a single birth."""
    place: Entry = {"foedselsinstitusjonsnavn": "STORKEREIRET"} if registrar.chance(0.9) else {}
    row = entry(resident.born, "Fødsel", **place, rekkefoelgenummer=11)
    resident.more.setdefault("foedselINorge", [row])


def lost_a_child(_registrar: Registrar, resident: Resident) -> None:
    """A stillborn child has no number and no name. It stands with the mother or the father."""
    if resident.age >= 20:
        mine = "mor" if resident.woman else "far"
        row = entry(_SINCE, "Familierelasjon", relatertPersonsRolle="doedfoedtBarn", minRolleForPerson=mine)
        resident.family_relations.append(row)
