"""Countries, former ones included: a person keeps the country of birth of that day.

Sources: ISO 3166-1, ISO 3166-3 for what is no more, ICAO Doc 9303 for what stands in passports and is no country, and
the letters the EU writes for Greece and the United Kingdom.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Country:
    """alpha2 stands in foreign addresses, alpha3 everywhere else in the register."""

    alpha2: str
    alpha3: str
    name_nb: str
    name_nn: str
    name_en: str

    def name(self, language: str) -> str:
        """In nb, nn or en; in bokmål for any other language."""
        return {"nn": self.name_nn, "en": self.name_en}.get(language, self.name_nb)


def country_name(code: str, language: str = "nb") -> str | None:
    """The name of a country, former or not, by its code of two or three letters."""
    country = _by_code().get(code.strip().upper())
    return country.name(language) if country else None


def countries() -> tuple[Country, ...]:
    """Every country that can be chosen, in the order of the two-letter codes."""
    return _read("countries.csv")


@cache
def _by_code() -> dict[str, Country]:
    every = (*_read("former_countries.csv"), *_read("countries.csv"))
    return {code: country for country in every for code in (country.alpha2, country.alpha3) if code}


@cache
def _read(file: str) -> tuple[Country, ...]:
    with resources.files(__package__).joinpath(file).open(encoding="utf-8") as lines:
        return tuple(Country(**row) for row in csv.DictReader(lines))
