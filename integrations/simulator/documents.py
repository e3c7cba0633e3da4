"""A resident's person document, property by property, as the register writes it."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.entries import earlier, ended, entry
from integrations.simulator.people import CivilState, Resident
from integrations.simulator.places import UNKNOWN, Entry, Home

Document = dict[str, object]

_CEASED: Final = date(2025, 5, 26)
_FORWARDED_POST: Final[Entry] = {
    "postbokseier": "POSTMOTTAK FOR VIDERESENDING",
    "postboks": "101",
    "poststed": {"postnummer": "9615", "poststedsnavn": "HAMMERFEST"},
}
#: What the register knows nothing of, or delivers to nobody, for someone strengt fortrolig.
_HIDDEN: Final = (
    "bostedsadresse",
    "deltBosted",
    "oppholdsadresse",
    "postadresseIUtlandet",
    "innflytting",
    "utflytting",
)


def document_of(resident: Resident) -> Document:
    """Every property the resident has, current and earlier; those without a value are left out."""
    if resident.status == "opphoert":
        return _skeleton(resident)
    document: Document = {
        "identifikasjonsnummer": _identifiers(resident),
        "identitetsgrunnlag": [entry(resident.born, "Kontroll", identitetsgrunnlagstatus=_identity_basis(resident))],
        "status": _statuses(resident),
        "kjoenn": [entry(resident.born, "Fødsel", kjoenn="kvinne" if resident.woman else "mann")],
        "foedsel": [_birth(resident)],
        "navn": _names(resident),
        "sivilstand": _civil_states(resident),
        "statsborgerskap": [_citizenship(resident)],
        "bostedsadresse": _addresses(resident),
        "familierelasjon": resident.family_relations,
        "foreldreansvar": resident.responsibilities,
    }
    for key, entries in resident.more.items():
        document[key] = [*_list(document.get(key)), *entries]
    _add_single_objects(resident, document)
    _protect(resident, document)
    return {key: value for key, value in document.items() if value}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _skeleton(resident: Resident) -> Document:
    number = {"foedselsEllerDNummer": resident.number, "identifikatortype": _kind(resident.number)}
    return {
        "identifikasjonsnummer": [entry(_CEASED, "Opphøre person", status="opphoert", **number)],
        "status": [entry(_CEASED, "Opphøre person", status="opphoert")],
        "sivilstand": [entry(_CEASED, "Opphøre person", sivilstand="uoppgitt")],
    }


def _kind(number: str) -> str:
    return "dNummer" if number[0] in "4567" else "foedselsnummer"


def _identifiers(resident: Resident) -> list[Entry]:
    now = entry(resident.born, "Tildeling", status="iBruk", **_identifier(resident.number))
    before = [
        earlier(resident.born, "Tildeling", status="opphoert", **_identifier(number))
        for number in reversed(resident.earlier_numbers)
    ]
    return [now, *before]


def _identifier(number: str) -> Entry:
    return {"foedselsEllerDNummer": number, "identifikatortype": _kind(number)}


def _identity_basis(resident: Resident) -> str:
    return "kontrollert" if resident.country == "NOR" or resident.born.day > 9 else "ikkeKontrollert"


def _statuses(resident: Resident) -> list[Entry]:
    if resident.status == "bosatt":
        return [entry(resident.born, "Bosatt", status="bosatt")]
    since = resident.died or resident.left or resident.born + timedelta(days=1)
    was_resident = resident.status in {"doed", "utflyttet", "forsvunnet"}
    before = [earlier(resident.born, "Bosatt", status="bosatt")] if was_resident else []
    return [entry(since, "Status", status=resident.status), *before]


def _birth(resident: Resident) -> Entry:
    place = {"foedekommuneINorge": resident.birthplace} if resident.birthplace else {"foedested": "BORTEBY"}
    day: Entry = {"foedselsdato": resident.born.isoformat(), "foedselsaar": str(resident.born.year)}
    return entry(resident.born, "Fødsel", **day, **place, foedeland=resident.country)


def _names(resident: Resident) -> list[Entry]:
    days = [resident.born, *(name.until for name in resident.earlier_names)]
    rest = {"mellomnavn": resident.middle} if resident.middle else {}
    now = entry(days[-1], "Navn", fornavn=resident.given, **rest, etternavn=resident.family)
    if len(resident.name) > 40:
        now["forkortetNavn"] = f"{resident.given} {resident.family}"[:40]
    before = [
        earlier(since, "Navn", fornavn=name.given, etternavn=name.family)
        for since, name in zip(days, resident.earlier_names, strict=False)
    ]
    return [now, *reversed(before)]


def _civil_states(resident: Resident) -> list[Entry]:
    states = resident.civil or [CivilState("uoppgitt" if resident.is_d_number else "ugift", resident.born)]
    rows = [entry(state.since, "Sivilstand", **_civil_state(state)) for state in reversed(states)]
    return [rows[0], *(row | {"erGjeldende": False} for row in rows[1:])]


def _civil_state(state: CivilState) -> Entry:
    spouse = {"relatertVedSivilstand": state.spouse} if state.spouse else {}
    return {"sivilstand": state.state, "sivilstandsdato": state.since.isoformat(), **spouse}


def _citizenship(resident: Resident) -> Entry:
    since = resident.born
    return entry(since, "Fødsel", statsborgerskap=resident.country, ervervsdato=since.isoformat())


def _addresses(resident: Resident) -> list[Entry]:
    if not resident.homes:
        return []
    graded = resident.grading if resident.grading == "fortrolig" else resident.home_grading
    since, home = resident.homes[-1]
    last = _address(since, home) | {"adressegradering": graded}
    until = resident.died or resident.left
    rows = [last if not until else ended(since, until, "Opphør") | last | {"erGjeldende": False}]
    for since, home in reversed(resident.homes[:-1]):
        grade = resident.grading if resident.grading == "fortrolig" else "ugradert"
        rows.append(_address(since, home) | {"erGjeldende": False, "adressegradering": grade})
    return rows


def _address(since: date, home: Home) -> Entry:
    moved: Entry = {} if UNKNOWN in home.place else {"flyttedato": since.isoformat()}
    return entry(since, "Flytting innenlands", **home.place, **home.details, **moved)


def _add_single_objects(resident: Resident, document: Document) -> None:
    if resident.died:
        document["doedsfall"] = entry(resident.died, "Dødsfall", doedsdato=resident.died.isoformat())
        document.setdefault("kontaktinformasjonForDoedsbo", [_estate(resident, resident.died)])
    if resident.false_identity:
        document["falskIdentitet"] = resident.false_identity


def _estate(resident: Resident, died: date) -> Entry:
    issued = died + timedelta(days=40)
    address = {"adresselinje": ["ARVEGATA 1"], "postnummer": "8400", "poststedsnavn": "SORTLAND", "landkode": "NOR"}
    name = {"fornavn": "ORDNENDE", "etternavn": resident.family}
    holders: tuple[Entry, ...] = (
        {"person": {"foedselsdato": "1970-01-02", "personnavn": name}},
        {"advokat": {"personnavn": name, "organisasjonsnavn": "ARV OG ORDEN", "organisasjonsnummer": "310000018"}},
        {"organisasjon": {"organisasjonsnavn": "DØDSBOKONTORET", "kontaktpersonnavn": name}},
    )
    form = "offentlig" if died.day % 2 else "annet"
    content: Entry = {"skifteform": form, "attestutstedelsesdato": issued.isoformat(), "adresse": address}
    return entry(issued, "Dødsbo", **content, **holders[died.day % 3])


def _protect(resident: Resident, document: Document) -> None:
    """Fortrolig marks every address; of someone strengt fortrolig only an open postal address is left."""
    if resident.grading == "fortrolig":
        for key in ("deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"):
            rows = [
                row | {"adressegradering": "fortrolig"} for row in _list(document.get(key)) if isinstance(row, dict)
            ]
            document[key] = rows
    if resident.grading == "strengtFortrolig":
        for key in _HIDDEN:
            document.pop(key, None)
        row = entry(date(2026, 1, 5), "Postadresse", adressegradering="ugradert", postboksadresse=_FORWARDED_POST)
        document["postadresse"] = [row]
