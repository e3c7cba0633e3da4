"""Countries, also former ones: a person's country of birth is the one of that day.

Sources: ISO 3166-1; ISO 3166-3 for former countries; ICAO Doc 9303 for codes in passports that stand for no country;
and the EU's letters for Greece and the United Kingdom.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Country:
    """A country. The register writes alpha2 in foreign addresses and alpha3 everywhere else."""

    alpha2: str
    alpha3: str
    name_nb: str
    name_nn: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in nb, nn or en; in bokmål for any other language."""
        return {"nn": self.name_nn, "en": self.name_en}.get(language, self.name_nb)


def country_name(code: str, language: str = "nb") -> str | None:
    """The name of a country, also a former one, by its code of two or three letters; None for an unknown code."""
    country = _by_code().get(code.strip().upper())
    return country.name(language) if country else None


def countries() -> tuple[Country, ...]:
    """Every country that can be chosen, sorted by its two-letter code."""
    return _read("countries.csv")


@cache
def _by_code() -> dict[str, Country]:
    every = (*_read("former_countries.csv"), *_read("countries.csv"))
    return {code: country for country in every for code in (country.alpha2, country.alpha3) if code}


@cache
def _read(file: str) -> tuple[Country, ...]:
    with resources.files(__package__).joinpath(file).open(encoding="utf-8") as lines:
        return tuple(Country(**row) for row in csv.DictReader(lines))
