"""Addresses in addition to the home: where a person stays, and where post is sent."""

from datetime import date
from typing import Final

from integrations.simulator.population.circumstances import elsewhere, some_day
from integrations.simulator.population.metadata import earlier, ended, entry
from integrations.simulator.population.people import Registrar, Resident
from integrations.simulator.population.places import ADDRESS_ID, Entry

_ABROAD: Final[tuple[Entry, ...]] = (
    {
        "utenlandskAdresse": {
            "coAdressenavn": "C/O CASA AZUL",
            "adressenavn": "Rua das Ondas 9",
            "bygning": "B",
            "etasjenummer": "3",
            "boenhet": "12",
            "postkode": "11000",
            "byEllerStedsnavn": "Porto Novo",
            "distriktsnavn": "Costa",
            "region": "Sul",
            "landkode": "UY",
        }
    },
    {"utenlandskAdresse": {"postboks": "PO Box 17", "byEllerStedsnavn": "Farport", "landkode": "GB"}},
    {"utenlandskAdresse": {"adressenavn": "Strandgatan 4", "postkode": "111 11", "landkode": "SE"}},
    {
        "utenlandskAdresseIFrittFormat": {
            "adresselinje": ["12 Wind Lane", "Farport"],
            "postkode": "F4",
            "byEllerStedsnavn": "Farport",
            "landkode": "GB",
        }
    },
    {"utenlandskAdresseIFrittFormat": {"adresselinje": ["Somewhere along the coast road"], "landkode": "YY"}},
)


def receives_post_elsewhere(registrar: Registrar, resident: Resident) -> None:
    """Post is sent to a box, to another address, as free lines, or several of these. One in four had another such
    address before."""
    since = some_day(registrar, resident, after=0)
    shapes = _postal_shapes(registrar, resident, since)
    resident.add("postadresse", entry(since, "Postadresse", adressegradering="ugradert", **registrar.one_of(shapes)))
    if registrar.chance(0.25):
        before = resident.born + (since - resident.born) / 2
        row = earlier(before, "Postadresse", adressegradering="ugradert", **shapes[0])
        resident.add("postadresse", row)


def _postal_shapes(registrar: Registrar, resident: Resident, since: date) -> tuple[Entry, ...]:
    town = registrar.kommune.post_town()
    free: Entry = {"postadresseIFrittFormat": {"adresselinje": ["C/O KONTORET", "BRYGGA 3"], "poststed": town}}
    road = {
        "adressenavn": "Kaia",
        "adressenummer": {"husnummer": "7"},
        "adressekode": "1001",
        "bruksenhetsnummer": "H0101",
        "adressetilleggsnavn": "Sjøbua",
        "coAdressenavn": "C/O REDERIET",
        "poststed": town,
    }
    box: Entry = {"postboksadresse": {"postbokseier": resident.name, "postboks": str(10 + since.day), "poststed": town}}
    return box, free, {"vegadresse": road}, {**box, **free}


def receives_post_abroad(registrar: Registrar, resident: Resident) -> None:
    resident.add("postadresseIUtlandet", post_abroad(some_day(registrar, resident, after=0), registrar))


def post_abroad(since: date, registrar: Registrar) -> Entry:
    return entry(since, "Postadresse", adressegradering="ugradert", **registrar.one_of(_ABROAD))


def stays_elsewhere(registrar: Registrar, resident: Resident) -> None:
    """The resident stays elsewhere: in a dwelling, in military service, on Svalbard, abroad or in an unknown place.
    Some stays are over."""
    since = some_day(registrar, resident, after=min(resident.age, 17))
    content = stay(since, registrar.one_of(_stays(registrar)))
    if registrar.chance(0.1):
        until = some_day(registrar, resident, after=resident.age)
        resident.add("oppholdsadresse", ended(since, max(since, until), "Oppholdsadresse", **content))
    else:
        resident.add("oppholdsadresse", entry(since, "Oppholdsadresse", **content))


def stay(since: date, place: Entry) -> Entry:
    """An entry for a place to stay. It may have a grading of its own."""
    return {"oppholdsadressedato": since.isoformat(), "adressegradering": "ugradert", **place}


def _stays(registrar: Registrar) -> tuple[Entry, ...]:
    home = registrar.kommune.home()
    here = home.place | {key: value for key, value in home.details.items() if key == ADDRESS_ID}
    return (
        {"oppholdAnnetSted": "pendler", **elsewhere(registrar).place},
        {"oppholdAnnetSted": "militaer"},
        {"oppholdAnnetSted": "paaSvalbard"},
        {"oppholdAnnetSted": "utenriks", **_ABROAD[2]},
        {"adressenErUkjent": True},
        {"adressegradering": "klientadresse", **here},
        here,
        here,
    )
