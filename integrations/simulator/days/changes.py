"""The events between two documents of a person, and what a thick event says was changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrations.simulator.register.parts import ADDRESSES, PROPERTIES

Document = Mapping[str, Any]
Row = dict[str, Any]

CREATED: Final = "personErOpprettet"
REACTIVATED: Final = "personErReaktivert"
#: This event only says that the person must be fetched again, so it has no thick event.
UPDATED: Final = "personErOppdatert"
#: This event has no person document: the person is found under another number from now on.
DUPLICATE: Final = "personErOpphoertSomDublett"
CARRIED_ON: Final = "personErViderefoertSomGjeldendeVedSammenslaaing"
PROTECTION: Final = "endringIAdressebeskyttelse"
_MARKING: Final = "adressebeskyttelse"
_STATUS: Final = "status"
_HOME: Final = "bostedsadresse"

_KINDS: Final = {
    "identifikasjonsnummer": "endringIIdentifikasjonsnummer",
    "identitetsgrunnlag": "endringIIdentitetsgrunnlag",
    "utenlandskPersonidentifikasjon": "endringIUtenlandskPersonidentifikasjon",
    "utlendingsmyndighetenesIdentifikasjonsnummer": "endringIUtlendingsmyndighetenesIdentifikasjonsnummer",
    "legitimasjonsdokument": "endringILegitimasjonsdokument",
    "falskIdentitet": "endringIFalskIdentitet",
    "kontaktinformasjonForDoedsbo": "endringIKontaktopplysningerForDoedsbo",
    "deltBosted": "endringIDeltBosted",
    "foedsel": "endringIFoedsel",
    "foedselINorge": "endringIFoedselINorge",
    "kjoenn": "endringIKjoenn",
    "familierelasjon": "endringIFamilierelasjon",
    "sivilstand": "endringISivilstand",
    "doedsfall": "endringIDoedsfall",
    "navn": "endringINavn",
    _HOME: "endringIBostedsadresse",
    "oppholdsadresse": "endringIOppholdsadresse",
    "innflytting": "endringIInnflytting",
    "utflytting": "endringIUtflytting",
    "brukAvSamiskSpraak": "endringIBrukAvSamiskSpraak",
    "forholdTilSametingetsValgmanntall": "endringISametingetsValgmanntall",
    "postadresse": "endringIKontaktinformasjon",
    "postadresseIUtlandet": "endringIKontaktinformasjon",
    "foreldreansvar": "endringIForeldreansvar",
    "statsborgerskap": "endringIStatsborgerskap",
    "bibehold": "endringIStatsborgerskap",
    "opphold": "endringIOpphold",
    "oppholdPaaSvalbard": "endringIOppholdPaaSvalbard",
    "vergemaalEllerFremtidsfullmakt": "endringIVergemaal",
    "rettsligHandleevne": "endringIRettsligHandleevne",
}
_CEASED: Final = "opphoert"
_BY_STATUS: Final = {
    "doed": "personErDoed",
    "bosatt": "personErBosatt",
    "utflyttet": "personErUtflyttet",
    _CEASED: "personErOpphoert",
}
_OTHER: Final = "endringIPerson"
#: A person who leaves one of these states is active again.
_ENDS: Final = frozenset({"doed", "inaktiv", _CEASED})
_OF_DEATH: Final = frozenset({"personErDoed", REACTIVATED})
_CLOSED_BY_DEATH: Final = ("doedsfall", _HOME, "deltBosted")
#: The properties that a thick event names differently from a person document.
_ENTITIES: Final = {"postadresse": "kontaktadresse", "postadresseIUtlandet": "kontaktadresseIUtlandet"}
#: The same for fields: version 1.4 of the thick events did not get the later name.
_FIELDS: Final = {"identitetsgrunnlagstatus": "legitimasjonskontroll"}
#: The events that the package without legal basis does not get.
CONFIDENTIAL_KINDS: Final = frozenset(
    _KINDS[name]
    for name in (
        "utenlandskPersonidentifikasjon",
        "utlendingsmyndighetenesIdentifikasjonsnummer",
        "legitimasjonsdokument",
        "familierelasjon",
        "brukAvSamiskSpraak",
        "forholdTilSametingetsValgmanntall",
        "foreldreansvar",
        "opphold",
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """An event to come: its kind, and for each property the entries it is about, as egenskapshendelse has them."""

    kind: str
    entries: tuple[Row, ...]


def created(document: Document) -> Change:
    """The event for a person who comes into the register, with all their entries."""
    return Change(CREATED, tuple(row for name in _names(document) for row in _changed_rows(name, {}, document)))


def changes_between(before: Document, after: Document) -> list[Change]:
    """The events between the documents: one for each property that differs. Protection includes the addresses, and a
    death what it ends. A person who ceases gives one event, with all that was removed."""
    if _status(before) != _CEASED == _status(after):
        return [single_change(_BY_STATUS[_CEASED], before, after)]
    changed = {name: rows for name in _names({**before, **after}) if (rows := list(_changed_rows(name, before, after)))}
    kind = _kind_of_status(_status(before), _status(after)) if _STATUS in changed else ""
    events = [_taken(changed, kind, _STATUS, *(_CLOSED_BY_DEATH if kind in _OF_DEATH else ()))]
    if _MARKING in changed:
        events.append(_taken(changed, PROTECTION, _MARKING, *ADDRESSES))
    if _HOME in changed and _moves_of(before) == _moves_of(after):
        events.append(_taken(changed, _kind_of_home(before, after), _HOME))
    events += [_taken(changed, _KINDS.get(name, _OTHER), name) for name in list(changed)]
    return [event for event in events if event.entries]


def _kind_of_status(before: str, after: str) -> str:
    if before in _ENDS and after not in _ENDS:
        return REACTIVATED
    return _BY_STATUS.get(after, "endringIStatus")


def _kind_of_home(before: Document, after: Document) -> str:
    """The event for an address that changed although nobody moved. A kommune that got a new number has an event of its
    own."""
    same = _kommuner(before) == _kommuner(after)
    return f"{_KINDS[_HOME]}{'UtenFlytting' if same else 'VedKommuneregulering'}"


def single_change(kind: str, before: Document, after: Document) -> Change:
    """One event of the given kind with all that differs."""
    rows = [row for name in _names({**before, **after}) for row in _changed_rows(name, before, after)]
    return Change(kind, tuple(rows) if kind != UPDATED else ())


def _names(document: Document) -> Iterator[str]:
    """The names of the properties: the known ones in the order of the register, then the others."""
    yield from (name for name in PROPERTIES if name in document)
    yield from (name for name in document if name not in PROPERTIES)


def _taken(changed: dict[str, list[Row]], kind: str, *names: str) -> Change:
    return Change(kind, tuple(row for name in names for row in changed.pop(name, ())))


def _changed_rows(name: str, before: Document, after: Document) -> Iterator[Row]:
    """The entries that are new, corrected under the same date, or removed."""
    old, new = _rows(before, name), _rows(after, name)
    gone = [row for row in old if row not in new]
    since = {row.get("gyldighetstidspunkt") for row in gone}
    for row in new:
        if row not in old:
            yield _entry(name, row, "korrigere" if row.get("gyldighetstidspunkt") in since else "registrereNy")
    kept = {row.get("gyldighetstidspunkt") for row in new}
    yield from (_entry(name, row, "annullere") for row in gone if row.get("gyldighetstidspunkt") not in kept)


def _entry(name: str, row: Row, change: str) -> Row:
    entity = {_FIELDS.get(field, field): value for field, value in row.items()}
    return {"entitet": _ENTITIES.get(name, name), "entitetsendring": change, name: entity}


def _rows(document: Document, name: str) -> list[Row]:
    """The entries without erGjeldende: an entry that was replaced has not itself changed."""
    return [{field: value for field, value in row.items() if field != "erGjeldende"} for row in rows_of(document, name)]


def rows_of(document: Document, name: str) -> Iterable[Row]:
    value = document.get(name) or []
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]


def _moves_of(document: Document) -> list[object]:
    return [row["flyttedato"] for row in _current(document, _HOME) if row.get("flyttedato")]


def _kommuner(document: Document) -> list[object]:
    roads = [row.get("vegadresse") or {} for row in _current(document, _HOME)]
    return [road["kommunenummer"] for road in roads if "kommunenummer" in road]


def _current(document: Document, name: str) -> Iterator[Row]:
    return (row for row in rows_of(document, name) if row.get("erGjeldende") is not False)


def _status(document: Document) -> str:
    return next((str(row.get(_STATUS)) for row in _current(document, _STATUS)), "")
