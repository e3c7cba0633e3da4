"""The contact for the estate of a dead person."""

from datetime import date, timedelta

from integrations.simulator.population.metadata import entry
from integrations.simulator.population.people import Resident
from integrations.simulator.population.places import Entry


def estate(resident: Resident, died: date) -> Entry:
    issued = died + timedelta(days=40)
    address = {"adresselinje": ["ARVEGATA 1"], "postnummer": "8400", "poststedsnavn": "SORTLAND", "landkode": "NOR"}
    form = "offentlig" if died.day % 2 else "annet"
    content: Entry = {"skifteform": form, "attestutstedelsesdato": issued.isoformat(), "adresse": address}
    return entry(issued, "Dødsbo", **content, **_holder(resident, died))


def _holder(resident: Resident, died: date) -> Entry:
    """The contact: every other surviving spouse; otherwise a relative, a lawyer or an office."""
    name = {"fornavn": "ORDNENDE", "etternavn": resident.family}
    spouse = resident.civil[-1].spouse if resident.civil else ""
    if spouse and died.day % 2:
        return {"person": {"foedselsEllerDNummer": spouse}}
    lawyer = {"personnavn": name, "organisasjonsnavn": "ARV OG ORDEN", "organisasjonsnummer": "310000019"}
    office = {"organisasjonsnavn": "DØDSBOKONTORET", "organisasjonsnummer": "310000027", "kontaktpersonnavn": name}
    holders: tuple[Entry, ...] = (
        {"person": {"foedselsdato": "1970-01-02", "personnavn": name}},
        {"advokat": lawyer},
        {"organisasjon": office},
    )
    return holders[died.day % 3]
