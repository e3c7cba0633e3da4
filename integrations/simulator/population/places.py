"""Invented streets and farms in real kommuner, and the dwellings in them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from integrations.codelists import kommune_name

Entry = dict[str, object]

_POST_TOWNS: Final = {
    "0301": tuple((number, "OSLO") for number in ("0150", "0187", "0357", "0472", "0581", "0667", "0855", "1064")),
    "1103": (("4005", "STAVANGER"), ("4014", "STAVANGER")),
    "1804": (("8006", "BODØ"), ("8011", "BODØ")),
    "1870": (("8400", "SORTLAND"), ("8401", "SORTLAND")),
    "3301": (("3015", "DRAMMEN"), ("3045", "DRAMMEN")),
    "4601": (("5003", "BERGEN"), ("5055", "BERGEN"), ("5141", "FYLLINGSDALEN")),
    "4640": (("6856", "SOGNDAL"), ("6863", "LEIKANGER"), ("6899", "BALESTRAND")),
    "5001": (("7010", "TRONDHEIM"), ("7030", "TRONDHEIM"), ("7053", "RANHEIM")),
    "5501": (("9008", "TROMSØ"), ("9012", "TROMSØ")),
    "5610": (("9730", "KARASJOK"),),
}
#: The earlier numbers of a kommune, each with its last day, the earliest first.
_EARLIER_NUMBERS: Final = {
    "3301": ((date(2020, 1, 1), "0602"), (date(2024, 1, 1), "3005")),
    "4601": ((date(2020, 1, 1), "1201"),),
    "4640": ((date(2020, 1, 1), "1420"),),
    "5001": ((date(2018, 1, 1), "1601"),),
    "5501": ((date(2020, 1, 1), "1902"), (date(2024, 1, 1), "5401")),
    "5610": ((date(2020, 1, 1), "2021"), (date(2024, 1, 1), "5437")),
}
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
_STOREYS: Final = "HHHHHUKL"
#: Among fifty dwellings, those that are no ordinary homes.
_UNIT_TYPES: Final = {10: "annetEnnBolig", 23: "fritidsbolig", 37: "ikkeGodkjentBolig"}
_UNNUMBERED: Final = 48


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling: what each address entry of its residents says about the place."""

    kommune: str
    place: Entry
    details: Entry
    street: str = ""
    house: str = ""


UNKNOWN: Final = "ukjentBosted"
ADDRESS_ID: Final = "adresseIdentifikatorFraMatrikkelen"


class Kommune:
    """Gives out dwellings, each once and always in the same order."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.name = kommune_name(number) or number
        self._streets = [start + end for start in _BEGINNINGS for end in _ENDINGS]
        self._towns = _POST_TOWNS.get(number) or ((number, self.name.upper()),)
        self._dwellings = 0

    def home(self, until: date | None = None) -> Home:
        """The next dwelling: nineteen of twenty in a street, the others farms without a street address.

        until: the day a resident moved out; an address keeps the number that the kommune had then.
        """
        self._dwellings += 1
        number = self.number_on(until) if until else self.number
        return self._farm(number) if self._dwellings % 20 == 0 else self._in_street(number)

    def number_on(self, day: date) -> str:
        """The kommune's number on that day."""
        earlier = (number for until, number in _EARLIER_NUMBERS.get(self.number, ()) if day < until)
        return next(earlier, self.number)

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
            **self._unit(),
            "adressenavn": self._streets[street],
            "adressenummer": number,
            "adressekode": f"{1000 + street:05}" if street % 9 else f"{1000 + street}",
            **self._named(self._streets[street]),
            "poststed": self.post_town(street),
        }
        house = "".join(number.values())
        return Home(kommune, {"vegadresse": road}, self._details(street), self._streets[street], house)

    def _farm(self, kommune: str) -> Home:
        lease = 3 if self._dwellings % 40 == 0 else 0
        numbers = {"kommunenummer": kommune, "gaardsnummer": self._dwellings, "bruksnummer": 1, "festenummer": lease}
        names = self._named("Haug")
        farm: Entry = {
            **self._unit(),
            "matrikkelnummer": numbers,
            "undernummer": 1,
            **names,
            "poststed": self.post_town(),
        }
        return Home(kommune, {"matrikkeladresse": farm}, self._details(0))

    def _unit(self) -> Entry:
        """The dwelling within a house. It uses few storeys and few dwellings in each, since further tiles of a large
        register use others."""
        if self._dwellings % 50 == _UNNUMBERED:
            return {"bruksenhetstype": "unummerertBruksenhet"}
        storey = f"{_STOREYS[self._dwellings % len(_STOREYS)]}0{1 + self._dwellings % 2}"
        kind = _UNIT_TYPES.get(self._dwellings % 50, "bolig")
        return {"bruksenhetsnummer": f"{storey}0{1 + self._dwellings // 2 % 2}", "bruksenhetstype": kind}

    def _named(self, beginning: str) -> Entry:
        """A few dwellings have a name of their own, or are care of somebody else (c/o)."""
        farm = {"adressetilleggsnavn": f"{beginning} gård"} if self._dwellings % 31 == 0 else {}
        lodging = {"coAdressenavn": "C/O VAKTMESTEREN"} if self._dwellings % 83 == 0 else {}
        return {**farm, **lodging}

    def _details(self, street: int) -> Entry:
        known = "naerAdresseIdentifikatorFraMatrikkelen" if self._dwellings % 60 == 0 else ADDRESS_ID
        return {
            known: f"{int(self.number) * 100_000 + self._dwellings}",
            "grunnkrets": 101 + street,
            "stemmekrets": street % 5 + 1,
            "skolekrets": street % 4 + 1,
            "kirkekrets": street % 3 + 1,
        }
