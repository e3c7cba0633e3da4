"""Fields about where a person lives, stays and gets post."""

import re
from collections.abc import Callable
from typing import Final

from integrations.simulator.tenor.fields.kinds import Fields, all_current, current, flag, has_history, text, word
from integrations.simulator.tenor.searchable import Row, Subject

_ALL: Final = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")
_ORDINARY_ADDRESS: Final = re.compile(r"[A-ZÆØÅa-zæøå0-9 ,./]*")
_SHAPES: Final = {"vegadresse": "veiadresse", "matrikkeladresse": "matrikkel", "ukjentBosted": "ukjent"}
_STREET_ABROAD: Final = ("adressenavn", "bygning", "etasjenummer", "boenhet")
_PLACE_ABROAD: Final = ("postkode", "byEllerStedsnavn", "distriktsnavn", "region", "landkode")


def home_of(subject: Subject) -> str:
    """The current dwelling, equal for all who live in it; "" for none and for an unknown one."""
    row = subject.first("bostedsadresse")
    written = _one_line(row)
    unit = (row.get("vegadresse") or row.get("matrikkeladresse") or {}).get("bruksenhetsnummer", "")
    return f"{_kommune(row)} {written} {unit}" if written else ""


def _one_line(row: Row) -> str:
    """An address in Norway in one line; "" when it is unknown."""
    road, lot = row.get("vegadresse"), row.get("matrikkeladresse")
    if road:
        return _joined(_street(road), _town(road))
    return _joined(_lot(lot), _town(lot)) if lot else ""


def _street(road: Row) -> str:
    house = road.get("adressenummer") or {}
    return f"{road.get('adressenavn', '')} {house.get('husnummer', '')}{house.get('husbokstav', '')}".strip()


def _lot(lot: Row) -> str:
    numbers = lot.get("matrikkelnummer") or {}
    return f"{numbers.get('gaardsnummer', '')}/{numbers.get('bruksnummer', '')}"


def _town(place: Row) -> str:
    town = place.get("poststed") or {}
    return f"{town.get('postnummer', '')} {town.get('poststedsnavn', '')}".strip()


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _kommune(row: Row) -> str:
    road, lot, unknown = row.get("vegadresse"), row.get("matrikkeladresse"), row.get("ukjentBosted")
    if road:
        return str(road.get("kommunenummer", ""))
    if lot:
        return str((lot.get("matrikkelnummer") or {}).get("kommunenummer", ""))
    return str((unknown or {}).get("bostedskommune", ""))


def _last_kommune(subject: Subject) -> str:
    """The last kommune of a person who does not live in Norway now."""
    rows = subject.ever("bostedsadresse")
    return _kommune(rows[0]) if rows and not subject.now("bostedsadresse") else ""


def _home_shape(subject: Subject) -> str:
    row = subject.first("bostedsadresse")
    return next((name for key, name in _SHAPES.items() if row.get(key)), "")


def _post(subject: Subject) -> str:
    row = subject.first("postadresse")
    box, free = row.get("postboksadresse"), row.get("postadresseIFrittFormat")
    if box:
        return _joined(box.get("postbokseier", ""), f"Postboks {box.get('postboks', '')}", _town(box))
    return _joined(*free.get("adresselinje", ()), _town(free)) if free else _one_line(row)


def _post_abroad(subject: Subject) -> str:
    row = subject.first("postadresseIUtlandet")
    built, free = row.get("utenlandskAdresse"), row.get("utenlandskAdresseIFrittFormat")
    if built:
        box = f"Postboks {built['postboks']}" if built.get("postboks") else ""
        return _joined(_words(built, _STREET_ABROAD), box, _words(built, _PLACE_ABROAD))
    return _joined(*free.get("adresselinje", ()), _words(free, _PLACE_ABROAD)) if free else ""


def _words(place: Row, keys: tuple[str, ...]) -> str:
    return " ".join(place[key] for key in keys if place.get(key))


def _estate(subject: Subject) -> str:
    address = subject.first("kontaktinformasjonForDoedsbo").get("adresse") or {}
    return _joined(*address.get("adresselinje", ()), _words(address, ("postnummer", "poststedsnavn")))


def _shared(subject: Subject) -> list[str]:
    return [written for row in subject.now("deltBosted") if (written := _one_line(row))]


def _gradings(subject: Subject) -> list[str]:
    return [row["adressegradering"] for key in _ALL for row in subject.now(key) if row.get("adressegradering")]


def _has_odd_letters(subject: Subject) -> bool:
    """Whether a home address has a character that is not a Norwegian letter."""
    written = _one_line(subject.first("bostedsadresse"))
    return not _ORDINARY_ADDRESS.fullmatch(f"{written}{_post(subject)}")


def _care_of(subject: Subject) -> list[str]:
    """The kinds of addresses that are care of another person."""
    return [key for key in _ALL if any(_is_care_of(row) for row in subject.now(key))]


def _is_care_of(row: Row) -> bool:
    return any(shape.get("coAdressenavn") for shape in row.values() if isinstance(shape, dict))


def _has(key: str, *path: str) -> Callable[[Subject], bool]:
    """A function that tells whether a current row of the property has a value at the end of that path."""
    return lambda subject: any(_at(row, path) for row in subject.now(key))


def _at(row: Row, path: tuple[str, ...]) -> object:
    found: object = row
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


_HAS_BOX: Final = _has("postadresse", "postboksadresse")
_HAS_BOX_ABROAD: Final = _has("postadresseIUtlandet", "utenlandskAdresse", "postboks")

ADDRESSES: Final[Fields] = {
    "adresseBeskyttelse": word(current("adressebeskyttelse", "graderingsnivaa")),
    "adresseGradering": word(_gradings),
    "bostedsadresse": text(lambda subject: _one_line(subject.first("bostedsadresse"))),
    "bostedsadresseType": word(_home_shape),
    "kommunenr": word(lambda subject: _kommune(subject.first("bostedsadresse"))),
    "sisteBoKommune": word(_last_kommune),
    "ukjentBosted": flag(_has("bostedsadresse", "ukjentBosted")),
    "harBostedsadresseHistorikk": flag(has_history("bostedsadresse")),
    "deltBosted": text(_shared),
    "oppholdAnnetSted": word(all_current("oppholdsadresse", "oppholdAnnetSted")),
    "postadresse": text(_post),
    "postadresseUtland": text(_post_abroad),
    "coAdressenavnType": word(_care_of),
    "adresseSpesialtegn": flag(_has_odd_letters),
    "harPostboks": flag(lambda subject: _HAS_BOX(subject) or _HAS_BOX_ABROAD(subject)),
    "harPostadresseIFrittFormat": flag(_has("postadresse", "postadresseIFrittFormat")),
    "harPostadressePostboks": flag(_HAS_BOX),
    "harPostadresseVegadresse": flag(_has("postadresse", "vegadresse")),
    "harUtenlandskAdresseIFrittFormat": flag(_has("postadresseIUtlandet", "utenlandskAdresseIFrittFormat")),
    "harUtenlandskPostadressePostboks": flag(_HAS_BOX_ABROAD),
    "harUtenlandskPostadresseVegadresse": flag(_has("postadresseIUtlandet", "utenlandskAdresse", "adressenavn")),
    "kontaktinfoDoedsbo": text(_estate),
}
