"""Migration: immigrants with their papers, emigrants, and visitors with a d-number."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.population.circumstances import some_day
from integrations.simulator.population.mail import post_abroad, stay
from integrations.simulator.population.metadata import earlier, entry
from integrations.simulator.population.people import TODAY, Registrar, Resident
from integrations.simulator.population.places import Entry

#: The countries that people come from. The last three citizenships are Kosovo, stateless and unknown.
COUNTRIES: Final = (
    *("POL", "SWE", "UKR", "SYR", "DEU", "LTU", "SOM", "ERI", "GBR", "PHL", "BGR", "URY"),
    *("XXK", "XXX", "XUK"),
)
_NORDIC: Final = frozenset({"SWE"})
_FIVE_YEARS: Final = timedelta(days=1826)
_NUMBER_TYPES: Final = (
    *("utenlandskIdentifikasjonsnummer",) * 3,
    "taxIdentificationNumber",
    "socialSecurityNumber",
)
_PAPERS: Final = (
    *("pass",) * 5,
    "nasjonaltIdentitetskort",
    "utlendingspass",
    "reisebevisForFlyktninger",
    "foererkort",
)


def immigrated(registrar: Registrar, resident: Resident) -> None:
    """The resident came from abroad, with papers; with a permit unless from a Nordic country; perhaps with a d-number
    before."""
    came = some_day(registrar, resident, after=0)
    resident.country, resident.birthplace = registrar.one_of(COUNTRIES), ""
    resident.homes = [(max(since, came), home) for since, home in resident.homes[-1:]]
    resident.add("innflytting", _arrival(came, resident.country))
    identify_abroad(registrar, resident, came)
    if resident.country not in _NORDIC:
        _permit(registrar, resident, came)
    if registrar.chance(0.2):
        resident.earlier_numbers.append(registrar.numbers.d_number(resident.born))
    resident.identity_status = registrar.one_of(("kontrollert", "kontrollert", "ikkeKontrollert", "ingenStatus"))


def came_back(registrar: Registrar, resident: Resident) -> None:
    """The resident has been abroad for some years. Both moves are history, which is confidential."""
    left = some_day(registrar, resident, after=min(resident.age, 18))
    returned = left + (TODAY - left) / 2
    country = registrar.one_of(COUNTRIES[:12])
    resident.add("utflytting", _departure(left, country) | {"erGjeldende": False})
    resident.add("innflytting", _arrival(returned, country))
    resident.homes = [(min(since, left), home) for since, home in resident.homes[:-1]] + [
        (returned, resident.homes[-1][1])
    ]


def emigrated(registrar: Registrar, resident: Resident) -> None:
    left = some_day(registrar, resident, after=min(resident.age, 18))
    resident.left, resident.status = left, "utflyttet"
    resident.homes = [(min(since, left), home) for since, home in resident.homes]
    resident.add("utflytting", _departure(left, registrar.one_of(COUNTRIES)))
    resident.add("postadresseIUtlandet", post_abroad(left, registrar))


def visiting(registrar: Registrar, resident: Resident) -> None:
    """The resident has a d-number and no home here. The number becomes inactive five years after it was given."""
    came = some_day(registrar, resident, after=resident.age * 0.8)
    resident.number, resident.earlier_numbers = registrar.numbers.d_number(resident.born), []
    resident.status = "inaktiv" if TODAY - came > _FIVE_YEARS else "midlertidig"
    resident.country, resident.birthplace = registrar.one_of(COUNTRIES), ""
    place, resident.homes = resident.homes[-1][1].place, []
    resident.add("oppholdsadresse", entry(came, "Oppholdsadresse", **stay(came, place)))
    identify_abroad(registrar, resident, came)
    resident.identity_status = registrar.one_of(("ikkeKontrollert", "ingenStatus"))
    if registrar.chance(0.05):
        resident.unsure.add("foedselsdato")


def identify_abroad(registrar: Registrar, resident: Resident, came: date) -> None:
    """Adds a number of another country, sometimes two, and a document that was checked or not."""
    for _ in range(2 if registrar.chance(0.1) else 1):
        number = f"{int(registrar.random.random() * 10**9):09}"
        kind = registrar.one_of(_NUMBER_TYPES)
        content = {"identifikasjonsnummer": number, "identifikasjonsnummertype": kind}
        resident.add("utenlandskPersonidentifikasjon", entry(came, "Id", **content, utstederland=resident.country))
    resident.add("legitimasjonsdokument", entry(came, "Legitimasjon", **_paper(registrar, resident, came)))


def _paper(registrar: Registrar, resident: Resident, came: date) -> Entry:
    status = registrar.one_of(("kontrollert", "kontrollert", "ikkeKontrollert"))
    checked = {"dokumentkontrolltidspunkt": f"{came.isoformat()}T10:00:00Z"} if status == "kontrollert" else {}
    return {
        "identifikasjonsdokumenttype": registrar.one_of(_PAPERS),
        "identifikasjonsdokumentnummer": f"P{int(registrar.random.random() * 10**7):07}",
        "utstederland": resident.country,
        "utstedernavn": "PASSKONTORET",
        "gyldigFra": came.isoformat(),
        "gyldigTil": (came + timedelta(days=3650)).isoformat(),
        "dokumentkontroll": {"dokumentkontrollstatus": status, **checked},
    }


def _permit(registrar: Registrar, resident: Resident, came: date) -> None:
    """The permits: for some years, then permanent. Of a few the register does not know the kind."""
    first: Entry = {"oppholdstillatelse": "midlertidig", "oppholdFra": came.isoformat()}
    good = came + timedelta(days=2000)
    if registrar.chance(0.05):
        resident.add("opphold", entry(came, "Opphold", oppholdstillatelse="opplysningMangler"))
    elif good < TODAY:
        resident.add("opphold", entry(good, "Opphold", oppholdstillatelse="permanent", oppholdFra=good.isoformat()))
        resident.add("opphold", earlier(came, "Opphold", **first, oppholdTil=good.isoformat()))
    else:
        until = (TODAY + timedelta(days=200)).isoformat()
        resident.add("opphold", entry(came, "Opphold", **first, oppholdTil=until))
    _give_duf_number(registrar, resident, came)


def _give_duf_number(registrar: Registrar, resident: Resident, came: date) -> None:
    number = f"{int(registrar.random.random() * 10**12):012}"
    duf = {"identifikasjonsnummer": number, "identifikasjonsnummertype": "DUF"}
    resident.add("utlendingsmyndighetenesIdentifikasjonsnummer", entry(came, "Id", **duf, utstederland="NOR"))


def _arrival(came: date, country: str) -> Entry:
    return entry(came, "Innflytting", fraflyttingsland=country, fraflyttingsstedIUtlandet="BORTEBY")


def _departure(left: date, country: str) -> Entry:
    content = {"tilflyttingsland": country, "tilflyttingsstedIUtlandet": "UTEBY", "utflyttingsdato": left.isoformat()}
    return entry(left, "Utflytting", **content)
