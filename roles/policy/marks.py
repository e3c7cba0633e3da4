"""Marks: normalised addresses and numbers of persons, by which two records show that their persons live together. Pure.

One graded member of a household hides the address that the others share. Two records share an address when they have a
mark in common. A mark is an address or a number in itself, so it leaves the gate only as a keyed hash.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import structs

from integrations.folkeregisteret.documents import (
    Address,
    Bostedsadresse,
    Document,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    Oppholdsadresse,
    PersonRecord,
    Vegadresse,
    VegadresseForPost,
    current,
    plot_of,
    street_of,
)
from integrations.folkeregisteret.identifiers import is_eleven_digits

ADDRESS_ELEMENTS = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")
_NO_UNIT = "|no unit"


def addresses(record: PersonRecord) -> Iterator[Address]:
    """Every entry of every address element, earlier ones too."""
    yield from record.bostedsadresse
    yield from record.deltBosted
    yield from record.oppholdsadresse
    yield from record.postadresse
    yield from record.postadresseIUtlandet


def address_marks(entry: Address, *, protecting: bool) -> list[str]:
    """The marks of one address. A dwelling whose unit is not registered matches every unit of the building.

    protecting: True for the marks of a graded address, which hide; False for the marks that they are compared with.
    """
    marks: list[str] = []
    if street := street_of(entry):
        for building in _street_buildings(street):
            marks += _dwelling_marks(building, street.bruksenhetsnummer or "", protecting=protecting)
    elif plot := plot_of(entry):
        building = _joined_pattern(plot.matrikkelnummer, plot.undernummer)
        marks += _dwelling_marks(building, plot.bruksenhetsnummer or "", protecting=protecting)
    return marks if marks and isinstance(entry, Bostedsadresse) else marks + _mail_marks(entry)


def dwelling_marks(entry: Address) -> frozenset[str]:
    """By these two addresses are one dwelling, or one building where neither says which dwelling."""
    return frozenset(mark for mark in address_marks(entry, protecting=True) if not mark.endswith(_NO_UNIT))


def person_marks(record: PersonRecord) -> frozenset[str]:
    """The person's own numbers and those of spouse, family and parental responsibility that the record names.

    They serve as marks when a strictly confidential person has no address to compare.
    """
    return frozenset(number for number in _numbers(record) if number)


def related_numbers(record: PersonRecord, relations: Iterable[str]) -> frozenset[str]:
    """The numbers of eleven digits by which these elements (keys of RELATIONS) name relatives in the record."""
    own = {identifier.foedselsEllerDNummer for identifier in record.identifikasjonsnummer}
    named = (number for relation in relations for number in RELATIONS[relation](record))
    return frozenset(number for number in named if number and is_eleven_digits(number)) - own


def _numbers(record: PersonRecord) -> Iterator[str | None]:
    for identifier in record.identifikasjonsnummer:
        yield identifier.foedselsEllerDNummer
    for related in RELATIONS.values():
        yield from related(record)


def _spouse(record: PersonRecord) -> Iterator[str | None]:
    return (status.relatertVedSivilstand for status in current(record.sivilstand))


def _family(record: PersonRecord) -> Iterator[str | None]:
    return (relation.relatertPerson for relation in current(record.familierelasjon))


def _responsible(record: PersonRecord) -> Iterator[str | None]:
    for responsibility in current(record.foreldreansvar):
        yield from (responsibility.ansvarlig, responsibility.ansvarssubjekt)


#: The elements that name other persons of the household, each with a function that gives the numbers they name.
RELATIONS: Mapping[str, Callable[[PersonRecord], Iterator[str | None]]] = {
    "sivilstand.relatertVedSivilstand": _spouse,
    "familierelasjon": _family,
    "foreldreansvar": _responsible,
}


def _mail_marks(entry: Address) -> list[str]:
    return [_joined_pattern(address) for address in _mail_only(entry) if address]


def _mail_only(entry: Address) -> tuple[Document | None, ...]:
    if isinstance(entry, Kontaktadresse):
        return entry.postboksadresse, entry.postadresseIFrittFormat
    if isinstance(entry, KontaktadresseIUtlandet):
        return entry.utenlandskAdresse, entry.utenlandskAdresseIFrittFormat
    return (entry.utenlandskAdresse,) if isinstance(entry, Oppholdsadresse) else ()


def _street_buildings(street: Vegadresse | VegadresseForPost) -> Iterator[str]:
    """The building, once with its kommune and once with its postal code, as far as they are given.

    Both are needed because a postal address has no kommune and some addresses have no postal code.
    """
    number, poststed = street.adressenummer, street.poststed
    written = [street.adressenavn, number and number.husnummer, number and number.husbokstav]
    name = " ".join(" ".join(word for word in written if word).casefold().split())
    if isinstance(street, Vegadresse) and street.kommunenummer:
        yield f"{name}|{street.kommunenummer}"
    if poststed and poststed.postnummer:
        yield f"{name}|{poststed.postnummer}"


def _dwelling_marks(building: str, unit: str, *, protecting: bool) -> Iterator[str]:
    yield f"{building}|{unit}" if unit else building
    if protecting or not unit:
        yield f"{building}{_NO_UNIT}"
    if unit and not protecting:
        yield building


def _joined_pattern(*values: object) -> str:
    return "|".join(word for value in values for word in _words(value))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, Document):
        for part in structs.astuple(value):
            yield from _words(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part)
    else:
        yield " ".join(str(value or "").casefold().split())
