"""Invented streets and farms in real kommuner, and the dwellings in them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from integrations.codelists import kommune_name

Entry = dict[str, object]

_POST_TOWNS: Final = {
    "1870": (("8400", "SORTLAND"), ("8401", "SORTLAND")),
    "4640": (("6856", "SOGNDAL"), ("6863", "LEIKANGER"), ("6899", "BALESTRAND")),
}
_REFORM: Final = date(2020, 1, 1)
_BEFORE_2020: Final = {"4640": "1420"}
_BEGINNINGS: Final = (
    "Alkekonge",
    "Blåskjell",
    "Dvergbjørk",
    "Fjellrev",
    "Geitrams",
    "Havelle",
    "Islom",
    "Jervespor",
    "Krykkje",
    "Linerle",
    "Myrull",
    "Nattravn",
    "Orrfugl",
    "Perleugle",
    "Rødnebb",
    "Skarvunge",
    "Snøugle",
    "Teist",
    "Tjeld",
    "Tyttebær",
    "Ærfugl",
    "Ørnereir",
    "Åkerrikse",
    "Čáhppes",
)
_ENDINGS: Final = ("vegen", "bakken", "tunet", "kroken")
_UNIT: Final = {"bruksenhetsnummer": "H0101", "bruksenhetstype": "bolig"}


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling: what every address entry of its residents says about the place, whoever lives there."""

    kommune: str
    place: Entry
    details: Entry
    street: str = ""
    house: str = ""


UNKNOWN: Final = "ukjentBosted"


class Kommune:
    """Hands out dwellings, each once and always in the same order."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.name = kommune_name(number) or number
        self._streets = [start + end for start in _BEGINNINGS for end in _ENDINGS]
        self._towns = _POST_TOWNS.get(number) or ((number, self.name.upper()),)
        self._dwellings = 0

    def home(self, until: date | None = None) -> Home:
        """The next dwelling: nineteen of twenty in a street, the rest farms without a street address.

        until: the day somebody moved out; an address keeps the number that the kommune had then.
        """
        self._dwellings += 1
        number = _BEFORE_2020.get(self.number, self.number) if until and until < _REFORM else self.number
        return self._farm(number) if self._dwellings % 20 == 0 else self._in_street(number)

    def without_fixed_abode(self) -> Home:
        return Home(self.number, {UNKNOWN: {"bostedskommune": self.number}}, {})

    def post_town(self, street: int = 0) -> Entry:
        number, name = self._towns[street % len(self._towns)]
        return {"postnummer": number, "poststedsnavn": name}

    def _in_street(self, kommune: str) -> Home:
        street, row = self._dwellings % len(self._streets), self._dwellings // len(self._streets) + 1
        letter = {"husbokstav": "B"} if self._dwellings % 7 == 0 else {}
        number = {"husnummer": str(row), **letter}
        road: Entry = {
            "kommunenummer": kommune,
            **_UNIT,
            "adressenavn": self._streets[street],
            "adressenummer": number,
            "adressekode": f"{1000 + street:05}",
            "poststed": self.post_town(street),
        }
        house = "".join(number.values())
        return Home(kommune, {"vegadresse": road}, self._details(street), self._streets[street], house)

    def _farm(self, kommune: str) -> Home:
        numbers = {"kommunenummer": kommune, "gaardsnummer": self._dwellings, "bruksnummer": 1, "festenummer": 0}
        farm: Entry = {**_UNIT, "matrikkelnummer": numbers, "undernummer": 1, "poststed": self.post_town()}
        return Home(kommune, {"matrikkeladresse": farm}, self._details(0))

    def _details(self, street: int) -> Entry:
        return {
            "adresseIdentifikatorFraMatrikkelen": f"{int(self.number) * 100_000 + self._dwellings}",
            "grunnkrets": 101 + street,
            "stemmekrets": street % 5 + 1,
            "skolekrets": street % 4 + 1,
            "kirkekrets": street % 3 + 1,
        }
