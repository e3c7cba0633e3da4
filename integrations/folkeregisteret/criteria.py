"""The criteria of searches and extracts, in the register's own words.

Their repr shows only which criteria are given, never the values, which may be a person's name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal

import msgspec

from integrations.folkeregisteret.elements import RightsPackage

MOST_HITS: Final = 10_000
PERSON_STATUS_TYPES: Final = frozenset({"aktiv", "bosatt", "utflyttet", "doed", "inaktiv"})

_DIGITS: Final = {
    "identifikasjonsnummer": 11,
    "postnummer": 4,
    "kommunenummer": 4,
    "fylkesnummer": 2,
    "bostedskommunenummer": 4,
    "oppholdskommunenummer": 4,
    "foedselsaarFraOgMed": 4,
    "foedselsaarTilOgMed": 4,
    "doedsaarFraOgMed": 4,
    "doedsaarTilOgMed": 4,
}


class InvalidCriteria(ValueError):
    """A criterion has a bad value. The text names the criterion, never the value."""


@dataclass(frozen=True, slots=True, repr=False)
class _Criteria:
    """The base of all kinds of criteria."""

    def given(self) -> dict[str, object]:
        """The criteria that are set (not None, False or empty), by the register's names for them."""
        every = ((entry.name, getattr(self, entry.name)) for entry in fields(self))
        return {
            name: value for name, value in every if value is not None and value is not False and value not in ("", ())
        }

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(sorted(self.given()))}>"

    def _check_digits(self) -> None:
        for name, value in self.given().items():
            if name in _DIGITS and not re.fullmatch(rf"[0-9]{{{_DIGITS[name]}}}", str(value)):
                raise InvalidCriteria(name)

    def query(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the request, sorted by name."""
        return tuple((name, _as_parameter(value)) for name, value in sorted(self.given().items()))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SearchCriteria(_Criteria):
    """A search with a hit list. Needs at least one criterion. Raises InvalidCriteria.

    navn: whole words of the name. kjoenn: "kvinne" or "mann". adressenavn: at least three characters from its start.
    husnummer: with its letter, where the address has one. inkluderOppholdsadresse: match the place of stay too.
    opplysningsgrunnlag: "gjeldende" (default) or "historisk", for names and addresses. maksTreff: 1 to 10 000.
    """

    navn: str | None = None
    kjoenn: str | None = None
    foedselsdato: date | None = None
    foedselsaarFraOgMed: int | None = None
    foedselsaarTilOgMed: int | None = None
    adressenavn: str | None = None
    husnummer: str | None = None
    postnummer: str | None = None
    kommunenummer: str | None = None
    fylkesnummer: str | None = None
    inkluderOppholdsadresse: bool = False
    soekFonetisk: bool = False
    inkluderDoede: bool = False
    opplysningsgrunnlag: str | None = None
    maksTreff: int | None = None

    def __post_init__(self) -> None:
        self._check_digits()
        if not self.given().keys() - _HOW_TO_SEARCH:
            raise InvalidCriteria("no criterion")
        if self.maksTreff is not None and not 1 <= self.maksTreff <= MOST_HITS:
            raise InvalidCriteria("maksTreff")
        _check_street(self.adressenavn)
        _check_values(self)
        if (
            self.foedselsaarFraOgMed
            and self.foedselsaarTilOgMed
            and self.foedselsaarFraOgMed > self.foedselsaarTilOgMed
        ):
            raise InvalidCriteria("foedselsaarTilOgMed")


_HOW_TO_SEARCH: Final = frozenset(
    {"inkluderOppholdsadresse", "soekFonetisk", "inkluderDoede", "opplysningsgrunnlag", "maksTreff"}
)


#: What these may look like, in both kinds of search.
_VALUES: Final = {
    "kjoenn": re.compile("kvinne|mann"),
    "husnummer": re.compile("[0-9]{1,4}[A-Za-zÆØÅæøå]?"),
    "opplysningsgrunnlag": re.compile("gjeldende|historisk"),
}


def _check_values(criteria: _Criteria) -> None:
    for name, value in criteria.given().items():
        if name in _VALUES and not _VALUES[name].fullmatch(str(value)):
            raise InvalidCriteria(name)


def _check_street(name: str | None) -> None:
    if name and len(name.strip()) < 3:
        raise InvalidCriteria("adressenavn")


def _as_parameter(value: object) -> str:
    if value is True:
        return "true"
    return f"{value:%Y%m%d}" if isinstance(value, date) else str(value)


#: The source of the combinations that give a right to a hit: the register's page of 2026, or its OpenAPI file (contract
#: section 8).
UniqueRule = Literal["2026", "1.5"]

_PAPERS: Final = ("utenlandskpersonidentifikasjon", "legitimasjonsdokument")
_DUF: Final = "utlendingsmyndighetenesidentifikasjonsnummer"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UniqueCriteria(_Criteria):
    """A search for the only person who meets all criteria. Raises InvalidCriteria for a malformed value.

    navn: at least two words, of which the first is a whole word of the given name and the last one of the family name.
    identifikasjonsnummer: 11 digits, current or former. utenlandskpersonidentifikasjon and legitimasjonsdokument: the
    issuer's ISO 3166 alpha-3, a hyphen, the number. The others as in SearchCriteria.
    """

    navn: str | None = None
    identifikasjonsnummer: str | None = None
    foedselsdato: date | None = None
    postnummer: str | None = None
    adressenavn: str | None = None
    husnummer: str | None = None
    utenlandskpersonidentifikasjon: str | None = None
    legitimasjonsdokument: str | None = None
    utlendingsmyndighetenesidentifikasjonsnummer: str | None = None
    soekFonetisk: bool = False
    opplysningsgrunnlag: str | None = None

    def __post_init__(self) -> None:
        self._check_digits()
        _check_street(self.adressenavn)
        _check_values(self)
        if self.navn and len(self.navn.split()) < 2:
            raise InvalidCriteria("navn")
        for paper in _PAPERS:
            if not re.fullmatch(r"[A-Z]{3}-\S.*", getattr(self, paper) or "ARG-1"):
                raise InvalidCriteria(paper)

    def gives_right_to_hit(self, package: RightsPackage, rule: UniqueRule = "2026") -> bool:
        """Whether the criteria contain one of the combinations for which the register may give a hit.

        A name and a street count as one, because an address may lack a house number; only the register knows if it
        does.
        """
        given = self.given().keys()
        if package is RightsPackage.WITHOUT_LEGAL_BASIS and given & {*_PAPERS, _DUF}:
            return False
        return any(given >= combination for combination in _combinations(rule))


def _combinations(rule: UniqueRule) -> Iterator[set[str]]:
    yield from ({"navn", other} for other in ("identifikasjonsnummer", "foedselsdato", "adressenavn", *_PAPERS, _DUF))
    if rule == "2026":
        yield {"navn", "postnummer"}
    else:
        yield from ({"foedselsdato", paper} for paper in _PAPERS)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ExtractCriteria(_Criteria):
    """The criteria of an extract job: one kommune, by residence or stay, and further ones. Raises InvalidCriteria.

    personstatustyper: at least one of PERSON_STATUS_TYPES. statsborgerskap: ISO 3166 alpha-3.
    """

    personstatustyper: tuple[str, ...]
    bostedskommunenummer: str | None = None
    oppholdskommunenummer: str | None = None
    foedselsaarFraOgMed: int | None = None
    foedselsaarTilOgMed: int | None = None
    doedsaarFraOgMed: int | None = None
    doedsaarTilOgMed: int | None = None
    kjoenn: str | None = None
    statsborgerskap: str | None = None
    sivilstandstype: str | None = None

    def __post_init__(self) -> None:
        self._check_digits()
        if not self.personstatustyper or not PERSON_STATUS_TYPES.issuperset(self.personstatustyper):
            raise InvalidCriteria("personstatustyper")
        if self.bostedskommunenummer and self.oppholdskommunenummer:
            raise InvalidCriteria("kommunenummer")

    def body(self) -> bytes:
        """The JSON body of the order. The kommune is in an object of its own, and years are texts."""
        given = self.given()
        kommune = {name: given.pop(name) for name in ("bostedskommunenummer", "oppholdskommunenummer") if name in given}
        order = {name: str(value) if isinstance(value, int) else value for name, value in given.items()}
        return msgspec.json.encode(order | ({"kommunenummer": kommune} if kommune else {}))
