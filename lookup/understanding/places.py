"""Parses where somebody lives: street and house number, postnummer and poststed, kommune or fylke."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from integrations.codelists.kommuner import fylker, kommuner


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Place:
    """kommune, fylke: numbers. kommuner: the numbers when several have the name that was written.

    unknown: a name that no kommune and no fylke has, written without a postnummer.
    """

    street: str = ""
    house: str = ""
    postnummer: str = ""
    kommune: str = ""
    fylke: str = ""
    kommuner: tuple[str, ...] = ()
    unknown: str = ""


NOWHERE: Final = Place()
_LABEL: Final = re.compile(
    r"^(?:adr(?:esse)?|bor|bosatt|bostedsadresse|address)\s?[.:=]*\s+(?:i|på)?\s?", re.IGNORECASE
)
#: The number of a dwelling within a house. The register cannot search by it.
_DWELLING: Final = re.compile(
    r"(?<!\w)(?:[HKLU]\d{4}|(?:leil(?:ighet)?|lgh|app)\.?\s?\w{1,5}|\d{1,2}\.?\s?etg?(?:asje)?\.?)(?!\w)", re.IGNORECASE
)
_WITH_HOUSE: Final = re.compile(
    r"^(?P<street>\D*?[^\W\d_]\D*?)[\s.]+(?:nr\.?\s?)?(?P<house>[1-9]\d{0,3})(?:-\d{1,4})?(?:[\s\-]?(?P<letter>[A-ZÆØÅ])(?!\w))?"
    r"(?![\w])(?P<behind>.*)$",
    re.IGNORECASE,
)
_POSTNUMMER: Final = re.compile(r"(?<![\w/])(?:NO?-)?(?P<number>\d{4})(?![\w/])", re.IGNORECASE)
#: Endings that no family name has, and words that follow a genitive: "Storgata", "Per Krohgs vei".
_STREET_END: Final = re.compile(
    r"(?:\w{2,}(?:gata|gaten|veien|vegen|gt\.?|vn\.?)|s\s(?:gate|vei|veg|allé|alle|plass|torg|gt\.?|vn?\.?))$",
    re.IGNORECASE,
)
_COMPOUND: Final = re.compile(r"\w{2,}(?:gata|gaten|gate|veien|vegen|vei|veg|allé|gt\.?|vn\.?)$", re.IGNORECASE)
#: Words that are part of a street's name: "Nedre Storgata".
_OF_STREETS: Final = frozenset(
    {"nedre", "øvre", "gamle", "nye", "store", "lille", "vesle", "vestre", "østre", "søndre", "nordre", "indre", "ytre"}
    | {"midtre", "sankt", "st"}
)
#: The register finds a street by its beginning, so a shortened ending is removed: "Storgt." finds "Storgata".
_CUT_SHORT: Final = re.compile(r"(?:(?<=\w)|(?<=\s))(?P<first>g|v)(?:t|n)\.?$|(?<=\s)(?P<way>v)\.$", re.IGNORECASE)


def without_dwelling(text: str) -> str:
    """The text without the number of a flat or a floor."""
    return _DWELLING.sub(" ", text)


def parse_place(pieces: list[str]) -> tuple[Place, list[str]]:
    """The place in the pieces of a text, and the rest of the pieces. The pieces were separated by commas."""
    place, rest = _parse_street([_LABEL.sub("", piece) for piece in pieces])
    place, rest = _parse_postnummer(place, rest)
    return _parse_area(place, rest)


def _parse_street(pieces: list[str]) -> tuple[Place, list[str]]:
    for at, piece in enumerate(pieces):
        if found := _match_house(piece, pieces[at + 1 :]):
            name, street = _name_and_street(found["street"].strip(" ."))
            place = Place(street=_as_searched(street), house=found["house"] + (found["letter"] or "").upper())
            return place, [*pieces[:at], name, found["behind"].strip(), *pieces[at + 1 :]]
    for at, piece in enumerate(pieces):
        words, number = _before_number(piece)
        if _STREET_END.search(words):
            name, street = _name_and_street(words)
            return Place(street=_as_searched(street)), [*pieces[:at], name, number, *pieces[at + 1 :]]
    return Place(), pieces


def _match_house(piece: str, following: list[str]) -> re.Match[str] | None:
    """The match of a street with a house number. Four digits are a house number only when four more follow; otherwise
    they are a postnummer."""
    found = _WITH_HOUSE.match(piece)
    if found is None or len(found["house"]) < 4:
        return found
    return found if _POSTNUMMER.search(" ".join([found["behind"], *following])) else None


def _before_number(piece: str) -> tuple[str, str]:
    found = _POSTNUMMER.search(piece)
    return (piece[: found.start()].strip(), piece[found.start() :]) if found else (piece.strip(), "")


def _name_and_street(words: str) -> tuple[str, str]:
    """Splits a person's name from a street. "Kari Nordmann Storgata" is both; "Nedre Storgata" and "Per Krohgs vei" are
    streets."""
    *before, last = words.split()
    is_both = len(before) >= 2 and _COMPOUND.match(last) and _OF_STREETS.isdisjoint(word.lower() for word in before)
    return (" ".join(before), last) if is_both else ("", words)


def _as_searched(street: str) -> str:
    return _CUT_SHORT.sub(lambda cut: cut["first"] or cut["way"], street)


def _parse_postnummer(place: Place, pieces: list[str]) -> tuple[Place, list[str]]:
    """The place with the postnummer, and the pieces without it and its poststed, which the number implies."""
    for at, piece in enumerate(pieces):
        if found := _POSTNUMMER.search(piece):
            rest = [
                *pieces[:at],
                piece[: found.start()].strip(),
                *_without_poststed(piece[found.end() :], pieces[at + 1 :]),
            ]
            return replace(place, postnummer=found["number"]), rest
    return place, pieces


def _without_poststed(behind: str, following: list[str]) -> list[str]:
    """The pieces without the poststed. It stands in the same piece, or in the next: "0155 Oslo", "0155, Oslo"."""
    if behind.strip(" ."):
        return following
    return following[1:] if following and _numbers_of(following[0]) else following


def _parse_area(place: Place, pieces: list[str]) -> tuple[Place, list[str]]:
    """The place with its kommune or fylke, and the pieces without it. It must stand after a street, or after a whole
    name and a comma, since many names of places are family names too."""
    filled = [piece for piece in pieces if piece.strip(" .")]
    if not filled or place.postnummer:
        return place, filled
    last, before = filled[-1], filled[:-1]
    is_place = bool(place.street) or len(" ".join(before).split()) >= 2 or _says_what_it_is(last)
    if not is_place:
        return place, filled
    if numbers := _numbers_of(last):
        return _in_area(place, numbers), before
    is_named = place.street and _stands_behind(place, filled)
    return (replace(place, unknown=last), before) if is_named else (place, filled)


def _stands_behind(place: Place, filled: list[str]) -> bool:
    """Whether the only piece beside a street and a house number is a place: one word. More words may be the person's
    name."""
    return bool(place.house) and len(filled) == 1 and len(filled[0].split()) == 1


def _in_area(place: Place, numbers: tuple[str, ...]) -> Place:
    if len(numbers) > 1:
        return replace(place, kommuner=numbers)
    return replace(place, fylke=numbers[0]) if len(numbers[0]) == 2 else replace(place, kommune=numbers[0])


_KIND_OF_AREA: Final = re.compile(r"\s(?:kommune|fylke|fylkeskommune)\.?$", re.IGNORECASE)


def _says_what_it_is(name: str) -> bool:
    return bool(_KIND_OF_AREA.search(name) and _numbers_of(name))


def _numbers_of(name: str) -> tuple[str, ...]:
    """The numbers of the kommuner, or else the fylker, with this name. Oslo is both: the kommune is taken."""
    bare = _KIND_OF_AREA.sub("", name.strip(" .")).casefold()
    return _areas()[0].get(bare) or _areas()[1].get(bare) or ()


@cache
def _areas() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The numbers by name, of kommuner and of fylker. A name that several have has its fylke in brackets in the list;
    here it is also found without."""
    both: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    for names, every in zip(both, (kommuner(), fylker()), strict=True):
        for area in every:
            for name in {area.name, area.name.partition(" (")[0]}:
                names[name.casefold()] = (*names.get(name.casefold(), ()), area.number)
    return both
