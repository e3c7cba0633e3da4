"""The search and extract criteria. An unknown criterion, or one out of shape, is refused."""

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeVar

import msgspec

from integrations.simulator.problems import invalid

MAX_HITS: Final = 10_000
_CURRENT, _HISTORICAL = "gjeldende", "historisk"

T = TypeVar("T", bound=msgspec.Struct)

#: The shape of each parameter of a search.
SHAPES: Final = {
    "navn": r"\S.{0,199}",
    "kjoenn": "mann|kvinne",
    "foedselsdato": r"\d{8}",
    "foedselsaarFraOgMed": r"\d{4}",
    "foedselsaarTilOgMed": r"\d{4}",
    "adressenavn": r"\S.{2,99}",
    "husnummer": r"\d{1,4}[A-Za-zÆØÅæøå]?",
    "postnummer": r"\d{4}",
    "kommunenummer": r"\d{4}",
    "fylkesnummer": r"\d{2}",
    "inkluderOppholdsadresse": "true|false",
    "soekFonetisk": "true|false",
    "inkluderDoede": "true|false",
    "opplysningsgrunnlag": f"{_CURRENT}|{_HISTORICAL}",
    "maksTreff": r"\d{1,5}",
}

Status = Literal["aktiv", "bosatt", "utflyttet", "doed", "inaktiv"]
Sex = Literal["", "kvinne", "mann"]


class SearchCriteria(msgspec.Struct, frozen=True):
    """The fifteen parameters of soek, by the register's names; "" means not asked."""

    navn: str = ""
    kjoenn: str = ""
    foedselsdato: str = ""
    foedselsaarFraOgMed: str = ""
    foedselsaarTilOgMed: str = ""
    adressenavn: str = ""
    husnummer: str = ""
    postnummer: str = ""
    kommunenummer: str = ""
    fylkesnummer: str = ""
    inkluderOppholdsadresse: bool = False
    soekFonetisk: bool = False
    inkluderDoede: bool = False
    opplysningsgrunnlag: str = _CURRENT
    maksTreff: int = MAX_HITS

    @property
    def words(self) -> list[str]:
        return self.navn.lower().split()

    @property
    def with_history(self) -> bool:
        return self.opplysningsgrunnlag == _HISTORICAL

    @property
    def asks_for_place(self) -> bool:
        return any((self.adressenavn, self.husnummer, self.postnummer, self.kommunenummer, self.fylkesnummer))


def search_criteria(query: Mapping[str, str]) -> SearchCriteria:
    """Raises Problem 400 for an unknown parameter or a value out of shape."""
    for name, value in query.items():
        if name not in SHAPES:
            raise invalid("Ukjent parameter.")
        if not re.fullmatch(SHAPES[name], value):
            raise invalid("Ugyldig verdi i en parameter.")
    criteria = msgspec.convert(query, SearchCriteria, strict=False)
    if not 1 <= criteria.maksTreff <= MAX_HITS:
        raise invalid("Ugyldig verdi i en parameter.")
    return criteria


class Kommunenummer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bostedskommunenummer: str = ""
    oppholdskommunenummer: str = ""


class ExtractCriteria(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of uttrekk/tilpasset. Only personstatustyper is required; "" means not asked."""

    personstatustyper: list[Status]
    kommunenummer: Kommunenummer = Kommunenummer()
    foedselsaarFraOgMed: str = ""
    foedselsaarTilOgMed: str = ""
    doedsaarFraOgMed: str = ""
    doedsaarTilOgMed: str = ""
    kjoenn: Sex = ""
    statsborgerskap: str = ""
    sivilstandstype: str = ""


def extract_criteria(body: bytes) -> ExtractCriteria:
    """Raises Problem 400 for a body out of shape, or with both kommuner."""
    criteria = decode_body(body, ExtractCriteria)
    places = criteria.kommunenummer
    if places.bostedskommunenummer and places.oppholdskommunenummer:
        raise invalid("Bostedskommunenummer og oppholdskommunenummer kan ikke kombineres.")
    years = (value for name, value in msgspec.structs.asdict(criteria).items() if "aar" in name)
    if not criteria.personstatustyper or not all(re.fullmatch(r"(\d{4})?", year) for year in years):
        raise invalid("Ugyldige kriterier.")
    return criteria


class BulkRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    foedselsEllerDNummer: list[str]


class DocumentsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dokumentidentifikator: list[str]


def decode_body(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError:
        raise invalid("Ugyldig innhold i forespørselen.") from None
