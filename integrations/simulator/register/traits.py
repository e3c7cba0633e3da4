"""The traits by which a person is found. They are read from the document, so a person who is put in is found too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

_UNGRADED = "ugradert"


@dataclass(frozen=True, slots=True)
class Place:
    """A home or a stay. is_current, is_open (not graded): whether a search may match it."""

    kommune: str
    street: str
    house: str
    postnummer: str
    is_current: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """words, earlier_words: the single words of names, in lower case. born: YYYYMMDD; "" when unknown."""

    number: str
    numbers: tuple[str, ...]
    words: frozenset[str]
    earlier_words: frozenset[str]
    born: str
    year: str
    died: str
    sex: str
    status: str
    civil_state: str
    citizenships: tuple[str, ...]
    homes: tuple[Place, ...]
    stays: tuple[Place, ...]


def traits_of(document: Mapping[str, Any]) -> Traits:
    """The traits in a whole document. Raises KeyError or IndexError for a document without a number."""
    numbers = document["identifikasjonsnummer"]
    current = [row["foedselsEllerDNummer"] for row in numbers if row.get("erGjeldende") is not False]
    birth = _now(document, "foedsel")
    return Traits(
        number=current[0],
        numbers=tuple(row["foedselsEllerDNummer"] for row in numbers),
        words=_words(document, now=True),
        earlier_words=_words(document, now=False),
        born=birth.get("foedselsdato", "").replace("-", ""),
        year=intern(birth.get("foedselsaar", "")),
        died=document.get("doedsfall", {}).get("doedsdato", "")[:4],
        sex=_now(document, "kjoenn").get("kjoenn", ""),
        status=_now(document, "status").get("status", ""),
        civil_state=_now(document, "sivilstand").get("sivilstand", ""),
        citizenships=tuple(row["statsborgerskap"] for row in document.get("statsborgerskap", ()) if _is_now(row)),
        homes=_places(document.get("bostedsadresse", ())),
        stays=_places(document.get("oppholdsadresse", ())),
    )


def _is_now(row: Mapping[str, Any]) -> bool:
    return row.get("erGjeldende") is not False


def _now(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The first current entry of a property, or an empty one."""
    return next(filter(_is_now, document.get(key, ())), {})


def _words(document: Mapping[str, Any], *, now: bool) -> frozenset[str]:
    rows = [row for row in document.get("navn", ()) if _is_now(row) is now]
    names = [row[part] for row in rows for part in ("fornavn", "mellomnavn", "etternavn") if row.get(part)]
    return frozenset(intern(word) for name in names for word in name.lower().split())


def _places(rows: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(_place(row) for row in rows)


def _place(row: Mapping[str, Any]) -> Place:
    road = row.get("vegadresse") or {}
    lot = row.get("matrikkeladresse") or {}
    unknown = row.get("ukjentBosted") or {}
    kommune = road.get("kommunenummer") or lot.get("matrikkelnummer", {}).get("kommunenummer")
    number = road.get("adressenummer") or {}
    town = (road or lot).get("poststed") or {}
    return Place(
        kommune=intern(kommune or unknown.get("bostedskommune", "")),
        street=intern(road.get("adressenavn", "").lower()),
        house=intern((number.get("husnummer", "") + number.get("husbokstav", "")).lower()),
        postnummer=intern(town.get("postnummer", "")),
        is_current=_is_now(row),
        is_open=row.get("adressegradering", _UNGRADED) == _UNGRADED,
    )
