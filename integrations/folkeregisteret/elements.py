"""The vocabulary: every information element, the part that brings it, and its class.

An element is one top-level property of a person document, or a split of one where the law splits it: the type of civil
status is open, the spouse is not. The vocabulary is closed. A property that is not here is hidden and reported.

Source of the classes: Skatteetaten's list of confidential information, the regulation under folkeregisterloven § 10-1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Confidentiality(StrEnum):
    """OPEN needs only folkeregisterloven § 10-1; CONFIDENTIAL needs a legal basis of its own (§ 10-2)."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"


class RightsPackage(StrEnum):
    """The register's two doors for public bodies."""

    WITH_LEGAL_BASIS = "offentligmedhjemmel"
    WITHOUT_LEGAL_BASIS = "offentligutenhjemmel"


@dataclass(frozen=True, slots=True)
class Element:
    """One information element.

    key: a stable name: the property's name, with ".split" appended for a split.
    source: the document property that it is read from; "" for history, which covers several properties.
    part: the part to ask the register for.
    """

    key: str
    source: str
    part: str
    confidentiality: Confidentiality

    @property
    def is_confidential(self) -> bool:
        return self.confidentiality is Confidentiality.CONFIDENTIAL


def _open(key: str, source: str | None = None, part: str | None = None) -> Element:
    return Element(key, key if source is None else source, part or source or key, Confidentiality.OPEN)


def _confidential(key: str, source: str | None = None, part: str | None = None) -> Element:
    return Element(key, key if source is None else source, part or source or key, Confidentiality.CONFIDENTIAL)


_ALL = (
    _open("identifikasjonsnummer"),
    _open("navn"),
    _open("foedsel"),
    _open("kjoenn"),
    _open("status"),
    _open("doedsfall"),
    _open("bostedsadresse"),
    _open("bostedsadresse.kretser", source="bostedsadresse"),
    _open("deltBosted"),
    _open("oppholdsadresse"),
    _open("postadresse"),
    _open("postadresseIUtlandet"),
    _open("sivilstand"),
    _open("statsborgerskap"),
    _open("identitetsgrunnlag"),
    _open("foedselINorge"),
    _open("innflytting"),
    _open("utflytting"),
    _open("vergemaalEllerFremtidsfullmakt"),
    _open("rettsligHandleevne", part="RettsligHandleevne"),
    _open("kontaktinformasjonForDoedsbo"),
    _open("oppholdPaaSvalbard"),
    _open("historikk", source="", part="historikk"),
    _confidential("status.utvidet", source="status"),
    _confidential("sivilstand.relatertVedSivilstand", source="sivilstand"),
    _confidential("familierelasjon"),
    _confidential("foreldreansvar"),
    _confidential("adressebeskyttelse"),
    _confidential("utenlandskPersonidentifikasjon"),
    _confidential("utlendingsmyndighetenesIdentifikasjonsnummer"),
    _confidential("legitimasjonsdokument"),
    _confidential("falskIdentitet"),
    _confidential("opphold"),
    _confidential("bibehold"),
    _confidential("brukAvSamiskSpraak"),
    _confidential("forholdTilSametingetsValgmanntall"),
    _confidential("innflytting.historikk", source="innflytting", part="historikk"),
    _confidential("utflytting.historikk", source="utflytting", part="historikk"),
    _confidential("historikk.utvidet", source="", part="historikk"),
)

ELEMENTS: dict[str, Element] = {element.key: element for element in _ALL}

#: Properties whose earlier values are open (the register's package table; contract section 2.1).
OPEN_HISTORY = frozenset(
    {
        "identifikasjonsnummer",
        "navn",
        "bostedsadresse",
        "deltBosted",
        "oppholdsadresse",
        "postadresse",
        "postadresseIUtlandet",
    }
)

#: The confidential status codes, and the code that an open role reads instead of them (contract section 2.3).
CONFIDENTIAL_STATUSES = frozenset({"forsvunnet", "foedselsregistrert", "midlertidig", "ikkeBosatt"})
UMBRELLA_STATUS = "aktiv"

#: Properties that the register has deprecated and always leaves empty. They are neither shown nor reported.
IGNORED_PROPERTIES = frozenset({"preferertKontaktadresse"})

PROTECTION_PART = "adressebeskyttelse"


def parts_for(keys: Iterable[str]) -> frozenset[str]:
    """The smallest set of register parts that covers these elements, and the grading, which the gate always needs.

    keys: element keys. Raises KeyError for a key outside the vocabulary.
    """
    return frozenset({ELEMENTS[key].part for key in keys} | _history_sources(keys) | {PROTECTION_PART})


def _history_sources(keys: Iterable[str]) -> frozenset[str]:
    """The properties whose earlier values these history elements need, such as innflytting for innflytting.historikk.

    They must be asked for too, because the part "historikk" only adds earlier values to other parts.
    """
    return frozenset(ELEMENTS[key].source for key in keys if ELEMENTS[key].part == "historikk" and ELEMENTS[key].source)
