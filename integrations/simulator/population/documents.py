"""The person document of a resident, property by property, as the register writes it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from integrations.simulator.population.dwellings import addresses, protect
from integrations.simulator.population.estates import estate
from integrations.simulator.population.metadata import earlier, entry
from integrations.simulator.population.people import CivilState, Resident
from integrations.simulator.population.places import Entry

Document = dict[str, object]

_CEASED: Final = date(2025, 5, 26)
_CONTROLLED: Final = "kontrollert"
#: The status of a controlled identity whose biometry the register has compared with everybody's.
UNIQUE: Final = "unik"


def document_of(resident: Resident, *, unique_identities: bool = False) -> Document:
    """Every property of the resident, current and earlier entries; properties without a value are left out.

    unique_identities: half of the controlled identities are unik, which the register gives from February 2027.
    """
    if resident.status == "opphoert":
        return _skeleton(resident)
    document: Document = {
        "identifikasjonsnummer": _identifiers(resident),
        "identitetsgrunnlag": _identity_basis(resident, unique_identities),
        "status": _statuses(resident),
        "kjoenn": _sexes(resident),
        "foedsel": [_birth(resident)],
        "navn": _names(resident),
        "sivilstand": _civil_states(resident),
        "statsborgerskap": [_citizenship(resident)],
        "bostedsadresse": addresses(resident),
        "familierelasjon": resident.family_relations,
        "foreldreansvar": resident.responsibilities,
    }
    for key, entries in resident.more.items():
        rows = document.get(key, [])
        document[key] = [*(rows if isinstance(rows, list) else []), *entries]
    _add_single_objects(resident, document)
    protect(resident, document)
    return {key: value for key, value in document.items() if value}


def _skeleton(resident: Resident) -> Document:
    number = _identifier(resident.number)
    return {
        "identifikasjonsnummer": [entry(_CEASED, "Opphøre person", status="opphoert", **number)],
        "status": [entry(_CEASED, "Opphøre person", status="opphoert")],
        "sivilstand": [entry(_CEASED, "Opphøre person", sivilstand="uoppgitt")],
    }


def _identifiers(resident: Resident) -> list[Entry]:
    now = entry(resident.born, "Tildeling", status="iBruk", **_identifier(resident.number))
    before = [
        earlier(resident.born, "Tildeling", status="opphoert", **_identifier(number))
        for number in reversed(resident.earlier_numbers)
    ]
    return [now, *before]


def _identifier(number: str) -> Entry:
    kind = "dNummer" if number[0] in "4567" else "foedselsnummer"
    return {"foedselsEllerDNummer": number, "identifikatortype": kind}


def _identity_basis(resident: Resident, unique: bool) -> list[Entry]:
    """The basis of the identity. That of an immigrant was not controlled at first."""
    status = resident.identity_status or _CONTROLLED
    before = _without_control(resident) if resident.country != "NOR" and status == _CONTROLLED else []
    if unique and status == _CONTROLLED and resident.born.day % 2:
        status = UNIQUE
    return [entry(resident.born, "Kontroll", identitetsgrunnlagstatus=status), *before]


def _without_control(resident: Resident) -> list[Entry]:
    return [earlier(resident.born, "Registrering", identitetsgrunnlagstatus="ikkeKontrollert")]


def _statuses(resident: Resident) -> list[Entry]:
    if resident.status == "bosatt":
        return [entry(resident.born, "Bosatt", status="bosatt")]
    since = resident.died or resident.left or resident.born + timedelta(days=1)
    was_resident = resident.status in {"doed", "utflyttet", "forsvunnet"}
    before = [earlier(resident.born, "Bosatt", status="bosatt")] if was_resident else []
    return [entry(since, "Status", status=resident.status), *before]


def _sexes(resident: Resident) -> list[Entry]:
    now, other = ("kvinne", "mann") if resident.woman else ("mann", "kvinne")
    if resident.other_sex_until is None:
        return [entry(resident.born, "Fødsel", kjoenn=now)]
    return [entry(resident.other_sex_until, "Endret kjønn", kjoenn=now), earlier(resident.born, "Fødsel", kjoenn=other)]


def _birth(resident: Resident) -> Entry:
    place = {"foedekommuneINorge": resident.birthplace} if resident.birthplace else {"foedested": "BORTEBY"}
    day = {} if "foedselsdato" in resident.unsure else {"foedselsdato": resident.born.isoformat()}
    year = str(resident.born.year)
    return entry(resident.born, "Fødsel", **day, foedselsaar=year, **place, foedeland=resident.country)


def _names(resident: Resident) -> list[Entry]:
    days = [resident.born, *(name.until for name in resident.earlier_names)]
    original = {"originaltNavn": resident.original_name} if resident.original_name else {}
    now = entry(days[-1], "Navn", **_name(resident.given, resident.middle, resident.family), **original)
    if len(resident.name) > 40:
        now["forkortetNavn"] = f"{resident.given} {resident.family}"[:40]
    before = [
        earlier(since, "Navn", **_name(name.given, name.middle, name.family))
        for since, name in zip(days, resident.earlier_names, strict=False)
    ]
    return [now, *reversed(before)]


def _name(given: str, middle: str, family: str) -> Entry:
    between = {"mellomnavn": middle} if middle else {}
    return {"fornavn": given, **between, "etternavn": family}


def _civil_states(resident: Resident) -> list[Entry]:
    return [
        row if place == 0 else row | {"erGjeldende": False}
        for place, row in enumerate(
            entry(state.since, "Sivilstand", **_civil_state(state)) for state in reversed(_states(resident))
        )
    ]


def _states(resident: Resident) -> Sequence[CivilState]:
    """The civil states. The register often does not know that an immigrant was unmarried."""
    unknown = resident.is_d_number or (resident.country != "NOR" and resident.born.day > 20)
    return resident.civil or [CivilState("uoppgitt" if unknown else "ugift", resident.born)]


def _civil_state(state: CivilState) -> Entry:
    spouse = {"relatertVedSivilstand": state.spouse} if state.spouse else {}
    return {"sivilstand": state.state, "sivilstandsdato": state.since.isoformat(), **state.where, **spouse}


def _citizenship(resident: Resident) -> Entry:
    """The citizenship: since birth, unless it differs from the country of birth."""
    since = resident.born if not resident.citizenship else resident.born + timedelta(days=6000)
    code = resident.citizenship or resident.country
    return entry(since, "Statsborgerskap", statsborgerskap=code, ervervsdato=since.isoformat())


def _add_single_objects(resident: Resident, document: Document) -> None:
    if resident.died:
        day = {} if "doedsdato" in resident.unsure else {"doedsdato": resident.died.isoformat()}
        document["doedsfall"] = entry(resident.died, "Dødsfall", **day)
        document.setdefault("kontaktinformasjonForDoedsbo", [estate(resident, resident.died)])
    if resident.false_identity:
        document["falskIdentitet"] = resident.false_identity
