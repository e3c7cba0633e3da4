"""Crossing the border: immigrants with their papers, emigrants, and visitors with a d-number."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.circumstances import some_day
from integrations.simulator.entries import entry
from integrations.simulator.people import TODAY, Registrar, Resident

COUNTRIES: Final = ("POL", "SWE", "UKR", "SYR", "DEU", "LTU", "SOM", "ERI", "GBR", "PHL", "BGR", "URY")
_FIVE_YEARS: Final = timedelta(days=1826)


def immigrated(registrar: Registrar, resident: Resident) -> None:
    """Came from abroad: with papers, a permit unless from the Nordic countries, perhaps a d-number before."""
    country = registrar.random.choice(COUNTRIES)
    came = some_day(registrar, resident, after=0)
    resident.country, resident.birthplace = country, ""
    resident.homes = [(max(since, came), home) for since, home in resident.homes[-1:]]
    resident.add(
        "innflytting", entry(came, "Innflytting", fraflyttingsland=country, fraflyttingsstedIUtlandet="BORTEBY")
    )
    _identify_abroad(registrar, resident, country, came)
    if country not in {"SWE"}:
        _permit(registrar, resident, came)
    if registrar.chance(0.2):
        resident.earlier_numbers.append(registrar.numbers.d_number(resident.born))


def emigrated(registrar: Registrar, resident: Resident) -> None:
    left = some_day(registrar, resident, after=min(resident.age, 18))
    resident.left, resident.status = left, "utflyttet"
    country = registrar.random.choice(COUNTRIES)
    content = {"tilflyttingsland": country, "tilflyttingsstedIUtlandet": "UTEBY", "utflyttingsdato": left.isoformat()}
    resident.add("utflytting", entry(left, "Utflytting", **content))
    resident.add("postadresseIUtlandet", _abroad(left, registrar))


def receives_post_abroad(registrar: Registrar, resident: Resident) -> None:
    resident.add("postadresseIUtlandet", _abroad(some_day(registrar, resident, after=0), registrar))


def visiting(registrar: Registrar, resident: Resident) -> None:
    """Has a d-number and no home here; it goes inactive five years after it was given."""
    came = some_day(registrar, resident, after=resident.age * 0.8)
    resident.number = registrar.numbers.d_number(resident.born)
    resident.status = "inaktiv" if TODAY - came > _FIVE_YEARS else "midlertidig"
    resident.country, resident.birthplace = registrar.random.choice(COUNTRIES), ""
    place = resident.homes[-1][1].place
    resident.homes = []
    dated: dict[str, object] = {"oppholdsadressedato": came.isoformat(), "adressegradering": "ugradert"}
    resident.add("oppholdsadresse", entry(came, "Oppholdsadresse", **dated, **place))
    _identify_abroad(registrar, resident, resident.country, came)


def _abroad(since: date, registrar: Registrar) -> dict[str, object]:
    structured = {
        "adressenavn": "Rua das Ondas 9",
        "postkode": "11000",
        "byEllerStedsnavn": "Porto Novo",
        "landkode": "UY",
    }
    free = {
        "adresselinje": ["12 Wind Lane", "Farport"],
        "postkode": "F4",
        "byEllerStedsnavn": "Farport",
        "landkode": "GB",
    }
    place: dict[str, object] = (
        {"utenlandskAdresse": structured} if registrar.chance(0.6) else {"utenlandskAdresseIFrittFormat": free}
    )
    return entry(since, "Postadresse", adressegradering="ugradert", **place)


def _identify_abroad(registrar: Registrar, resident: Resident, country: str, came: date) -> None:
    number = f"{int(registrar.random.random() * 10**9):09}"
    content = {"identifikasjonsnummer": number, "identifikasjonsnummertype": "utenlandskIdentifikasjonsnummer"}
    resident.add("utenlandskPersonidentifikasjon", entry(came, "Id", **content, utstederland=country))
    passport = {
        "identifikasjonsdokumenttype": "pass",
        "identifikasjonsdokumentnummer": f"P{number[:7]}",
        "utstederland": country,
        "utstedernavn": "PASSKONTORET",
        "gyldigFra": came.isoformat(),
        "gyldigTil": (came + timedelta(days=3650)).isoformat(),
        "dokumentkontroll": {"dokumentkontrollstatus": "kontrollert"},
    }
    resident.add("legitimasjonsdokument", entry(came, "Legitimasjon", **passport))


def _permit(registrar: Registrar, resident: Resident, came: date) -> None:
    kind = "permanent" if (TODAY - came).days > 2000 else "midlertidig"
    until = {} if kind == "permanent" else {"oppholdTil": (TODAY + timedelta(days=200)).isoformat()}
    content: dict[str, object] = {"oppholdstillatelse": kind, "oppholdFra": came.isoformat(), **until}
    resident.add("opphold", entry(came, "Opphold", **content))
    number = f"{int(registrar.random.random() * 10**12):012}"
    duf = {"identifikasjonsnummer": number, "identifikasjonsnummertype": "DUF", "utstederland": "NOR"}
    resident.add("utlendingsmyndighetenesIdentifikasjonsnummer", entry(came, "Id", **duf))
